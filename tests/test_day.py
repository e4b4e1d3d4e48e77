"""Half a day on which portals fail, on a clock of the test's own; the bench has a whole one."""

import heapq
import random
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestServer

from data import Keeper, clock, feeds
from data._poll import pause
from data.sim._faults import KINDS
from data.sim._server import City
from tests.bench import day
from tests.day import Told, begin, listening, look_back
from tests.failing import Fault, Timetable, planned

NAMES = ("news", "air_quality", "emergency_rooms", "job_buses")
HANG = {"timeout", "drip", "slow"}  # they take time, and this clock stands meanwhile
HOURS = 8.0


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """Feeds of one's own, and a past of their own."""
    monkeypatch.setenv("CITY_CACHE", str(tmp_path))
    yield [type(feeds[name])(name=name) for name in NAMES]
    clock.real()


async def stepped(mine, plan, monkeypatch, seconds=HOURS * 3600) -> Told:
    """Each feed asked whenever the poller would, one after the other, without waiting."""
    city = City(speed=0)
    told, keeper, failures = Told(city.hands.start), Keeper(mine), dict.fromkeys(NAMES, 0)
    city.faults = Timetable(plan, city, lambda *bad: told.bad.append(bad))
    begin(mine, told)
    for feed in mine:
        feed.param.watch(lambda _, f=feed: keeper.take(f), "fetched_at")
    turns = [(0.0, feed.name) for feed in mine]
    async with TestServer(city.app()) as server:
        monkeypatch.setenv("PRACTICE_CITY", str(server.make_url("")))
        with listening(told):
            while turns[0][0] < seconds:
                at, name = heapq.heappop(turns)
                city.hands.start = told.began + timedelta(seconds=at)
                clock.set(city.hands.start, 1)
                feed = next(feed for feed in mine if feed.name == name)
                await feed.refresh()
                failures[name] = failures[name] + 1 if feed.problem else 0
                heapq.heappush(turns, (at + pause(feed, failures[name], 0.5), name))
    told.ended = clock.now()
    keeper.write()
    look_back(mine, told)
    return told


async def test_all_come_back_each_said_twice_and_the_past_has_no_gap(mine, monkeypatch):
    plan = planned(day.groups(mine), HOURS, random.Random(4), KINDS - HANG)
    told = await stepped(mine, plan, monkeypatch)

    assert len({fault.kind for fault in plan}) > 3 and told.bad
    assert sum(what == "lost" for said in told.said.values() for _, what in said) > 5
    assert [line for feed in mine for line in day.wrong(feed, told, plan)] == []


@pytest.mark.parametrize("kind", ["html", "quota", "refuse", "stale"])
async def test_an_outage_is_said_once_and_over_when_it_is_over(kind, mine, monkeypatch):
    plan = [Fault("news", kind, 3600.0, 7200.0)]
    told = await stepped(mine[:1], plan, monkeypatch, 12_000.0)

    assert {name for _, name, _ in told.bad} == {"news"}
    assert len(told.said["news"]) == (0 if kind == "stale" else 2)
    assert day.wrong(mine[0], told, plan) == []


async def test_what_is_not_as_it_should_be_is_found(mine, monkeypatch):
    plan = [Fault("news", "html", 3600.0, 7200.0)]
    told = await stepped(mine[:1], plan, monkeypatch, 12_000.0)
    lost, back = told.said["news"]

    told.said["news"] = [lost, back, lost]
    told.seen["news"].add(told.began)
    del told.turns["news"][2:-2]
    found = " ".join(day.wrong(mine[0], told, plan[:0]))
    for words in ("said lost back lost", "when nothing was wrong", "not asked", "not in the past"):
        assert words in found
