"""What is made of rain, of levels and of a forecast: nothing that nobody said."""

import json

import pytest

from data import Unreadable, feeds
from data.sim.river_levels import COLUMNS
from data.weather_forecast import amount

PLACED = ["gu_code", "district", "lon", "lat", "mark"]


def test_a_sum_with_a_hole_in_it_is_not_known(reply):
    [(url, body)] = reply("rain_gauges")
    told = json.loads(body)
    hole = next(r for r in told["ListRainfallService"]["row"] if r["RAINGAUGE_CODE"] == 1001.0)
    hole["RAINFALL10"] = "-"

    frame = feeds.rain_gauges.read([(url, json.dumps(told).encode())]).set_index("gauge_id")

    assert frame.loc["1001", ["rain", "rain_hour"]].isna().all()
    assert frame.loc["1002", "rain_hour"] == 31.0
    assert frame["rain_three_hours"].isna().all(), "an hour of rows was recorded"
    assert frame.loc["1001", PLACED].tolist() == ["11110", "종로구", 126.9794, 37.573, "found"]


def test_a_gauge_that_is_not_in_our_table_has_no_place(full):
    frame = full.rain_gauges.frame.set_index("gauge")

    assert frame.loc["중림동", ["lon", "lat"]].isna().all() and frame.loc["중림동", "mark"] == ""
    assert frame.loc["강남구청", "mark"] == "found" and (frame["gu_code"] != "").all()


@pytest.mark.parametrize("unset", ["", "0", 0, None, "-"])
def test_a_control_level_of_nothing_is_none_set(unset, reply):
    [(url, body)] = reply("river_levels")
    told = json.loads(body)
    for row in told["ListRiverStageService"]["row"]:
        row |= {"CNTRL_WATL": unset, "PLAN_FLDE": unset, "EBM_HGT": unset}

    frame = feeds.river_levels.read([(url, json.dumps(told).encode())])

    assert frame["control"].isna().all() and set(frame["alert"]) == {"none set"}


def test_old_names_of_the_rivers_are_the_same_rivers(reply):
    [(url, body)] = reply("river_levels")
    text = body.decode()
    for name, before in COLUMNS.items():
        text = text.replace(f'"{name}"', f'"{before}"')
    old = feeds.river_levels.read([(url, text.encode())])

    assert old.equals(feeds.river_levels.read([(url, body)]))
    assert set(old["alert"]) >= {"normal", "control"} and old["lon"].notna().all()


def test_a_sewer_out_of_contact_is_not_dry(reply):
    told = [(u, b.replace("통신양호".encode(), "통신이상".encode())) for u, b in reply("sewers")]
    frame = feeds.sewers.read(told)

    assert frame["level"].isna().all() and not frame["connected"].any()
    assert set(frame["gu_code"]) == {"11620", "11590", "11110"}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("강수없음", 0, 0), ("1mm 미만", 0, 1), ("4.0mm", 4, 4), ("30.0~50.0mm", 30, 50),
     ("50.0mm 이상", 50, None), ("비 조금", None, None), ("50.0~30.0mm", None, None)],
)  # fmt: skip
def test_rain_that_is_forecast_is_a_range(text, low, high):
    assert [None if v != v else v for v in amount(text)] == [low, high]


def test_a_forecast_is_as_old_as_it_was_made(full):
    frame = full.weather_forecast.frame

    assert f"{full.weather_forecast.observed_at:%H:%M}" == "17:00"
    assert (frame["forecast_at"] > frame["observed_at"]).all()


def test_an_answer_without_content_names_what_was_there():
    with pytest.raises(Unreadable, match="no content among code"):
        feeds.han_levels.read([("", b'{"code": "030"}')])
