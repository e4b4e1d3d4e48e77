"""The practice city misbehaves as it is told to, and lives as long as whoever started it."""

import asyncio
import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from aiohttp import ClientError
from aiohttp.test_utils import TestClient, TestServer

from data.sim._server import City

ROOT = Path(__file__).parents[1]
AIR = "/openapi.seoul.go.kr/practice/json/RealtimeCityAir/1/25/"
TRAINS = "/swopenapi.seoul.go.kr/api/subway/practice/json/realtimeStationArrival/0/20/강남"


async def answer(fault, path=AIR):
    """(status, body) with that fault."""
    city = City(speed=0, faults=fault)
    async with TestClient(TestServer(city.app())) as client, client.get(path) as reply:
        return reply.status, await reply.read()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("html", b"<!DOCTYPE html>"),
        ("empty", b""),
        ("key", b"<RESULT><CODE>INFO-100"),
        ("quota", b"<RESULT><CODE>ERROR-337"),
        ("stale", b'{"RealtimeCityAir"'),
    ],
)
async def test_says_something_else(kind, told):
    status, body = await answer(f"air_quality:{kind}")

    assert status == 200 and body.startswith(told) and (told or not body)


async def test_fails_with_500_or_in_bytes_nobody_can_read():
    assert (await answer("air_quality:error500"))[0] == 500
    with pytest.raises(UnicodeDecodeError):
        (await answer("air_quality:cp949"))[1].decode()
    with pytest.raises(ValueError):
        json.loads((await answer("air_quality:garbage"))[1].decode("utf-8", "replace"))


async def test_the_subway_refuses_in_its_own_words():
    assert json.loads((await answer("subway_arrivals:key", TRAINS))[1])["code"] == "INFO-100"


@pytest.mark.parametrize("kind", ["timeout", "drip"])
async def test_keeps_one_waiting(kind):
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(answer(f"air_quality:{kind}"), 0.5)


async def test_hangs_up():
    with pytest.raises(ClientError):
        await answer("air_quality:refuse")


async def test_pours():
    assert len((await answer("air_quality:huge"))[1]) == 64 * 2**20


async def test_says_nothing_when_whoever_asked_has_had_enough(caplog):
    server = TestServer(City(speed=0, faults="air_quality:huge").app())
    async with server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(f"GET {AIR} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        await reader.read(10)
        pouring = asyncio.all_tasks() - {asyncio.current_task()}
        writer.transport.abort()
        await asyncio.wait(pouring, timeout=5)

    assert pouring and caplog.messages == []


async def test_only_the_named_service_misbehaves_and_only_as_often_as_said():
    assert (await answer("cctv:error500"))[0] == 200
    assert (await answer("air_quality:error500@0"))[0] == 200


@pytest.mark.parametrize("said", ["air_quality:sulks", "nothing:html"])
def test_does_not_start_with_a_fault_it_does_not_know(said):
    with pytest.raises(ValueError, match="SIM_FAULTS"):
        City(faults=said)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_says_where_it_is_answers_and_stops(number):
    process = subprocess.Popen(
        [sys.executable, "-m", "data.sim", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline()
        with urllib.request.urlopen(
            f"http{line.strip().split('http')[1]}/clock", timeout=60
        ) as told:
            assert json.load(told)["speed"] == 20
    finally:
        process.send_signal(number)

    assert line.startswith("practice city on http://127.0.0.1:")
    assert process.wait(20) == 0


def test_ends_when_whoever_started_it_is_gone():
    """Its output stays open as long as it lives: reading to the end waits for its end."""
    code = (
        "import subprocess, sys\n"
        "city = subprocess.Popen([sys.executable, '-m', 'data.sim', '--port', '0'],"
        " stdout=subprocess.PIPE)\n"
        "line = city.stdout.readline().decode().strip()\n"
        "import urllib.request\n"
        "urllib.request.urlopen('http' + line.split('http')[1] + '/clock', timeout=60).read()\n"
        "print(line, flush=True)\n"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    told, _ = starter.communicate(timeout=60)

    assert told.startswith(b"practice city on ")
