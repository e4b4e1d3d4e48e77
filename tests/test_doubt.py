"""A value that is possible and wrong is shown as doubted, enters no mean and drives no alert."""

import json
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from data import TIME, clock, derive, duration, feeds, sure
from data._doubt import Doubts
from data.sim._service import Request
from data.sim._world import World
from data.sim.rain_gauges import ListRainfallService

AIR = feeds.air_quality
HOURS = duration("3h")


def at(frame, when):
    return frame.assign(observed_at=pd.Series([when] * len(frame), dtype=TIME))


def river(level, when, control=5.0):
    rows = {"gauge_id": ["1"], "level": [float(level)], "control": [control], "alert": ["control"]}
    return at(pd.DataFrame(rows), when)


@pytest.fixture
def doubts():
    return Doubts(feeds.river_levels.columns, ("gauge_id",))


def polls(doubts, start, *levels, step=timedelta(minutes=10)):
    """What is doubted at each poll of one gauge."""
    told = [doubts.mark(river(v, start + n * step), HOURS) for n, v in enumerate(levels)]
    return [frame["suspect"].iloc[0] for frame in told]


def test_one_station_ten_times_its_neighbours_is_doubted_and_not_averaged(full, still):
    good = AIR.frame
    wrong = good.assign(pm10=good["pm10"].where(good.index != 3, good["pm10"].median() * 10 + 100))
    told = AIR._doubts.mark(wrong, HOURS)

    assert list(told.index[told["suspect"] != ""]) == [3]
    assert told["pm10"][3] == wrong["pm10"][3], "shown, not taken off"
    assert sure(told, "pm10").isna()[3] and sure(told, "o3").notna()[3] == good["o3"].notna()[3]


async def test_the_city_mean_knows_nothing_of_a_doubted_station(full, still):
    good = AIR.frame
    await AIR.take(good.assign(pm10=good["pm10"].where(good.index != 3, 1500.0)))
    await derive(feeds.air_city, {f.name: f for f in feeds})
    row = feeds.air_city.frame.set_index("measure").loc["pm10"]

    assert row["worst"] < 1500 and row["value"] < 200
    assert AIR.state() == "live", "one of 25 makes no feed suspect"


def test_when_all_rise_nobody_is_apart(full):
    dust = AIR.frame.assign(pm10=AIR.frame["pm10"] + 800)

    assert (AIR._doubts.mark(dust, HOURS)["suspect"].str.contains("pm10")).sum() == 0


def test_a_leap_is_believed_when_a_second_observation_agrees(doubts, still):
    assert polls(doubts, still, 2, 2.1, 9, 9.2, 9.3) == ["", "", "level", "", ""]


def test_a_spike_is_doubted_and_then_forgotten(doubts, still):
    assert polls(doubts, still, 2, 9, 2.1, 2.2) == ["", "level", "", ""]


def test_garbage_that_does_not_agree_with_itself_stays_doubted(doubts, still):
    assert polls(doubts, still, 2, 20, 40, 60, 2) == ["", "level", "level", "level", ""]


def test_the_same_answer_polled_twice_is_no_second_observation(doubts, still):
    later = still + timedelta(minutes=10)
    told = [doubts.mark(river(v, t), HOURS) for v, t in ((2, still), (9, later), (9, later))]

    assert [frame["suspect"].iloc[0] for frame in told] == ["", "level", "level"]


def test_after_a_long_silence_nothing_is_a_leap(doubts, still):
    assert polls(doubts, still, 2, 9, step=timedelta(hours=4)) == ["", ""]


def test_a_doubted_level_drives_no_alert(doubts, still):
    first, leap, agreed = (
        doubts.mark(river(v, still + n * timedelta(minutes=10)), HOURS)
        for n, v in enumerate((2, 9, 9.1))
    )

    assert [f["alert"].iloc[0] for f in (first, leap, agreed)] == ["control", "", "control"]


def test_a_gap_is_no_leap_and_no_doubt(doubts, still):
    assert polls(doubts, still, 2, float("nan"), 2.2) == ["", "", ""]


async def test_a_feed_that_is_doubted_as_a_whole_says_so(full, still):
    weather = feeds.weather_now
    await weather.take(weather.frame)
    clock.set(still + timedelta(minutes=50), 0)
    row = weather.frame.assign(
        temperature=weather.frame["temperature"] - 30,
        observed_at=weather.frame["observed_at"] + timedelta(hours=1),
    )
    await weather.take(row)

    assert weather.frame["suspect"].iloc[0] == "temperature"
    assert weather.state() == weather.about().state == "suspect"
    await weather.take(at(row, row["observed_at"].iloc[0] + timedelta(minutes=30)))
    assert weather.state() == "live", "a second observation agrees"


# The nearest neighbours


def rained(frame, gauge, rain):
    """The frame with so much at one gauge, known by its row."""
    return frame.assign(rain=frame["rain"].where(frame.index != gauge, rain))


@pytest.fixture
def gauges(full):
    """A frame of the gauges, dry everywhere, and what marks it."""
    dry = dict(rain=0.0, rain_hour=0.0, rain_three_hours=0.0, rain_day=0.0)
    feed = feeds.rain_gauges
    return feed.frame.assign(**dry), Doubts(feed.columns, feed.key)


def placed(frame):
    """Rows of two neighbours: the first gauge with a place, and the one nearest to it."""
    there = frame[frame["lon"].notna()]
    first = there.iloc[0]
    away = np.hypot((there["lon"] - first["lon"]) * 0.79, there["lat"] - first["lat"])
    return away.sort_values().index[:2]


def test_a_gauge_that_alone_has_a_cloudburst_is_doubted_and_not_averaged(gauges):
    dry, doubts = gauges
    here, _ = placed(dry)
    told = doubts.mark(rained(dry, here, 40.0), HOURS)

    assert list(told.index[told["suspect"] != ""]) == [here]
    assert told["suspect"][here] == "rain" and told["rain"][here] == 40
    assert sure(told, "rain").max() == 0


def test_a_cell_of_rain_over_two_neighbours_is_believed(gauges):
    dry, doubts = gauges
    here, beside = placed(dry)
    told = doubts.mark(rained(rained(dry, here, 40.0), beside, 25.0), HOURS)

    assert (told["suspect"] == "").all()


def test_a_gauge_that_is_dry_in_the_midst_of_a_cloudburst_is_doubted(gauges):
    dry, doubts = gauges
    here, _ = placed(dry)
    told = doubts.mark(rained(dry.assign(rain=30.0), here, 0.0), HOURS)

    assert list(told.index[told["suspect"] != ""]) == [here]


def test_a_gauge_nobody_knows_the_place_of_is_neither_alone_nor_a_neighbour(gauges):
    dry, doubts = gauges
    here, beside = placed(dry)
    lost = dry.assign(lon=dry["lon"].where(dry.index != beside))
    told = doubts.mark(rained(rained(lost, here, 40.0), beside, 40.0), HOURS)

    assert list(told.index[told["suspect"] != ""]) == [here]


def test_among_few_gauges_nobody_is_alone(gauges):
    dry, doubts = gauges
    some = dry[dry["lon"].notna()].iloc[:5]
    told = doubts.mark(rained(some, some.index[0], 40.0), HOURS)

    assert (told["suspect"] == "").all()


def test_the_great_rain_itself_is_never_doubted(gauges, still):
    _, doubts = gauges
    service = ListRainfallService(World(1))
    for hours in range(0, 24, 2):
        asked = Request({}, {}, still.replace(hour=hours, minute=20))
        body = json.dumps({"ListRainfallService": {"row": service.rows([""], asked)}}).encode()
        told = feeds.rain_gauges.read([("", body)])
        marked = doubts.mark(told, HOURS)
        assert told["rain"].notna().any() and (marked["suspect"] == "").all()
