"""./panel_serve.sh backfill: a past of the practice city, filled by several processes at once."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from data import clock, feeds
from data.sim._backfill import pieces, steps
from data.sim._server import City
from tests.conftest import ROOT


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of its own, and the practice city's clock where the past is to end."""
    monkeypatch.setenv("CITY_CACHE", str(tmp_path))
    for name in ("HISTORY", "PRACTICE_CITY"):
        monkeypatch.delenv(name, raising=False)
    clock.set(City.from_environment().hands.start, 0)
    yield tmp_path
    clock.real()


def backfill(*args):
    """The command a person gives; what it said."""
    return subprocess.run(
        ["./panel_serve.sh", "backfill", *args],
        cwd=ROOT,
        env=os.environ | {"CITY_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_past_is_there_afterwards_and_filled_twice_it_is_there_once(cache):
    first = backfill("30m", "--cores", "2")
    assert first.returncode == 0, first.stderr
    rows = feeds.air_quality.since("7d"), feeds.road_speeds.since("7d")
    again = backfill("30m", "--cores", "2")
    assert again.returncode == 0, again.stderr

    assert "frames kept in" in first.stdout and str(cache) in first.stdout
    for before, feed in zip(rows, (feeds.air_quality, feeds.road_speeds), strict=True):
        assert len(feed.since("7d")) == len(before) > 0
    times = feeds.road_speeds.since("7d")["fetched_at"].unique()
    assert clock.now() - timedelta(minutes=31) <= min(times) < max(times) < clock.now()
    assert feeds.population_now.at(clock.now()) is not None, "what is derived, too"
    assert not (cache / "last").exists(), "a start asks the history"


@pytest.mark.parametrize("wrong", ["soon", "7", "-1d", "0d"])
def test_no_duration_is_said_to_be_none(cache, wrong):
    said = backfill(wrong)

    assert said.returncode and "Traceback" not in said.stderr and said.stderr.strip()


@pytest.mark.parametrize("count", [1, 2, 7, 400])
def test_pieces_are_the_whole_in_order(count):
    moments = list(steps(clock.now(), timedelta(days=2)))
    cut = pieces(moments, count)

    assert sum(cut, []) == moments and len(cut) <= count and all(cut)
