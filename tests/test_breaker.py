"""How often a source is asked that does not answer: hours of it, on a clock of the test's own."""

import random
from datetime import datetime, timedelta

import pytest

from data import ZONE, Refused, Unreachable, clock, feeds
from data._age import period
from data._budget import Budget
from data._fetch import ATTEMPTS
from data._poll import SLOWEST, pause

DAWN = datetime(2026, 8, 8, 0, 0, 1, tzinfo=ZONE)
HOURS_6 = 6 * 3600.0
NOTHING = b'{"RESULT":{"CODE":"INFO-200","MESSAGE":"x"}}'
SAY_NOTHING = {"seoul", "citydata", "subway"}  # the portals that say "no data" in those words
ASKS = [n for n in dir(feeds) if not feeds[n].needs and feeds[n].portal]
LOOKED_AT = {
    "subway_arrivals": ("홍대입구", "여의도", "창동"), "road_speeds": ("1", "2", "3", "4"),
    "bus_arrivals": ("01009",), "bus_positions": ("100100118",),
}  # fmt: skip


class Day:
    """A feed polled as the poller does, hour after hour, without waiting."""

    def __init__(self, name, seed=None):
        self.feed = type(feeds[name])(name=name)
        self.feed.wanted = LOOKED_AT.get(name, ())
        self.at, self.failures = 0.0, 0
        self.shaker = random.Random(name if seed is None else seed)

    async def until(self, seconds):
        """Poll until then; the time of each poll."""
        polls = []
        while self.at < seconds:
            clock.set(DAWN + timedelta(seconds=self.at), 1)
            polls.append(self.at)
            await self.feed.refresh()
            self.failures = self.failures + 1 if self.feed.problem else 0
            self.at += pause(self.feed, self.failures, self.shaker.uniform(-1, 1))
        return polls


@pytest.fixture
def line(monkeypatch, still, reply):
    """Whether the line is up, and everything that was asked over it."""
    told = {"up": False, "asked": []}

    async def fetch(url, *, feed=""):
        told["asked"].append(url)
        if told["up"]:
            quiet = feeds[feed].quiet or feeds[feed].keep
            silent = quiet and feeds[feed].portal.name in SAY_NOTHING
            return NOTHING if silent else dict(reply(feed)).get(url, reply(feed)[0][1])
        raise Unreachable("the line is cut")

    monkeypatch.setattr("data._feed.fetch", fetch)
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    return told


@pytest.mark.parametrize("name", ASKS)
async def test_a_source_down_for_six_hours_is_asked_80_times_and_told_of_twice(name, line, caplog):
    day = Day(name)
    await day.until(HOURS_6)
    asked = len(line["asked"])
    line["up"] = True
    back = await day.until(HOURS_6 + 1.2 * SLOWEST + 1)

    assert asked + ATTEMPTS - 1 <= 80, "the fetch itself tries again when it first fails"
    assert len(back) >= 1 and day.feed.problem is None
    said = [r.getMessage() for r in caplog.records]
    assert len(said) == 2 and "lost" in said[0] and "back" in said[1]


def test_the_breaker_opens_after_five_failures_and_probes_ever_more_rarely(still):
    clock.set(DAWN, 1)
    feed = type(feeds.subway_arrivals)(name="subway_arrivals")

    assert [pause(feed, n, 0) for n in range(10)] == [
        30, 30, 30, 30, 30, 60, 120, 240, 300, 300,
    ]  # fmt: skip
    assert pause(feed, 9, 1) == pytest.approx(360) and pause(feed, 9, -1) == pytest.approx(240)


@pytest.mark.parametrize(("wait", "seconds"), [(10**9, 3600), (0.5, 30), (600, 600), (None, 30)])
def test_a_wait_asked_for_is_waited_but_no_longer_than_an_hour(still, wait, seconds):
    clock.set(DAWN, 1)
    feed = type(feeds.subway_arrivals)(name="subway_arrivals")
    feed.problem = Refused("quota", wait=wait)

    assert pause(feed, 1, 0) == seconds


def test_a_wait_asked_for_is_of_the_citys_seconds(still):
    clock.set(DAWN, 60)
    feed = type(feeds.subway_arrivals)(name="subway_arrivals")
    feed.problem = Refused("quota", wait=3600)

    assert pause(feed, 1, 0) == 60


async def test_a_day_of_polls_stays_below_the_quota(still, monkeypatch, tmp_path):
    """Every feed of the key on one day, with bikes in three pages and the links in turn."""
    budget, calls, spans = Budget(tmp_path), [], {}

    async def fetch(url, *, feed=""):
        calls.append((feed, day.at))
        budget.spend(feeds[feed].portal, feed, feeds[feed].daily)
        return NOTHING

    monkeypatch.setattr("data._feed.fetch", fetch)
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "a-real-key")
    for name in (n for n in ASKS if feeds[n].portal.name == "seoul"):
        day = Day(name)
        spans[name] = await day.until(86_390.0)

    assert len(calls) <= 900 and budget.spent("seoul") <= 900
    for name, polls in spans.items():
        gaps = [later - one for one, later in zip(polls, polls[1:], strict=False)]
        usual = period(feeds[name].every).total_seconds()
        assert not gaps or min(gaps) >= 0.9 * usual, "no burst"


def test_a_small_key_is_asked_less_often_and_its_ages_know(still, monkeypatch):
    feed = type(feeds.bike_stations)(name="bike_stations")
    feed.param.update(observed_at=still - timedelta(minutes=40), calls=3)

    assert period(feed.pace[0]) > timedelta(minutes=28) and feed.state() == "live"
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
    assert feed.pace[0] == feed.every == "5m" and feed.state() == "late"


async def test_the_same_old_observation_grows_old(still, monkeypatch, reply):
    """SAFETY row 21: answered each time, with 200, and always with the same."""
    asked = dict(reply("air_quality"))

    async def fetch(url, *, feed=""):
        return asked[url]

    monkeypatch.setattr("data._feed.fetch", fetch)
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
    feed, states = type(feeds.air_quality)(name="air_quality"), []
    for minutes in (0, 60, 89, 91, 200, 300):
        clock.set(still.replace(minute=0, second=0) + timedelta(minutes=minutes), 0)
        await feed.refresh()
        assert feed.problem is None and feed.fetched_at == clock.now()
        states.append(feed.state())

    assert feed.observed_at == still.replace(minute=0, second=0)
    assert states == ["live", "live", "live", "live", "late", "silent"]
