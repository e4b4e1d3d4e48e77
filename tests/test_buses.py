"""Buses: the practice city's services agree, and what the feeds make of them."""

import json
from datetime import datetime, timedelta

import numpy as np
import pytest

from data import ZONE, feeds
from data._bus import ars, time_of_day, wait
from data.sim._buses import Buses
from data.sim._service import KEY, Request
from data.sim._world import World
from data.sim.bus_arrivals import StationByUid
from data.sim.bus_positions import BusPosByRtid

EVENING = datetime(2022, 8, 8, 20, 10, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def world():
    return World(1)


def items(service, world, now=EVENING, **query):
    """What the bus service of the practice city says, in JSON."""
    request = Request({}, query | {"serviceKey": KEY, "resultType": "json"}, now)
    return json.loads(service(world).answer(request).body)["msgBody"]["itemList"] or []


def test_a_bus_that_comes_to_a_stop_is_on_its_route_as_far_away_as_it_is_said(world):
    buses = world.part(Buses)
    for row in items(StationByUid, world, arsId="02072"):
        route = buses.routes[row["busRouteId"]]
        running = {bus.vehicle: bus for bus in buses.running(route, EVENING)}
        stop = int(row["staOrd"]) - 1
        coming = [bus for bus in running.values() if bus.here < stop]
        nearest = max(coming, key=lambda bus: bus.here + bus.part)

        assert row["vehId1"] == nearest.vehicle
        assert int(row["sectOrd1"]) == nearest.here + 1 <= stop
        assert int(row["traTime1"]) == int(nearest.seconds(stop))


def test_both_bus_services_know_the_same_buses(world):
    later = EVENING + timedelta(seconds=20)  # positions are some seconds old
    for row in items(StationByUid, world, arsId="02072"):
        there = items(BusPosByRtid, world, later, busRouteId=row["busRouteId"])

        assert row["vehId1"] in {bus["vehId"] for bus in there}


def test_a_bus_goes_on_and_never_back(world):
    buses = world.part(Buses)
    route = buses.routes["100100005"]
    way = {}
    for minute in range(0, 40, 4):
        for bus in buses.running(route, EVENING + timedelta(minutes=minute)):
            way.setdefault(bus.vehicle, []).append(bus.here + bus.part)

    assert all(np.diff(along).min(initial=1) > 0 for along in way.values())


def test_a_bus_takes_longer_in_the_rush_and_in_the_great_rain(world):
    buses = world.part(Buses)

    def takes(day, minute):
        return np.mean([np.ptp(buses._trip(i, day, minute)) for i in list(buses.routes)[:8]])

    dry, wet = datetime(2022, 7, 20).date(), EVENING.date()
    assert takes(dry, 8 * 60) > 1.1 * takes(dry, 5 * 60)
    assert takes(wet, 20 * 60) > takes(dry, 20 * 60)


def test_at_night_a_stop_says_that_no_bus_comes(world):
    rows = items(StationByUid, world, EVENING.replace(hour=2), arsId="02072")

    assert rows and {row["arrmsg1"] for row in rows} == {"운행종료"}
    assert {row["traTime1"] for row in rows} == {"0"}


@pytest.mark.parametrize(
    ("message", "due", "told"),
    [
        ("3분5초후[2번째 전]", "0", (185.0, 2.0)),
        ("3분후[12번째 전]", "179", (179.0, 12.0)),
        ("운행종료", "22", None),
        ("출발대기", "600", None),
        ("회차대기", "0", None),
        ("", "30", None),
    ],
)
def test_the_words_of_an_arrival_decide_whether_a_bus_comes(message, due, told):
    assert wait(message, due) == told


def test_a_bus_about_to_arrive_may_tell_no_seconds():
    seconds, stops = wait("곧 도착", "0")

    assert np.isnan(seconds) and np.isnan(stops)


def test_stops_keep_their_zeros_and_blank_times_are_no_times():
    assert [ars(v) for v in ("01009", 1009, "1009.0", "0", " ", None)] == ["01009"] * 3 + [""] * 3
    assert [time_of_day(v) for v in ("0400  ", "      ", ":", "2410", None)] == [
        "04:00", "", "", "24:10", ""
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["bus_arrivals", "bus_positions"])
def test_buses_are_asked_about_only_while_somebody_looks(name, still, monkeypatch):
    monkeypatch.setenv("SEOUL_BUS_KEY", "k")
    feed = type(feeds[name])(name=name)
    assert feed.urls(still) == []

    feed.wanted = ("01009", "01010")
    assert [u.count("=0100") + u.count("=0101") for u in feed.urls(still)] == [1]


@pytest.mark.parametrize(
    ("name", "step", "most"), [("bus_stops", 360, 20), ("subway_positions", 1, 290)]
)
def test_places_and_lines_take_turns_within_an_ordinary_key(name, step, most, still, monkeypatch):
    monkeypatch.setenv(feeds[name].portal.key, "k")
    feed = type(feeds[name])(name=name)
    turns = [feed.urls(still + timedelta(minutes=m)) for m in range(0, 1440, step)]
    urls = [url for turn in turns for url in turn]

    assert 0.9 * most <= len(urls) <= most + 1
    assert len(set(urls)) >= 19
