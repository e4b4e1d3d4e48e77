"""Whom we answer, what every answer carries, and how little of a request we read."""

import asyncio
import gzip
import re

import pytest

from apps._guard import hosts, takes_gzip
from apps._static import served, sources, static
from tests.house import standing

ROUTES = ["/", "/wall", "/health", "/metrics", "/island?page=wall", "/robots.txt", "/nowhere",
          "/favicon.ico", "/still/none.jpg", "/live/cellar", "/static/none.css"]  # fmt: skip


@pytest.fixture
async def city():
    async with standing() as city:
        yield city


async def raw(city, request: bytes) -> bytes:
    """What comes back for exactly those bytes, until the server closes or has answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", city.port)
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.read(100_000), 30)
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("path", [*ROUTES, *map(static, sources())])
async def test_every_answer_carries_the_headers(city, path):
    _, headers, _ = await city.get(path)

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe-eval" not in policy and "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers and "Set-Cookie" not in headers


async def test_a_stream_carries_them_too(city):
    async with city.listening("/live/wall") as events:
        headers = events.answer.headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost", "localhost:1", "127.0.0.1.evil.example:{port}", "", "[::1"],
)
async def test_a_host_that_is_not_ours_gets_nothing(city, host):
    status, _, body = await city.get("/wall", Host=host.format(port=city.port))

    assert 400 <= status < 500
    assert b"evil" not in body and b"<html" not in body


def test_hosts_are_ours_and_those_we_were_told():
    assert hosts([], None, 5006) == {"localhost:5006", "127.0.0.1:5006", "[::1]:5006"}
    assert "10.0.0.7:5006" in hosts([], "10.0.0.7", 5006)
    assert {"city.seoul.kr:443", "city.seoul.kr:80"} < hosts(["City.Seoul.kr"], None, 5006)
    assert "a.kr:8443" in hosts(["a.kr:8443"], None, 5006)


@pytest.mark.parametrize(
    ("said", "taken"),
    [("gzip", True), ("br, gzip;q=0.1", True), ("*", True), ("GZIP", True), ("", False),
     ("identity", False), ("gzip;q=0", False), ("gzip; q=0.0", False), ("xgzip", False)],
)  # fmt: skip
def test_gzip_only_for_who_takes_it(said, taken):
    assert takes_gzip(said) is taken


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /wall HTTP/1.1\r\n\r\n",
        b"GET /wall HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 10_000,
        b"POST / HTTP/1.1\r\nHost: {host}\r\n"
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"GARBAGE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /static/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: {host}\r\n"
        b"Connection: close\r\n\r\n",
        b"GET /static/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: {host}\r\n"
        b"Connection: close\r\n\r\n",
        b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
    ],
    ids=range(13),
)  # fmt: skip
async def test_a_hostile_request_gets_an_error_or_nothing(city, request_):
    answer = await raw(city, request_.replace(b"{host}", b"localhost:%d" % city.port))

    assert re.match(rb"HTTP/1.1 4\d\d |$", answer), answer[:200]
    assert b"root:" not in answer and b"evil.example" not in answer
    assert (await city.get("/robots.txt"))[0] == 200


async def test_half_a_request_does_not_stay(city, monkeypatch):
    monkeypatch.setattr(city.http.conn_params, "header_timeout", 1)
    assert await raw(city, b"GET /wall HTT") == b""


@pytest.mark.parametrize("name", sources())
async def test_a_static_file_is_kept_for_ever_under_its_hash(city, name):
    path = static(name)
    _, headers, packed = await city.get(path, **{"Accept-Encoding": "gzip"})
    _, _, plain = await city.get(path, **{"Accept-Encoding": "identity"})

    assert re.fullmatch(r"/static/[\w.-]+\.[0-9a-f]{12}\.\w+", path)
    assert "immutable" in headers["Cache-Control"]
    assert gzip.decompress(packed) == plain
    assert (await city.get(path.replace(".", ".0", 1)))[0] == 404


def test_a_file_names_others_by_their_hash():
    for one in served().values():
        for said in re.findall(rb"""(?:from|import)\s*["'](\.?/[^"']+)["']""", one.plain):
            assert said.decode() in served(), f"{one.url} imports {said}"
