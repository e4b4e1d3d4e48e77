"""HISTORY=s3://…: the past in object storage, against a server that speaks S3."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from urllib.error import URLError

import pandas as pd
import pytest

from data import History, Keeper, city, clock, feeds
from data._tidy import tidy
from tests.conftest import ROOT
from tests.serving import free_port
from tests.writer import BEGAN, ROWS, frame

FEED = feeds.road_speeds
ALL = ("", "9")  # every day


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    """The server's address; ended when the tests of this file are done."""
    port = free_port()
    command = [sys.executable, "-m", "tests.s3", str(port)]
    with (tmp_path_factory.mktemp("s3") / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    while process.poll() is None:
        try:
            urllib.request.urlopen(address).close()
            break
        except (URLError, ConnectionError):
            time.sleep(0.1)
    assert process.poll() is None, "no server"
    yield address
    process.terminate()
    process.wait()


@pytest.fixture
def past(s3, tmp_path, monkeypatch, still):
    """A past in a bucket of its own; what a site would put in its environment."""
    bucket = f"past-{tmp_path.name.replace('_', '-')}"[:60].strip("-").lower()
    put = urllib.request.Request(f"{s3}/{bucket}", method="PUT", data=b"")
    urllib.request.urlopen(put).close()
    for name, value in {
        "HISTORY": f"s3://{bucket}/city",
        "AWS_ENDPOINT_URL": s3,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "practice",
        "AWS_SECRET_ACCESS_KEY": "practice",
        "AWS_REGION": "ap-northeast-2",
        "CITY_CACHE": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    return History()


def kept(past, numbers):
    """So many frames, appended one after the other; the clock stands after the last."""
    for number in numbers:
        past.append("road_speeds", True, [frame(number)], FEED.columns)
    clock.set(BEGAN + timedelta(minutes=5 * numbers[-1] + 1), 0)


def test_frames_are_kept_and_told_again_as_on_a_disk(past, tmp_path):
    kept(past, range(12))

    assert past.uri("road_speeds", True).startswith("s3://")
    assert not list(tmp_path.rglob("*.parquet"))
    told = FEED.since("24h")
    assert len(told) == 12 * ROWS and set(told["speed"]) == set(map(float, range(12)))
    then = FEED.at(BEGAN + timedelta(minutes=21))
    assert set(then["speed"]) == {4.0} and len(then) == ROWS
    assert then.attrs["observed_at"] == BEGAN + timedelta(minutes=20)
    assert FEED.at(BEGAN - timedelta(minutes=1)) is None


def test_many_files_become_few_and_tell_the_same(past):
    kept(past, range(30))
    before = FEED.since("24h")
    tidy(past, "road_speeds", True, ["link_id"], "2022-08-01", "2022-08-09")

    assert len(past.files("road_speeds", True)) == 1
    pd.testing.assert_frame_equal(
        FEED.since("24h").sort_values(["observed_at", "link_id"], ignore_index=True),
        before.sort_values(["observed_at", "link_id"], ignore_index=True),
    )
    kept(past, range(30, 32))
    assert len(FEED.since("24h")) == 32 * ROWS


def test_sql_and_dask_ask_the_same_files(past):
    kept(past, range(6))

    told = city.sql("SELECT count(*) AS n, avg(speed) AS mean FROM road_speeds")
    assert told["n"][0] == 6 * ROWS and told["mean"][0] == 2.5
    spread = FEED.since("24h", engine="dask")
    assert set(spread.groupby("link_id")["speed"].mean().compute()) == {2.5}


def test_another_process_writes_and_is_killed_and_nothing_committed_is_lost(past):
    told = dict(stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    command = [sys.executable, "-m", "tests.writer", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), **told)
    committed = []
    for line in process.stdout:
        committed.append(int(line))
        if len(committed) == 8:
            process.send_signal(signal.SIGKILL)
    process.wait()
    rows = past.read("road_speeds", True, ALL)
    counts = rows.groupby("speed").size()

    assert len(committed) >= 8 and set(counts) == {ROWS}, "a frame that is not whole"
    assert list(counts.index)[: len(committed)] == committed


def test_two_writers_at_once_lose_nothing(past):
    kept(past, range(1))
    told = dict(stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    command = [sys.executable, "-m", "tests.writer", "1000"]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), **told)
    theirs = [int(process.stdout.readline())]
    kept(past, range(1, 6))
    process.kill()
    theirs += map(int, process.stdout)
    process.wait()
    numbers = set(past.read("road_speeds", True, ALL)["speed"])

    assert {*range(6), *theirs} <= numbers <= {*range(6), *theirs, max(theirs) + 1}


def test_a_bucket_that_is_not_there_pauses_the_past_and_loses_nothing(
    past, full, monkeypatch, caplog
):
    feed, where = feeds.air_quality, os.environ["HISTORY"]
    monkeypatch.setenv("HISTORY", "s3://nobodys-bucket/city")
    keeper = Keeper([feed])
    keeper.take(feed)
    keeper.write()
    assert keeper.problem and "http" not in keeper.problem and "practice" not in keeper.problem

    monkeypatch.setenv("HISTORY", where)
    keeper.write()
    assert not keeper.problem
    assert len(feed.at(clock.now())) == len(feed.frame)
