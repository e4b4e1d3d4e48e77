"""Who rides the practice city's subway and buses in a day."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np

from data._read import moment
from data.sim._calendar import kind, midnight
from data.sim._chance import among, chances
from data.sim._tables import nearness, points, table

BY_TRAIN = (7_100_000, 5_300_000, 4_100_000)  # got on, on a working day, a Saturday, a Sunday
TOLD_AFTER = timedelta(days=3, hours=6)  # from when a day began
WET = 0.12  # fewer ride on a day of great rain
SIZE = {"2호선": 1.7, "신분당선": 0.8, "수인분당선": 0.7, "공항철도": 0.5, "우이신설선": 0.4,
        "신림선": 0.5, "경의중앙선": 0.35, "경춘선": 0.2}  # fmt: skip
AS_CARDS = {"경의중앙선": "경의선", "수인분당선": "분당선", "공항철도": "공항철도 1호선"}


def told_day(told: str, now: datetime) -> date | None:
    """The day of ``YYYYMMDD``; None for no day, and for one that is not told yet."""
    day = moment(told)
    return day.date() if day and day + TOLD_AFTER <= now else None


def people(world, day: date) -> np.ndarray:
    """People in each dong on that day, the mean of morning, afternoon and evening."""
    at = midnight(day)
    return sum(world.people.at(at + timedelta(hours=h)) for h in (9, 14, 19)) / 3


def carried(world, usual: tuple[int, ...], day: date) -> float:
    """People who got on in all: as usual on such a day, fewer in rain."""
    fell = world.weather.fallen(midnight(day) + timedelta(days=1), 24)
    own = among(0.97, 1.03, world.seed, "riders", day)
    return usual[kind(day)] * own * (1 - WET * min(fell / 150, 1))


class Riders:
    """Riders follow the people who are near by day and in the evening."""

    def __init__(self, world):
        self._world, self._seed = world, world.seed
        self.stations = table("stations")
        self._near = nearness(points("stations"), points("dongs"), 900)
        self._near /= self._near.sum(axis=0).clip(min=0.2)
        lively = nearness(points("stations"), points("hotspots"), 450).sum(axis=1).clip(max=2)
        own = 0.75 + 0.5 * chances(len(self.stations), self._seed, "station")
        size = np.array([SIZE.get(row["line_ko"], 1.0) for row in self.stations])
        inside = np.array([row["in_seoul"] == "1" for row in self.stations])
        self._beyond = np.where(inside, 900, 30_000)  # who lives near and beyond the city
        self._own = own * size * (0.3 + lively) ** 1.2
        self.by_station = lru_cache(maxsize=8)(self._by_station)

    def _by_station(self, day: date) -> list[tuple[str, str, int, int]]:
        """(line, station, got on, got off) of a day, as the card company names them."""
        weights = (self._near @ people(self._world, day) + self._beyond) * self._own
        on = carried(self._world, BY_TRAIN, day) * weights / weights.sum()
        lean = 1 + 0.06 * (chances(len(on), self._seed, "lean") - 0.5)
        return [
            (AS_CARDS.get(row["line_ko"], row["line_ko"]), _as_told(row), round(a), round(a * b))
            for row, a, b in zip(self.stations, on, lean, strict=True)
        ]


def _as_told(row: dict) -> str:
    """A station as the card company writes it."""
    return "서울역" if row["name_ko"].removesuffix("역") == "서울" else row["name_ko"]
