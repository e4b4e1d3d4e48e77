"""The practice city is one coherent city: its parts agree, and it is the same for everybody."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from data import ZONE
from data.sim._gatherings import Gatherings
from data.sim._people import People
from data.sim._world import Hands, World

MONDAY = datetime(2022, 8, 1, tzinfo=ZONE)
GREAT_RAIN = datetime(2022, 8, 8, 20, tzinfo=ZONE)


@pytest.fixture(scope="module")
def world():
    return World(1)


def day(world, start):
    return [world.people.total(start + timedelta(hours=h)) for h in range(24)]


def test_has_about_ten_million_people_at_any_hour(world):
    totals = [t for d in range(7) for t in day(world, MONDAY + timedelta(days=d))]

    assert 9.2e6 < min(totals) < 9.7e6
    assert 10.2e6 < max(totals) < 10.9e6


def test_a_working_day_fills_the_city_and_a_sunday_does_not(world):
    monday, sunday = day(world, MONDAY), day(world, MONDAY - timedelta(days=1))

    assert np.argmax(monday) in range(11, 17)
    assert np.argmin(monday) in range(1, 6)
    assert max(monday) - min(monday) > 2 * (max(sunday) - min(sunday))


def test_people_go_to_work_in_jongno_and_home_to_nowon(world):
    night, noon = world.people.at(MONDAY.replace(hour=3)), world.people.at(MONDAY.replace(hour=14))
    district = np.array([dong[:5] for dong in world.people.dongs])

    assert noon[district == "11110"].sum() > 1.5 * night[district == "11110"].sum()
    assert noon[district == "11350"].sum() < night[district == "11350"].sum()


def test_who_moves_is_neither_lost_nor_found(world):
    """A concert's crowd is missing at home: the city's total does not know of it."""
    saturdays = (MONDAY + timedelta(days=5 + 7 * n) for n in range(60))
    held = next(g for s in saturdays for g in world.gatherings.on(s.date()) if g.people > 30_000)
    quiet = People(1, world.weather, Gatherings(1, world.weather, usual=()))
    during = held.starts + timedelta(hours=1)

    assert world.people.total(during) == pytest.approx(quiet.total(during))
    fuller = (world.people.at(during) - quiet.at(during)).max()
    assert fuller > 0.2 * held.crowd(during)


def test_numbers_change_smoothly(world):
    minutes = [world.people.total(GREAT_RAIN + timedelta(minutes=m)) for m in range(0, 600, 10)]

    assert max(abs(np.diff(minutes))) < 120_000


def test_an_incident_slows_its_link_and_then_lets_go(world):
    trouble = next(t for t in world.troubles.at(GREAT_RAIN) if t.worst > 0.8)
    middle = trouble.starts + (trouble.ends - trouble.starts) / 2
    before, after = trouble.starts - timedelta(minutes=5), trouble.ends + timedelta(minutes=10)
    held = world.roads.speed(trouble.link, middle)

    assert held < 0.4 * world.roads.speed(trouble.link, before)
    assert held < 0.4 * world.roads.speed(trouble.link, after)
    assert trouble.blocked(trouble.starts) == 0
    assert trouble.blocked(trouble.ends + timedelta(minutes=10)) == 0


def test_the_great_rain_floods_low_roads_and_keeps_bikes_in_their_racks(world):
    before = GREAT_RAIN - timedelta(days=5)

    assert world.weather.rain(GREAT_RAIN, 37.49) > 50
    assert {t.detail for t in world.troubles.at(GREAT_RAIN)} >= {"09B16", "01B01"}
    assert "09B16" not in {t.detail for t in world.troubles.at(before)}
    assert world.bikes.at(GREAT_RAIN).sum() > world.bikes.at(before).sum()
    assert world.air.at(GREAT_RAIN)[0].amounts["PM10"] < world.air.at(before)[0].amounts["PM10"]


def test_rush_hours_are_slower_than_nights(world):
    tuesday = MONDAY + timedelta(days=1)

    def mean(hour):
        return np.mean(
            [
                world.roads.speed(link, tuesday.replace(hour=hour))
                for link in world.roads.links.values()
            ]
        )

    assert mean(8) < 0.7 * mean(4)
    assert 5 < mean(18) < 40


def test_same_seed_same_city_another_seed_another(world):
    again, other = World(1), World(2)

    assert np.array_equal(world.people.at(GREAT_RAIN), again.people.at(GREAT_RAIN))
    assert [t.number for t in world.troubles.at(GREAT_RAIN)] == [
        t.number for t in again.troubles.at(GREAT_RAIN)
    ]
    assert not np.array_equal(world.people.at(GREAT_RAIN), other.people.at(GREAT_RAIN))


def test_links_are_known_by_ten_digits_once(world):
    ids = list(world.roads.links)

    assert 140 <= len(ids) <= 180
    assert all(len(i) == 10 and i.isdigit() for i in ids)


@pytest.mark.parametrize("station", ["홍대입구", "여의도", "창동", "강남", "서울"])
def test_trains_come_one_after_the_other_on_every_line(world, station):
    for track, stop in world.trains.lines_at(station):
        coming = world.trains.coming(track, stop, GREAT_RAIN)
        waits = [train.seconds for train in coming]

        assert waits == sorted(waits)
        assert all(-12 <= wait <= 2400 for wait in waits)
    assert not [
        train
        for track, stop in world.trains.lines_at(station)
        for train in world.trains.coming(track, stop, GREAT_RAIN.replace(hour=3))
    ]


def test_the_clock_starts_where_it_is_told_and_may_stand_still():
    assert Hands("2022-08-08T20:00+09:00", 0).now() == GREAT_RAIN
    assert abs(Hands("now", 1).now() - datetime.now(ZONE)) < timedelta(seconds=5)
