"""Warnings, messages and dispatches: what is in force, what counts, what agrees."""

import json
from datetime import datetime, timedelta

import pytest

from data import ZONE, feeds
from data.sim._dispatch import Dispatches
from data.sim._service import Request
from data.sim._warnings import AREAS, Warnings
from data.sim._world import World
from data.sim.air_korea import AirKorea
from data.sim.disaster_messages import DisasterMessages
from data.sim.weather_warnings import PwnCd

EVENING = datetime(2022, 8, 8, 20, 10, 30, tzinfo=ZONE)
TIMES = ["received_at", "left_at", "arrived_at", "began_at", "held_at", "out_at", "closed_at"]


@pytest.fixture(scope="module")
def world():
    return World(1)


def warned(*items):
    """The frame of those words on the northeast."""
    usual = {
        "warnStress": 0, "command": 1, "cancel": 0, "areaCode": "L1100200",
        "areaName": "서울동북권", "tmSeq": 1, "startTime": "202207291000",
    }  # fmt: skip
    body = {"items": {"item": [usual | item for item in items]}}
    told = {"response": {"header": {"resultCode": "00"}, "body": body}}
    return feeds.weather_warnings.read([(feeds.weather_warnings.url, json.dumps(told).encode())])


def said(service, now, **query):
    """What a service says to a question."""
    return service.answer(Request({}, {"serviceKey": "practice", **query}, now)).body


def test_the_last_word_on_a_kind_counts():
    frame = warned(
        {"warnVar": 2, "tmFc": "202207291000"},
        {"warnVar": 2, "tmFc": "202207291030", "warnStress": 1, "tmSeq": 2},
        {"warnVar": 12, "tmFc": "202207291000"},
    )

    assert set(zip(frame["kind"], frame["level"], strict=True)) == {
        ("호우", "경보"), ("폭염", "주의보"),
    }  # fmt: skip


@pytest.mark.parametrize("end", [{"command": 2}, {"cancel": 1}])
def test_a_lifted_warning_is_gone(end):
    frame = warned(
        {"warnVar": 2, "tmFc": 202207291000}, {"warnVar": 2, "tmFc": 202207291030, **end}
    )

    assert frame.empty


def test_the_great_rain_is_warned_of_where_it_pours(world):
    lat = dict(AREAS.values())
    answers = [(a, said(PwnCd(world), EVENING, areaCode=a)) for a in AREAS]
    frame = feeds.weather_warnings.read(answers)

    rain = frame[frame["kind"] == "호우"].set_index("area")
    assert {"서울동남권", "서울서남권"} <= set(rain.index[rain["level"] == "경보"])
    for area in rain.index[rain["level"] == "경보"]:
        at = rain.loc[area, "issued_at"] + timedelta(hours=1)
        assert world.weather.fallen(at, 3, lat[area]) >= 90


def test_a_heavy_rain_warning_is_told_to_the_telephones(world):
    body = said(DisasterMessages(world), EVENING, crtDt="20220808", numOfRows="1000")
    frame = feeds.disaster_messages.read([(feeds.disaster_messages.url, body)])

    urgent = frame[frame["level"] == "긴급재난"]
    words = [w for w in world.part(Warnings).in_force(EVENING) if w.level == 2]
    assert len(urgent) == len(words) and urgent["text"].str.contains("호우경보").all()
    assert frame["regions"].str.contains("서울|전국").all()


def test_a_message_to_the_whole_country_counts_and_one_to_another_province_does_not(reply):
    url, body = reply("disaster_messages")[-1]
    told = json.loads(body)
    first, second = told["body"][:2]
    first["RCPTN_RGN_NM"], second["RCPTN_RGN_NM"] = "전국 ", "부산광역시 "
    told["body"] = [first, second]

    frame = feeds.disaster_messages.read([(url, json.dumps(told).encode())])

    assert list(frame["message_id"]) == [str(first["SN"])]


def test_no_later_stage_of_a_dispatch_is_earlier(world):
    for hours in range(0, 48, 5):
        for call in world.part(Dispatches).at(EVENING + timedelta(hours=hours)):
            times = [at for _, at in call.stages]
            assert times == sorted(times)


def test_a_stage_earlier_than_the_one_before_was_not_reached(reply):
    [(url, body)] = reply("dispatch")
    told = json.loads(body)
    row = told["dispatches"][0] | {"kind": "화재"}
    began, before = "2022-08-08T19:50:00+09:00", "2022-08-08T19:40:00+09:00"
    told["dispatches"] = [row | {"stages": [["출동지령", began], ["현장도착", before]]}]

    [(_, one)] = feeds.dispatch.read([(url, json.dumps(told).encode())]).iterrows()

    assert one["stage"] == "출동지령" and one[TIMES[1:]].isna().all()


def test_a_flood_brings_rescues_and_dry_cold_brings_fires(world):
    calls, dry = world.part(Dispatches), datetime(2022, 1, 15, 20, tzinfo=ZONE)
    poured, calm = EVENING.replace(minute=0), datetime(2022, 8, 3, 20, tzinfo=ZONE)

    assert calls.expected("구조", poured) > 2 * calls.expected("구조", calm)
    assert calls.expected("화재", dry) > calls.expected("화재", poured)


def test_the_hour_24_is_the_midnight_that_ends_its_day(world):
    night = datetime(2022, 8, 9, 0, 20, tzinfo=ZONE)
    body = said(AirKorea(world), night, sidoName="서울")

    assert b"2022-08-08 24:00" in body
    frame = feeds.air_korea.read([(feeds.air_korea.url, body)])
    assert (frame["observed_at"] == night.replace(minute=0)).all() and len(frame) == 40
