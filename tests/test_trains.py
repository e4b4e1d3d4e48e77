"""The trains of the practice city: one timetable behind both of its services."""

import json
from datetime import datetime

import pytest

from data import ZONE
from data.sim._service import KEY, Request
from data.sim._world import World
from data.sim.subway_arrivals import StationArrival
from data.sim.subway_positions import RealtimePosition

EVENING = datetime(2022, 8, 8, 20, 10, 30, tzinfo=ZONE)
NIGHT = datetime(2022, 8, 8, 3, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def world():
    return World(1)


def rows(service, world, of, now=EVENING):
    """What a service of the practice city says of a station or line."""
    request = Request({"key": KEY, "start": "0", "end": "200", "of": of}, {}, now)
    return json.loads(service(world).answer(request).body).get(service.wrapper, [])


def test_a_train_that_comes_to_a_station_is_where_the_trains_of_its_line_are(world):
    for name in ("강동", "홍대입구", "성수", "가산디지털단지", "응암"):
        for track, stop in world.trains.lines_at(name):
            running = {train.train: train for train in world.trains.running(track, EVENING)}
            for coming in world.trains.coming(track, stop, EVENING):
                train = running[coming.train]

                assert track.names[min(train.here, stop)] == coming.at
                assert coming.behind == stop - min(train.here, stop)


@pytest.mark.parametrize("line", ["1호선", "2호선", "5호선", "9호선", "경의중앙선"])
def test_no_two_trains_of_a_line_have_one_number(world, line):
    numbers = [row["trainNo"] for row in rows(RealtimePosition, world, line)]

    assert 9 < len(numbers) == len(set(numbers))


def test_a_train_is_told_by_both_services_under_one_number_and_way(world):
    ways = {"0": "내선", "1": "외선"}
    running = {
        (row["trainNo"], ways[row["updnLine"]]) for row in rows(RealtimePosition, world, "2호선")
    }
    coming = {
        (row["btrainNo"], row["updnLine"])
        for row in rows(StationArrival, world, "홍대입구")
        if row["subwayId"] == "1002"
    }

    assert coming and coming <= running


def test_the_loop_is_gone_round_once(world):
    (track, _) = next(t for t in world.trains.lines_at("시청") if t[0].line == "2")

    assert track.names[0] == track.names[-1] == "성수" and len(set(track.stops)) == 43
    assert [t.names[n] for t, n in world.trains.lines_at("성수") if t.branch == 1] == ["성수"] * 2


def test_no_train_is_told_at_night(world):
    assert not rows(RealtimePosition, world, "2호선", NIGHT)
    assert not rows(StationArrival, world, "강남", NIGHT)
