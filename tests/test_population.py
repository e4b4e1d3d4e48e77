"""Who is where: by age and sex, by day and night."""

import json
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from data import ZONE, feeds
from data._cube import cube
from data.sim._service import Request
from data.sim._world import World
from data.sim.district_days import DistrictDays
from data.sim.living_population import LivingPopulation

NOW = datetime(2022, 8, 8, 20, 10, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def world():
    """One practice city for this file."""
    return World()


def told(service, args="", now=NOW, end=1000) -> bytes:
    """What a service of the portal answers."""
    parts = {"key": "practice", "type": "json", "start": "1", "end": str(end), "args": args}
    return service.answer(Request(parts, {}, now)).body


def hour(world, when: datetime) -> bytes:
    """All dongs in that hour, as published."""
    return told(LivingPopulation(world), f"/{when:%Y%m%d}/{when:%H}/", when + timedelta(days=6))


def test_the_ages_of_a_dong_add_up_to_its_people(world):
    body = hour(world, datetime(2022, 8, 1, 20, tzinfo=ZONE))
    ages, people = (feeds[n].read([("", body)]) for n in ("population_by_age", "living_population"))

    assert len(ages.columns) == 2 + 28 and list(ages["dong"]) == list(people["dong"])
    assert ages.iloc[:, 2:].sum(axis=1).to_numpy() == pytest.approx(people["population"], abs=0.01)


def test_an_age_that_is_not_there_is_said(world):
    body = hour(world, datetime(2022, 8, 1, 20, tzinfo=ZONE)).replace(b"MALE_F70T74", b"MALE_F70")

    with pytest.raises(Exception, match="MALE_F70T74_LVPOP_CO"):
        feeds.population_by_age.read([("", body)])


def test_people_by_age_are_a_cube(world):
    hours = [datetime(2022, 8, 1, h, tzinfo=ZONE) for h in (20, 9)]
    rows = feeds.population_by_age.read([("", hour(world, h)) for h in hours])
    people = cube(rows, source="KT")

    assert dict(people.sizes) == {"time": 2, "dong": 425, "sex": 2, "age": 14}
    assert list(people["age"].values[[0, 1, -1]]) == ["0-9", "10-14", "70+"]
    there = people["population"].sel(time="2022-08-01T11:00", dong="11110515")
    row = rows[(rows["dong"] == "11110515") & (rows["observed_at"] == hours[0])].iloc[0]
    assert float(there.sel(sex="female", age="10-14")) == row["female_10_14"]
    assert people["population"].attrs["units"] == "people" and people.attrs["mark"] == "estimate"
    assert cube(rows.iloc[:0]).sizes["time"] == 0
    less = cube(rows.drop(index=3))["population"]
    assert int(np.isnan(less).sum()) == 28, "a dong not told in an hour is unknown there"


def test_a_day_of_the_districts_is_the_mean_of_its_hours(world):
    frame = feeds.district_days.read([("", told(DistrictDays(world), end=208))])
    day = frame[frame["observed_at"] == pd.Timestamp("2022-08-03", tz=ZONE)]
    hours = [datetime(2022, 8, 3, h, tzinfo=ZONE) for h in range(24)]
    dongs = feeds.living_population.read([("", hour(world, h)) for h in hours])
    homes = dongs["dong"].str[:5]
    sums = dongs.groupby([homes, "observed_at"])["population"].sum().groupby(level=0).mean()

    assert len(frame) == 8 * 25 and frame["gu_code"].ne("").all(), "the city itself is left out"
    assert json.loads(told(DistrictDays(world)))["SPOP_DAILYSUM_JACHI"]["list_total_count"] == 2366
    assert day.set_index("gu_code")["population"][sums.index].to_numpy() == pytest.approx(sums)
    middle = day.set_index("gu_code").loc["11140"]
    assert middle["by_day"] > middle["population"] > middle["by_night"], "where people work"
