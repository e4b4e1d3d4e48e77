"""The past: every good frame kept, told again as it was known, through kills and full disks."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import distributed
import pandas as pd
import pytest

from data import History, Keeper, city, clock, feeds, folder
from data._history import Kept
from data._last_known import LastKnown
from data._past import history
from data._tidy import tidy
from tests.conftest import ROOT
from tests.writer import BEGAN, ROWS, frame

KEPT = [name for name in dir(feeds) if feeds[name].every]
TABLES = ["air_quality", "road_speeds", "road_links", "incidents"]


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    """A past of its own for each test."""
    monkeypatch.setenv("CITY_CACHE", str(tmp_path))
    monkeypatch.delenv("HISTORY", raising=False)


@pytest.fixture
def keeper(full):
    """One that has written what every feed holds."""
    keeper = Keeper(feeds)
    for feed in keeper.feeds.values():
        keeper.take(feed)
    keeper.write()
    assert not keeper.problem
    return keeper


def sorted_rows(rows):
    names = [n for n in rows.columns if n != "geometry"]
    return pd.DataFrame(rows).sort_values(names, ignore_index=True)


def test_every_frame_is_told_again_as_it_was(keeper, still):
    for name, feed in keeper.feeds.items():
        told = feed.at(still)

        same = (lambda rows: sorted_rows(rows)) if feed.keep else pd.DataFrame
        pd.testing.assert_frame_equal(same(told), same(feed.frame), obj=name)
        assert told.attrs["observed_at"] == feed.observed_at
        assert told.attrs.get("like") == feed.frame.attrs.get("like"), name


def test_a_frame_of_then_is_as_old_as_what_it_stood_on_then_allows(keeper, still):
    feed, like = feeds.population_now, feeds.population_now.frame.attrs["like"]
    later = still + timedelta(minutes=5)
    rows = feed.frame.assign(observed_at=feed.frame["observed_at"] + timedelta(minutes=5))
    for moment, said in ((later, {}), (later + timedelta(minutes=5), {"like": ("1d", "5d")})):
        rows.attrs = said
        feed.param.update(frame=rows, observed_at=later, fetched_at=moment)
        keeper.take(feed)
        keeper.write()
        rows = rows.assign(population=rows["population"] + 1)

    assert like != ("1d", "5d") and feed.pace == ("1d", "5d")
    assert feed.at(still).attrs["like"] == like, "not as today's"
    assert "like" not in feed.at(later).attrs, "kept before frames said so"
    old = feed.at(later + timedelta(minutes=5))
    told = feed.about(later + timedelta(days=4), old.attrs["observed_at"], old)
    assert told.state == "live" and told.behind and told.live_until > later + timedelta(days=4)


def test_many_moments_of_one_reading_are_what_each_of_them_is(keeper, still):
    begun = {n: feeds[n].frame for n in ("population_now", "road_speeds", "air_quality")}
    for minutes in (5, 11, 20, 400):  # later answers; the last when the rows of the first are gone
        later = still + timedelta(minutes=minutes)
        for name, there in begun.items():
            feed, rows = feeds[name], there.iloc[minutes % 2 :].assign(observed_at=later)
            feed.param.update(frame=rows, observed_at=later, fetched_at=later)
            keeper.take(feed)
        keeper.write()
    moments = [still + timedelta(minutes=m) for m in (-1, 0, 4, 5, 10, 15, 30, 410)]
    names = (*begun, "incidents", "prices")

    told = city.course(moments, names)

    assert [set(known) for known in told] == [set(), *[set(names)] * 7]
    for moment, known in zip(moments, told, strict=True):
        alone = city.at(moment, names)
        assert known.keys() == alone.keys()
        for name in known:
            pd.testing.assert_frame_equal(known[name], alone[name], obj=f"{name} at {moment}")
            assert known[name].attrs == alone[name].attrs


def test_before_anything_was_known_there_is_nothing(keeper, still):
    earlier = still - timedelta(days=400)

    assert all(feed.at(earlier) is None for feed in keeper.feeds.values())
    assert set(city.at(still)) >= set(keeper.feeds)


def test_no_column_of_a_feed_is_one_of_the_past():
    names = {column for name in dir(feeds) for column in feeds[name].columns}

    assert not names & {"as_of", "fetched_on", "held", "row", "said"}


def test_an_empty_answer_is_remembered_as_one(keeper, still):
    feed, clock_then = feeds.incidents, still + timedelta(minutes=5)
    clock.set(clock_then, 0)
    feed.param.update(frame=feed.frame.iloc[:0], observed_at=clock_then, fetched_at=clock_then)
    keeper.take(feed)
    keeper.write()

    assert len(feed.at(clock_then)) == 0 and len(feed.at(still)) > 0
    assert len(feed.since("1h")) == len(feed.at(still))


def test_each_row_is_told_once_as_last_told(keeper, still):
    feed = feeds.air_quality
    later = still + timedelta(minutes=10)
    clock.set(later, 0)
    revised = feed.frame.assign(pm10=feed.frame["pm10"] + 1)
    feed.param.update(frame=revised, fetched_at=later)
    keeper.take(feed)
    keeper.write()

    told = feed.since("3h").sort_values("station", ignore_index=True)
    assert set(told["observed_at"]) == set(feed.frame["observed_at"])
    assert feed.at(still)["pm10"].sum() < feed.at(later)["pm10"].sum()


def test_what_stays_the_same_is_kept_once(keeper, still):
    before = history.files("air_quality", True)["rows"].sum()
    keeper.take(feeds.air_quality)
    keeper.write()

    assert history.files("air_quality", True)["rows"].sum() == before


@pytest.mark.parametrize("wrong", ["yesterday", "25:00", "", "9" * 50])
def test_what_is_no_time_is_said_to_be_none(wrong, still):
    with pytest.raises(ValueError, match="neither|day is out|not a"):
        feeds.air_quality.since(wrong or "never")


def forgotten(feeds):
    """As a new process has them: without a frame."""
    for feed in feeds:
        feed.param.update(frame=None, observed_at=None, fetched_at=None, practice=False)


@pytest.mark.parametrize("files", ["quick", "none", "torn"])
def test_a_restart_begins_with_what_was_known_and_its_age(files, keeper, still, caplog):
    held = {f.name: (f.frame, f.observed_at) for f in keeper.feeds.values()}
    forgotten(keeper.feeds.values())
    clock.set(still + timedelta(hours=3), 0)
    if files == "none":
        keeper.last.clear()
    elif files == "torn":
        for file in folder().glob("last/practice/*.arrow"):
            file.write_bytes(file.read_bytes()[:-9])
    else:
        history.table("air_quality", True).delete()  # nobody asks it

    whole = [f for f in keeper.feeds.values() if not f.needs and not f.keep]
    assert Keeper(feeds).warm() >= len(whole)
    assert (len(caplog.records) == len(keeper.feeds)) == (files == "torn")
    for name, (rows, observed) in held.items():
        feed = feeds[name]
        if feed.needs and files != "quick":
            assert feed.frame is None, "worked out anew"
        elif not feed.keep:  # there rows may be too old by now to be held
            told = pd.DataFrame(feed.frame), pd.DataFrame(rows)
            pd.testing.assert_frame_equal(*told, obj=name)
            assert feed.observed_at == observed and feed.practice
            assert type(feed.fetched_at) is datetime, "the API tells it"
            assert feed.pace and feed.frame.attrs.get("like") == rows.attrs.get("like")
    assert feeds.air_quality.state() in ("late", "silent")


def test_rows_too_old_by_now_are_not_held_after_a_restart(keeper, still):
    forgotten(keeper.feeds.values())
    clock.set(still + timedelta(days=40), 0)
    Keeper(feeds).warm()

    assert feeds.hotspots.frame is None and len(feeds.air_quality.frame)


def test_a_clock_set_back_knows_nothing_of_what_was_later(keeper, still):
    forgotten(keeper.feeds.values())
    clock.set(still - timedelta(days=30), 0)

    keeper = Keeper(feeds)
    assert keeper.warm() == 0
    keeper.forget()
    clock.set(still, 0)
    assert feeds.air_quality.at(still) is None


def test_a_full_disk_of_the_cache_costs_the_past_nothing(keeper, still, monkeypatch, caplog):
    feed, later = feeds.air_quality, still + timedelta(minutes=10)
    monkeypatch.setattr(keeper, "last", LastKnown(Path("/proc/nowhere")))
    feed.param.update(fetched_at=later, frame=feed.frame.assign(pm10=1.0))
    keeper.take(feed)
    keeper.write()

    assert keeper.problem and set(feed.at(later)["pm10"]) == {1.0}
    assert not keeper._waiting, "it was committed: once"


def test_days_that_are_over_are_put_in_order_and_tell_the_same(full, still):
    where, feed = History(), feeds.road_speeds
    for number in range(300):  # a day and an hour
        where.append("road_speeds", True, [frame(number)], feed.columns)
    clock.set(BEGAN + timedelta(days=2), 0)
    before = feed.since("3d")
    tidy(where, "road_speeds", True, ["link_id"], "2022-08-01", "2022-08-09")

    assert len(where.files("road_speeds", True)) < 30
    pd.testing.assert_frame_equal(sorted_rows(feed.since("3d")), sorted_rows(before))
    then = feed.at(BEGAN + timedelta(hours=6, minutes=2))
    assert len(then) == ROWS and set(then["speed"]) == {72.0}
    tidy(where, "road_speeds", True, ["link_id"], "2022-08-09", "2022-08-10")
    assert set(where.files("road_speeds", True)["fetched_on"]) == {"2022-08-09"}


def test_what_was_kept_before_a_feed_had_doubts_is_told_without_any(full, still):
    feed = feeds.rain_gauges
    before = {n: c for n, c in feed.columns.items() if n != "suspect"}
    rows = feed.frame.drop(columns="suspect")
    History().append("rain_gauges", True, [Kept(rows, still, still)], before)

    assert set(feed.at(still)["suspect"]) == set(feed.since("24h")["suspect"]) == {""}


def test_sql_asks_the_same_files(keeper, still):
    told = city.sql("SELECT count(*) AS n, max(observed_at) AS newest FROM air_quality WHERE held")

    assert told["n"][0] == len(feeds.air_quality.frame)
    assert told["newest"][0] == feeds.air_quality.observed_at
    with pytest.raises(ValueError, match="nothing of outline"):
        city.sql("SELECT * FROM outline")


async def test_a_feed_is_kept_as_it_is_refreshed(answered, still, monkeypatch):
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    keeper = Keeper([feeds.air_quality])
    keeper.start()
    await feeds.air_quality.refresh()
    await asyncio.to_thread(keeper.stop)

    assert len(feeds.air_quality.at(still)) == len(feeds.air_quality.frame)


# Kills, full disks, and who reads meanwhile (SAFETY rows 32 and 35)


def writing(first, **more):
    """A process that keeps frames from that number on."""
    told = dict(stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    command = [sys.executable, "-m", "tests.writer", str(first)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | more, **told)


def kept_numbers():
    """What is whole in the past now, read by this process: the numbers of the frames."""
    rows = History().read("road_speeds", True, ("", "9"))
    counts = rows.groupby("speed").size() if len(rows) else pd.Series(dtype=int)
    assert set(counts) <= {ROWS}, "a frame that is not whole"
    return [int(number) for number in counts.index]


def test_nothing_that_was_committed_is_lost_by_a_kill():
    dice, committed = random.Random(3), []
    for _ in range(int(os.environ.get("KILLS", "3"))):
        process = writing(committed[-1] + 1 if committed else 0)
        killed = False
        for line in process.stdout:
            committed.append(int(line))
            if not killed:
                kept_numbers()  # another process reads while that one writes
                if killed := dice.random() < 0.2:
                    process.send_signal(signal.SIGKILL)
        process.wait()

        kept = kept_numbers()
        assert kept[: len(committed)] == committed
        assert len(kept) <= len(committed) + 1, "one may be committed and not yet said"
        committed = kept
        tidy(History(), "road_speeds", True, ["link_id"], "2022-08-08", "2100-01-01")


def test_a_commit_that_does_not_fit_is_not_there():
    process = writing(0, LARGEST_FILE="3000")  # bytes: no file of the table is so small

    assert process.communicate()[0] == "" and process.returncode
    assert kept_numbers() == []


def test_a_full_disk_pauses_the_past_and_loses_nothing(keeper, still, monkeypatch, caplog):
    feed, later = feeds.air_quality, still + timedelta(minutes=10)
    monkeypatch.setenv("HISTORY", "/proc/nowhere")
    feed.param.update(fetched_at=later, frame=feed.frame.assign(pm10=1.0))
    keeper.take(feed)
    keeper.write()
    keeper.write()
    assert keeper.problem and len(caplog.records) == 1

    monkeypatch.delenv("HISTORY")
    keeper.write()
    assert not keeper.problem and caplog.records[1].getMessage() == "the history goes on"
    assert set(feed.at(later)["pm10"]) == {1.0}


def test_two_processes_of_dask_see_the_same_past(full, still):
    for number in range(300):
        History().append("road_speeds", True, [frame(number)], feeds.road_speeds.columns)
    clock.set(BEGAN + timedelta(days=2), 0)
    here = feeds.road_speeds.since("3d").groupby("link_id")["speed"].mean()
    settings = dict(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
    with distributed.LocalCluster(**settings) as cluster, distributed.Client(cluster):
        spread = feeds.road_speeds.since("3d", engine="dask")
        there = spread.groupby("link_id")["speed"].mean().compute().sort_index()

    assert spread.npartitions == 2
    pd.testing.assert_series_equal(there, here, check_index_type=False)


def test_the_past_of_living_population_is_a_cube(keeper, still):
    told = feeds.living_population.cube("90d")
    held = feeds.population_by_age.frame

    assert told["population"].dims == ("time", "dong", "sex", "age")
    assert dict(told.sizes)["dong"] == held["dong"].nunique() and told.attrs["mark"] == "estimate"
    names = [n for n in held.columns if n.startswith(("male_", "female_"))]
    assert float(told["population"].sum()) == pytest.approx(held[names].to_numpy().sum())
