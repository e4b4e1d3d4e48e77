"""What feeds are made of: ages, the clock, columns, rows between two answers, turns, the poller."""

import asyncio
from datetime import datetime, timedelta

import geopandas as gpd
import pandas as pd
import pytest

from data import (
    TIME,
    ZONE,
    Column,
    Feed,
    Poller,
    Refused,
    Unreachable,
    Unreadable,
    _age,
    _poll,
    _portals,
    _rows,
    _turns,
    check,
    clock,
    duration,
    empty,
)

NOON = datetime(2022, 8, 8, 12, tzinfo=ZONE)
MINUTE = timedelta(minutes=1)


def at(*hours):
    return pd.Series([NOON.replace(hour=h) for h in hours], dtype=TIME)


# Ages


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("1h", 3600), ("5d", 432_000), ("", 0)]
)
def test_a_duration_is_a_number_and_a_unit(text, seconds):
    assert duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["5", "m", "-1h", "1 h", "1w"])
def test_anything_else_is_no_duration(text):
    with pytest.raises(ValueError, match="duration"):
        duration(text)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(0, "live"), (100, "live"), (101, "late"), (260, "late"), (261, "silent"), (-4, "live"),
     (-6, "silent")],
)  # fmt: skip
def test_a_state_is_the_age_of_the_observation(minutes, state):
    assert _age.state(NOON - minutes * MINUTE, "20m", "1h", NOON) == state


def test_a_table_is_always_live_and_nothing_is_silent():
    assert _age.state(None, "", "", NOON) == "live"
    assert _age.state(None, "1m", "", NOON) == "silent"


def test_what_stands_beside_a_number_knows_its_own_limits():
    about = _age.about(NOON, "20m", "1h", NOON + 101 * MINUTE, practice=True)

    assert about.state == "late" and about.practice
    assert about.live_until == NOON + 100 * MINUTE
    assert about.silent_from == NOON + 260 * MINUTE


# The clock


def test_the_clock_runs_stands_and_follows_this_machine(still):
    assert clock.now() == still and clock.practice
    clock.set(NOON, 3600)
    assert clock.now() > NOON
    clock.real()
    assert abs(clock.now() - datetime.now(ZONE)) < MINUTE and not clock.practice


def test_a_fast_clock_does_not_become_a_flood(still):
    clock.set(NOON, 60)
    assert _age.period("30s") == 2 * MINUTE
    assert _age.period("5m") == 5 * MINUTE


# Columns

COLUMNS = {
    "place": Column("str", "Place", required=True),
    "value": Column("float64", "Value", "mm", 0, 10),
    "observed_at": Column(TIME, "Observed"),
}


def rows(*values, places="abcdefghij"):
    n = len(values)
    return pd.DataFrame({"value": values, "place": list(places[:n]), "observed_at": at(*[9] * n)})


def test_checked_rows_have_the_declared_columns_in_order_and_range():
    frame = check(rows(1, 11, -1, None, "7").assign(more=1), COLUMNS)

    assert list(frame) == list(COLUMNS)
    assert frame["value"].isna().tolist() == [False, True, True, True, False]
    assert frame.attrs["dropped"] == 0


def test_few_lost_rows_are_counted_and_many_refused():
    assert (
        check(rows(1, 2, 3, 4, 5, places=["a", "", "c", "d", "e"]), COLUMNS).attrs["dropped"] == 1
    )
    with pytest.raises(Unreadable, match="2 of 5"):
        check(rows(1, 2, 3, 4, 5, places=["a", "", None, "d", "e"]), COLUMNS)


def test_a_missing_column_is_named_with_those_that_are_there():
    with pytest.raises(Unreadable, match="no column value among observed_at, place"):
        check(rows(1).drop(columns="value"), COLUMNS)


def test_a_word_is_not_a_number():
    with pytest.raises(Unreadable):
        check(rows("many"), COLUMNS)


def test_nothing_has_the_declared_types_too():
    shapes = COLUMNS | {"geometry": Column("geometry", "Course")}

    assert check(empty(COLUMNS), COLUMNS).dtypes.astype(str).tolist() == ["str", "float64", TIME]
    assert isinstance(check(gpd.GeoDataFrame(empty(shapes)), shapes), gpd.GeoDataFrame)


# Rows between two answers


def test_new_rows_take_the_place_of_those_of_the_same_key():
    old, new = rows(1, 2, 3), rows(9, places="b")

    merged = _rows.merged(old, new, ("place",), "1d", NOON)
    assert dict(zip(merged["place"], merged["value"], strict=True)) == {"a": 1, "c": 3, "b": 9}


def test_rows_are_let_go_when_they_are_too_old():
    old = rows(1, 2).assign(observed_at=at(9, 11))

    assert list(_rows.merged(old, rows(), ("place",), "2h", NOON)["place"]) == ["b"]


def test_a_later_page_is_right_and_the_same_row_twice_counts_once():
    frame = _rows.joined([rows(1, 2, 2, places="abb"), rows(5, places="a")], ("place",))

    assert sorted(zip(frame["place"], frame["value"], strict=True)) == [("a", 5), ("b", 2)]


def test_rows_from_the_future_are_not_believed():
    ahead = rows(*range(10)).assign(observed_at=at(*[9] * 9, 13))

    assert len(_rows.believable(ahead, NOON)) == 9
    with pytest.raises(Unreadable, match="future"):
        _rows.believable(ahead.assign(observed_at=at(*[13] * 10)), NOON)


def test_the_newest_row_dates_a_frame_unless_the_frame_says_itself():
    frame = rows(1, 2).assign(observed_at=at(9, 11))

    assert _rows.newest(frame, NOON) == NOON.replace(hour=11)
    frame.attrs["observed_at"] = NOON.replace(hour=10)
    assert _rows.newest(frame, NOON).hour == 10
    assert _rows.newest(pd.DataFrame({"a": []}), NOON) == NOON


# A feed between two answers


class Rain(Feed):
    """A feed of the tests: a row per place, asked one by one."""

    title, source, url, every = "Rain", "us", "{drop}/{place}", "10m"
    key, keep, columns = ("place",), "1d", COLUMNS
    asks = ("a", "b")

    def urls(self, now):
        return list(self.asks)

    def parse(self, body, url):
        return rows(float(body), places=[url])


@pytest.fixture
def portal(monkeypatch):
    """What the test says is answered: url: a body, or an error to raise."""
    told = {}

    async def fetch(url, *, feed=""):
        if isinstance(told[url], Exception):
            raise told[url]
        return told[url]

    monkeypatch.setattr("data._feed.fetch", fetch)
    return told


async def test_one_question_that_fails_does_not_cost_the_others(portal, still):
    feed = Rain(name="rain")
    portal |= {"a": b"1", "b": Unreachable("gone")}
    await feed.refresh()

    assert list(feed.frame["place"]) == ["a"] and feed.problem is None
    portal |= {"a": Unreachable("gone"), "b": b"2"}
    await feed.refresh()
    assert list(feed.frame["place"]) == ["a", "b"]


async def test_a_refusal_that_says_wait_ends_the_turn(portal, still):
    feed = Rain(name="rain")
    portal |= {"a": Refused("quota", wait=60), "b": b"2"}
    await feed.refresh()

    assert feed.frame is None and feed.state() == "refused"


async def test_an_answer_that_says_the_same_leaves_the_frame_and_is_dated_anew(portal, still):
    feed = Rain(name="rain")
    portal |= {"a": b"1", "b": b"2"}
    await feed.refresh()
    before = feed.frame
    clock.set(NOON, 0)
    await feed.refresh()

    assert feed.frame is before and feed.fetched_at == NOON
    portal["b"] = b"3"
    await feed.refresh()
    assert feed.frame is not before and list(feed.frame["value"]) == [1, 3]


async def test_the_age_counts_from_the_observation(portal, still):
    clock.set(NOON, 0)
    feed = Rain(name="rain")
    portal |= {"a": b"1", "b": b"1"}
    await feed.refresh()

    assert feed.observed_at == NOON.replace(hour=9) and feed.fetched_at == NOON
    assert feed.state() == "silent", "answered now, but with what was true three hours ago"


async def test_what_is_not_looked_at_is_not_asked(portal, still):
    feed = Rain(name="rain")
    feed.asks = ()
    await feed.refresh()

    assert feed.frame is None and feed.problem is None


# Turns


def test_turns_are_fair_and_keep_to_the_share(still):
    turns, asked = _turns.Turns(), []
    for minute in range(0, 24 * 60, 5):
        asked += turns.take("abcdef", NOON + minute * MINUTE, 190)

    assert 185 <= len(asked) <= 191
    assert {asked.count(name) for name in "abcdef"} <= {31, 32}
    assert asked[:6] == list("abcdef")


def test_with_a_lifted_key_everybody_has_a_turn(still, monkeypatch):
    portal = _portals.PORTALS["seoul"]
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "k")

    assert _turns.share(portal, 190) == 190
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "5000")
    assert _turns.share(portal, 190) == 950
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
    assert _turns.Turns().take("abc", NOON, _turns.share(portal, 190)) == list("abc")


# The poller


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 600), (1, 300), (4, 300), (5, 300), (6, 300), (9, 300)]
)
def test_what_fails_is_asked_again_soon_but_not_in_a_storm(still, failures, seconds):
    clock.real()

    assert _poll.pause(Rain(name="rain"), failures, 0) == seconds


def test_what_is_asked_each_minute_backs_off_once_it_has_failed_often(still):
    clock.real()

    class Trains(Rain):
        every = "30s"

    feed = Trains(name="trains")
    assert [_poll.pause(feed, n, 0) for n in (0, 4, 5, 6, 7, 8)] == [30, 30, 60, 120, 240, 300]
    feed.problem = Refused("wait", wait=10**9)
    assert _poll.pause(feed, 1, 0) == 3600


class Wet(Feed):
    """Derived from rain."""

    title, source, every, columns = "Wet", "us", "10m", COLUMNS

    def derive(self, rain):
        return None if rain is None else rain


class Drains(Rain):
    """Asks about every place that rain knows."""

    follows = ("rain", "place")

    def urls(self, now):
        return list(self.wanted)


async def until(said):
    for _ in range(500):
        if said():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never happened")


async def test_the_poller_asks_derives_follows_and_stops(portal, still):
    rain, wet, drains = Rain(name="rain"), Wet(name="wet"), Drains(name="drains")
    portal |= {"a": b"1", "b": b"2"}
    poller = Poller([rain, wet, drains])
    await poller.start()
    await until(lambda: wet.frame is not None and drains.frame is not None)
    await poller.stop()

    assert drains.wanted == ("a", "b") and list(drains.frame["place"]) == ["a", "b"]
    assert list(wet.frame["place"]) == ["a", "b"]
    assert set(poller.beats) == {"rain", "wet", "drains"}
    rain.frame = rain.frame.iloc[:1]
    assert drains.wanted == ("a", "b"), "nobody watches any more"


async def test_a_feed_that_breaks_is_asked_again(portal, still, caplog):
    class Broken(Rain):
        every = "1s"

        def urls(self, now):
            self.asked = getattr(self, "asked", 0) + 1
            raise RuntimeError("a mistake of ours")

    clock.set(NOON, 1)
    feed = Broken(name="broken")
    poller = Poller([feed])
    await poller.start()
    poller.hurry("broken")
    await until(lambda: getattr(feed, "asked", 0) > 1)
    await poller.stop()

    assert "could not be refreshed" in caplog.text
