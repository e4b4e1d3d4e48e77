"""Where only late figures exist people are estimated: held against what the practice city knows."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import data
from apps.cards import cards
from data import TIME, ZONE, derive, feeds
from data._estimate import estimate
from data.sim._hotspots import Hotspots
from data.sim._world import World

NOW = datetime(2022, 8, 8, 20, 10, 30, tzinfo=ZONE)
NEEDS = feeds.population_now.needs


@pytest.fixture(scope="module")
def world():
    """One practice city for this file."""
    return World()


def published(world, now: datetime) -> pd.DataFrame:
    """The hours of 25 days, the newest five days late."""
    newest = (now - timedelta(days=5)).replace(hour=23, minute=0, second=0)
    hours = [newest - timedelta(hours=n) for n in range(25 * 24)]
    return pd.DataFrame(
        {
            "dong": world.people.dongs * len(hours),
            "observed_at": pd.Series(np.repeat(hours, world.people.n), dtype=TIME),
            "population": np.concatenate([world.people.mean(hour) for hour in hours]),
        }
    )


def busy(world, now: datetime) -> pd.DataFrame:
    """What hotspot_hours holds after ten days: the end of each hour, and the newest."""
    places = world.part(Hotspots)
    newest = places.newest(now)
    ends = [newest.replace(minute=55) - timedelta(hours=n) for n in range(1, 240)]
    rows = [
        (place["area_cd"], t, *places.told(n, t)[1:], float(place["lon"]), float(place["lat"]))
        for t in [newest, *ends]
        for n, place in enumerate(places.rows)
    ]
    columns = ["area_cd", "observed_at", "people_min", "people_max", "lon", "lat"]
    return pd.DataFrame(rows, columns=columns).astype({"observed_at": TIME})


def by_district(people, dongs: pd.DataFrame) -> np.ndarray:
    """Sums of values in the order of the dongs."""
    return pd.Series(np.asarray(people)).groupby(dongs["gu_code"].to_numpy()).sum().to_numpy()


def dongs_of(world) -> pd.DataFrame:
    """Our table in the order of the practice city."""
    feed = feeds.dongs
    file = Path(data.__file__).parent / feed.url
    return (
        feed.read([(feed.url, file.read_bytes())])
        .set_index("dong")
        .loc[world.people.dongs]
        .reset_index()
    )


@pytest.mark.parametrize(
    ("now", "off"),
    [
        ("2022-08-08T20:10:30+09:00", 0.012),  # the great rain: the usual alone is off by 2.8 %
        ("2022-08-09T08:40:00+09:00", 0.006),
        ("2022-08-13T15:10:00+09:00", 0.006),
    ],
)
def test_the_estimate_is_near_the_truth_and_knows_how_near(world, now, off):
    now, dongs = datetime.fromisoformat(now), dongs_of(world)
    past, places = published(world, now), busy(world, now)
    moment = places["observed_at"].max()
    rows = estimate([moment], past, places, dongs)
    truth = world.people.at(moment.to_pydatetime())
    true, told = by_district(truth, dongs), by_district(rows["population"], dongs)
    held = rows["low"].le(truth) & rows["high"].ge(truth)

    assert np.mean(np.abs(told / true - 1)) < off
    assert 0.8 < held.mean() <= 1, "an interval of 90 %"
    assert ((rows["high"] - rows["low"]) / rows["population"]).mean() < 0.1


def test_people_now_are_estimated_where_there_is_no_signal(world):
    past, places, dongs = published(world, NOW), busy(world, NOW), dongs_of(world)
    frames = {"living_population": past, "hotspot_hours": places, "dongs": dongs}
    now = feeds.population_now
    frame = now.worked_out(frames)
    last = frame[frame["observed_at"] == frame["observed_at"].max()]

    assert set(frame["basis"]) == {"estimate"} and frame.attrs["like"] == ("10m", "30m")
    assert frame["observed_at"].nunique() == 20 + 1, "0 to 19 o'clock and ten to eight"
    assert (last["low"] < last["population"]).all() and (last["population"] < last["high"]).all()
    assert set(now.worked_out(frames | {"hotspot_hours": None})["basis"]) == {"published"}
    today = places[places["observed_at"] >= pd.Timestamp(NOW).floor("D")]
    assert set(now.worked_out(frames | {"hotspot_hours": today})["basis"]) == {"published"}, (
        "a place whose usual is not known tells nothing"
    )


def test_a_dong_or_hour_that_was_never_published_is_not_estimated(world):
    past, places, dongs = published(world, NOW), busy(world, NOW), dongs_of(world)
    moment = places["observed_at"].max()
    rows = estimate([moment], past[past["dong"] != "11110515"], places, dongs)
    same = past["observed_at"].dt.day_of_week == moment.day_of_week

    assert list(rows.loc[rows["population"].isna(), "dong"]) == ["11110515"]
    assert estimate([moment], past[~same], places, dongs)["population"].notna().sum() == 0
    one = past[past["observed_at"] >= past["observed_at"].max() - timedelta(days=7)]
    wide = estimate([moment], one, places, dongs)
    assert (wide["high"] / wide["low"]).mean() > (rows["high"] / rows["low"]).mean(), "one week"


async def test_a_real_signal_is_not_practice_because_the_places_are(world):
    parts = {name: type(feeds[name])(name=name) for name in ("population_now", *NEEDS)}
    signal = pd.DataFrame({"dong": ["11110515"], "observed_at": [NOW], "population": [9000.0]})
    await parts["population_signal"].take(signal.astype({"observed_at": TIME}))
    await parts["hotspot_hours"].take(busy(world, NOW), practice=True)
    await derive(parts["population_now"], parts)
    assert not parts["population_now"].practice

    await parts["living_population"].take(published(world, NOW))
    await parts["dongs"].take(dongs_of(world))
    parts["population_signal"].frame = None
    await derive(parts["population_now"], parts)
    assert parts["population_now"].practice, "estimated from places that are"


def foretold(world, now: datetime) -> pd.DataFrame:
    """What hotspot_forecast holds: as the practice city foretells its places, twelve hours."""
    places = world.part(Hotspots)
    made = places.newest(now)
    rows = [
        (place["area_cd"], hour, *places.told(n, hour)[1:], made)
        for n, place in enumerate(places.rows)
        for hour in (made.replace(minute=0) + timedelta(hours=k) for k in range(1, 13))
    ]
    columns = ["area_cd", "forecast_at", "people_min", "people_max", "observed_at"]
    return pd.DataFrame(rows, columns=columns).astype({"forecast_at": TIME, "observed_at": TIME})


@pytest.mark.parametrize("now", ["2022-08-09T08:40:00+09:00", "2022-08-13T15:10:00+09:00"])
def test_people_to_come_are_near_the_truth_of_those_hours(world, now):
    now, dongs = datetime.fromisoformat(now), dongs_of(world)
    past, places = published(world, now), busy(world, now)
    frames = {"hotspot_forecast": foretold(world, now), "hotspot_hours": places}
    frames |= {"living_population": past, "dongs": dongs}
    rows = feeds.population_forecast.worked_out(frames)
    hours = rows["forecast_at"].unique()

    assert len(hours) == 6 and min(hours) > rows["observed_at"].max()
    for hour, some in rows.groupby("forecast_at"):
        true = by_district(world.people.at(hour.to_pydatetime()), dongs)
        told = by_district(some.set_index("dong")["population"].loc[dongs["dong"]], dongs)
        assert np.mean(np.abs(told / true - 1)) < 0.015, hour


def test_the_day_goes_on_dotted_from_now_and_not_where_nothing_is_foretold(world):
    now = datetime.fromisoformat("2022-08-09T08:40:00+09:00")
    hours = pd.date_range("2022-08-09", periods=24, freq="h", tz=ZONE)
    told = pd.Series(np.where(hours <= pd.Timestamp(now), 9.5e6, np.nan))
    people = pd.DataFrame({"observed_at": hours, "today": told, "last_week": 9.4e6})
    people.attrs["observed_at"] = hours[8].to_pydatetime()
    frames = {"hotspot_forecast": foretold(world, now), "hotspot_hours": busy(world, now)}
    frames |= {"living_population": published(world, now), "dongs": dongs_of(world)}
    coming = feeds.population_forecast.worked_out(frames)
    card = cards.population_day(follow=False, people=people, coming=coming, now=now)
    path, xs = card.facts()["forecast"], [8, 9, 10, 11, 12, 13, 14]

    assert [float(x) for x in re.findall(r"[ML]([\d.]+) ", path)] == pytest.approx(
        [x / 24 * 1000 for x in xs], abs=0.1
    )
    assert 'class="fc"' in card.html()
    missing = coming.assign(population=coming["population"].where(coming["dong"] != "11110515"))
    for some in (missing, coming.iloc[:0], None):
        bare = cards.population_day(follow=False, people=people, coming=some, now=now)
        assert bare.facts()["forecast"] == "" and 'class="fc"' not in bare.html()


def test_few_foretold_places_say_nothing_of_the_city(world):
    now = datetime.fromisoformat("2022-08-09T08:40:00+09:00")
    told = foretold(world, now)
    some = told[told["area_cd"].isin(told["area_cd"].unique()[:19])]
    frames = {"hotspot_forecast": some, "hotspot_hours": busy(world, now)}
    frames |= {"living_population": published(world, now), "dongs": dongs_of(world)}

    assert feeds.population_forecast.worked_out(frames).empty
    assert feeds.population_forecast.worked_out(frames | {"dongs": None}) is None
