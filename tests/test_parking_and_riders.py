"""Car parks, lifts, counts, riders and bike tables: what is not told is not made up."""

import json
from datetime import timedelta

import pandas as pd
import pytest

from data import Unreadable, feeds
from data._stations import bare, station_places
from data.sim._lifts import Lifts
from data.sim._parking import FLOOD, Parking
from data.sim._riders import Riders
from data.sim._service import Request
from data.sim._world import World
from data.sim.bike_tables import CycleStations
from tests.conftest import NOTHING, NOW

WEEKDAY = NOW - timedelta(days=11)  # 28 July, a dry Thursday


@pytest.fixture(scope="module")
def world():
    return World(1)


def rows_of(body: bytes) -> list[dict]:
    """The rows inside an answer, to be changed in place."""
    [told] = json.loads(body).values()
    return told["row"]


def answer(rows: list[dict]) -> bytes:
    return json.dumps({"service": {"RESULT": {"CODE": "INFO-000"}, "row": rows}}).encode()


def test_a_car_park_that_does_not_report_has_no_free_space_to_tell(reply):
    [(url, body)] = reply("parking_now")
    frame = feeds.parking_now.read([(url, body)]).set_index("lot_id")
    silent = [r["PKLT_CD"] for r in rows_of(body) if r["PRK_STTS_YN"] != "1"]

    assert silent and frame.loc[silent, ["cars", "free", "observed_at"]].isna().all(axis=None)
    assert frame.drop(silent)["free"].notna().all() and frame["spaces"].notna().all()


def test_more_cars_than_spaces_leave_none_free(reply):
    [(url, body)] = reply("parking_now")
    rows = rows_of(body)
    crowded = next(r for r in rows if r["PRK_STTS_YN"] == "1")
    crowded |= {"TPKCT": 50.0, "NOW_PRK_VHCL_CNT": 53.0}

    frame = feeds.parking_now.read([(url, answer(rows))]).set_index("lot_id")

    assert frame.loc[crowded["PKLT_CD"], ["cars", "free"]].tolist() == [53, 0]


def test_free_spaces_have_their_place_where_it_is_known(full):
    parking = full.parking.frame.set_index("lot_id")
    lots = full.parking_lots.frame.set_index("lot_id")
    nowhere = parking.index.difference(lots.index)

    assert len(parking) == len(full.parking_now.frame) and len(nowhere) == 1
    assert parking.loc[nowhere, ["lon", "lat", "fee"]].isna().all(axis=None)
    assert parking.drop(nowhere)[["lon", "lat"]].notna().all(axis=None)


def test_cars_follow_the_hour_and_leave_the_river_in_a_flood(world):
    parking = world.part(Parking)
    work = [lot for lot in parking.counted if lot.near == "work"]
    river = [lot for lot in parking.counted if lot.near == "river"]
    at = {h: sum(parking.cars(s, WEEKDAY.replace(hour=h)) for s in work) for h in (3, 10)}

    assert len(parking.counted) == 123 and at[10] > 2 * at[3]
    assert world.weather.fallen(NOW + timedelta(hours=6), 24) > FLOOD
    assert sum(parking.cars(s, NOW + timedelta(hours=6)) for s in river) == 0
    assert sum(parking.cars(s, WEEKDAY.replace(hour=18)) for s in river) > 0


def test_a_few_lifts_in_a_hundred_do_not_run(world):
    lifts = world.part(Lifts)
    states = [lifts.state(s, WEEKDAY) for kind in lifts.lifts.values() for s in kind]

    assert 0.005 < 1 - states.count("M") / len(states) < 0.05


def test_a_lift_that_was_taken_away_is_not_listed_and_an_unknown_state_is_none(reply):
    told = reply("lifts")
    url, body = told[0]
    answer = json.loads(body)
    first, second = answer["response"]["body"]["items"]["item"][:2]
    first["oprtngSitu"], second["oprtngSitu"] = "D", "Z"
    frame = feeds.lifts.read([(url, json.dumps(answer).encode()), *told[1:]]).set_index("lift_id")

    assert first["fcltNo"] not in frame.index and frame.loc[second["fcltNo"], "state"] == ""
    assert set(frame["kind"]) == {"lift", "escalator", "wheelchair lift", "moving walkway"}
    assert frame["lon"].notna().all() and (frame["station_id"] != "").all()


def test_a_way_with_an_unknown_lane_is_unknown(reply):
    url, body = reply("traffic_counts")[0]
    spoilt = body.replace(b"<vol>", b"<vol>x", 1)  # the first row is lane 1, inwards
    frame = feeds.traffic_counts.read([(url, spoilt)])

    assert frame["inbound"].isna().all() and frame["outbound"].notna().all()


def test_places_to_count_at_take_turns_within_the_share(monkeypatch):
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "k")
    feed = type(feeds.traffic_counts)(name="traffic_counts")
    feed.wanted = [f"A-{n:02d}" for n in range(1, 60)]
    asked = [u for m in range(24 * 6) for u in feed.urls(NOW + timedelta(minutes=10 * m))]

    assert 18 <= len(asked) <= 24
    assert len({u.split("/1000/")[1][:4] for u in asked}) == 11


def test_a_station_is_found_whatever_the_card_company_calls_it():
    lines = pd.Series(["1호선", "경의선", "9호선2~3단계", "분당선", "2호선"])
    names = pd.Series(["서울역", "홍대입구", "봉은사", "왕십리(성동구청)", "없는곳"])
    found = station_places(lines, names)

    assert found["lon"].notna().tolist() == [True] * 4 + [False] and found["station_id"][4] == ""
    assert bare("서울역") == "서울"


def test_riders_follow_the_size_of_stations(world):
    told = {(line, name): on for line, name, on, _ in world.part(Riders).by_station(WEEKDAY.date())}

    assert 5e6 < sum(told.values()) < 9e6
    assert told["2호선", "강남"] > 3 * told["1호선", "도봉"]


@pytest.mark.parametrize("name", ["subway_riders", "bus_riders", "bike_trips"])
def test_what_is_not_told_yet_is_asked_of_the_time_before(name, still):
    [first] = feeds[name].urls(NOW)
    second = feeds[name].next(NOTHING, first)

    assert second and second < first
    assert name == "subway_riders" or feeds[name].next(NOTHING, second) is None


@pytest.mark.parametrize("name", ["bus_riders", "bike_trips"])
def test_too_many_pages_are_not_read_as_whole(name, reply):
    with pytest.raises(Unreadable, match="pages"):
        feeds[name].read(reply(name) * feeds[name].pages)


def test_a_route_with_an_unknown_stop_is_unknown(reply):
    [(url, body)] = reply("bus_riders")
    rows = rows_of(body)
    rows[0]["GTON_TNOPE"] = "-"
    frame = feeds.bus_riders.read([(url, answer(rows))]).set_index("name")

    assert frame.loc[rows[0]["RTE_NM"]].isna().to_dict()["on"] and frame["off"].notna().all()
    assert frame["on"].isna().sum() == 1 and frame["served"].sum() == len(rows)


def test_bike_tables_and_bikes_are_the_same_stations(world):
    told = CycleStations(world).rows([], Request({}, {}, NOW))

    assert [(r["RENT_ID"], r["HOLD_NUM"]) for r in told] == [
        (s.station_id, str(s.racks)) for s in world.bikes.stands
    ]
