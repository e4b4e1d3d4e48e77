"""The practice city's water follows its weather, and its services agree with each other."""

import json
from datetime import datetime, timedelta

import pytest

from data import ZONE, feeds
from data._portals import PORTALS
from data._turns import share
from data.sim._open_data import Table
from data.sim._service import Request
from data.sim._water import Water
from data.sim._world import World
from data.sim.han_levels import WaterLevels
from data.sim.rain_gauges import ListRainfallService
from data.sim.river_levels import ListRiverStageService
from data.sim.sewers import DrainpipeMonitoringInfo
from data.sim.tap_water import WoWcbsDayStatic

EVENING = datetime(2022, 8, 8, 21, 30, tzinfo=ZONE)
JAMSU, SINDAEBANG = "1018680", "1018698"


@pytest.fixture(scope="module")
def world():
    return World(1)


def at(service, name, now, url=""):
    """The frame of what a service says at that moment to what the feed asks, or to that url."""
    feed = feeds[name]
    url = url or feed.url
    if isinstance(service, Table):
        parts = url.partition(service.name + "/")[2].split("/", 2)
        told = dict(key="practice", type="json", start=parts[0], end=parts[1], args=parts[2])
    else:
        told = dict(zip(("gauge", "start", "end"), url[:-5].split("/")[-3:], strict=True))
    return feed.read([(url, service.answer(Request(told | {"key": "practice"}, {}, now)).body)])


def gauge(world, id, now):
    """The row of one gauge of the Flood Control Office."""
    hour = f"{now - timedelta(hours=1):%Y%m%d%H%M}/{now:%Y%m%d%H%M}"
    url = feeds.han_levels.url.replace("{gauge}/{start}/{end}", f"{id}/{hour}")
    return at(WaterLevels(world), "han_levels", now, url).iloc[0]


def test_the_gauges_count_what_the_weather_lets_fall(world):
    service = ListRainfallService(world)
    for now in (EVENING, EVENING - timedelta(days=40), datetime(2022, 1, 9, 12, tzinfo=ZONE)):
        frame = at(service, "rain_gauges", now).dropna(subset=["rain_three_hours", "lat"])
        end = frame["observed_at"].max().to_pydatetime() + timedelta(minutes=1)
        fell = sum(world.weather.fallen(end, 3, lat) for lat in frame["lat"])

        assert frame["rain_three_hours"].sum() == pytest.approx(fell, rel=0.3, abs=1.5 * len(frame))


def test_the_great_rain_is_worst_in_the_south_west(world):
    frame = at(ListRainfallService(world), "rain_gauges", EVENING)
    hour = frame.groupby("district")["rain_hour"].max().sort_values(ascending=False)

    assert set(hour.index[:3]) == {"관악구", "동작구", "강남구"} and hour.iloc[0] > 90


def test_a_stream_rises_with_the_rain_and_the_han_a_day_later(world):
    before, after = (EVENING + timedelta(hours=h) for h in (-14, 16))
    dorim = [gauge(world, SINDAEBANG, t) for t in (before, EVENING, after)]
    han = [gauge(world, JAMSU, t) for t in (before, EVENING, after, after + timedelta(hours=24))]

    assert [row["alert"] for row in dorim] == ["normal", "serious", "normal"]
    assert dorim[1]["threshold_mark"] == "found" and dorim[1]["level"] > 4.48
    assert han[0]["level"] < han[1]["level"] < 5.5 < 6.2 < han[2]["level"] > han[3]["level"]
    assert han[2]["flow"] > 3 * han[1]["flow"] and han[2]["alert"] == "warning"


def test_sewers_fill_within_minutes_and_empty_within_hours(world):
    water, sensor = world.part(Water), ("11620", "21-0003")
    dry, wet, later = (water.sewer(EVENING + timedelta(hours=h), *sensor) for h in (-30, -1, 14))

    assert wet > 4 * dry and later < wet / 4


def test_the_works_send_out_less_than_they_take_in(world):
    sums = at(WoWcbsDayStatic(world), "tap_water", EVENING).groupby("measure")["volume"].sum()

    assert 3.5e6 > sums["취수"] > sums["송수"] > sums["공급"] > 2.8e6


def test_both_services_of_rivers_agree_where_they_measure_the_same_place(world):
    city = at(ListRiverStageService(world), "river_levels", EVENING).set_index("gauge")

    assert city.loc["대곡교", "level"] == gauge(world, "1018655", EVENING)["level"]


def test_a_page_holds_three_hours_and_a_day_takes_a_lifted_key(world, monkeypatch):
    frame = at(ListRainfallService(world), "rain_gauges", EVENING)
    full = json.dumps({"x": {"RESULT": {"CODE": "INFO-000"}, "row": [{"a": 1}] * 1000}}).encode()

    assert frame["rain_three_hours"].notna().mean() > 0.9 and frame["rain_day"].isna().all()
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "k")
    assert feeds.rain_gauges.next(full, feeds.rain_gauges.url) is None
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
    assert "/1001/2000/" in feeds.rain_gauges.next(full, feeds.rain_gauges.url)


def test_on_a_small_key_the_districts_that_flood_take_turns(world, monkeypatch, still):
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "k")
    feed = type(feeds.sewers)(name="sewers")
    asked = [u for n in range(144) for u in feed.urls(still + n * timedelta(minutes=10))]

    assert len(asked) <= share(PORTALS["seoul"], feed.daily) + 1
    assert {u.split("/")[-4] for u in asked} == {"21", "20", "23", "22", "19", "17"}
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
    assert len(feed.urls(still)) == 25
    full = [at(DrainpipeMonitoringInfo(world), "sewers", still, u) for u in feed.urls(still)]
    assert all(len(f) and set(f["gu_code"]) != {""} for f in full)
