"""The weather over the city: seasons, days, showers, and the great rain of 8 August 2022."""

import functools
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from data._city import ZONE
from data.sim._calendar import hours
from data.sim._chance import chance, drift

WARMTH = (-2.0, 0.7, 6.1, 12.6, 18.2, 22.7, 25.3, 26.1, 21.6, 15.0, 7.5, 0.2)  # °C by month
WET = (0.06, 0.07, 0.09, 0.11, 0.12, 0.18, 0.33, 0.28, 0.15, 0.08, 0.11, 0.07)  # share of hours
GREAT_RAIN = datetime(2022, 8, 8, 9, tzinfo=ZONE)
FELL = (2, 4, 6, 9, 8, 5, 4, 7, 6, 9, 18, 34, 46, 41, 30, 22, 14, 9, 5, 3, 4, 7, 6, 3, 1, 0)  # mm/h


@dataclass(frozen=True)
class Sky:
    """The weather at one moment, over City Hall."""

    temperature: float  # °C
    rain: float  # mm/h, of snow as water
    humidity: float  # %
    wind: float  # m/s
    direction: float  # °, where it comes from
    snow: bool


class Weather:
    """What the sky does, at any time past or to come."""

    def __init__(self, seed: int):
        self._seed = seed
        self._poured = functools.lru_cache(65_536)(self.rain)  # gauges and roads ask for hours

    def rain(self, t: datetime, lat: float = 37.57) -> float:
        """How hard it rains, mm/h; the great rain fell twice as hard south of the river."""
        at = (t - GREAT_RAIN).total_seconds() / 3600
        if -12 <= at <= 36:
            fell = float(np.interp(at, range(len(FELL)), FELL, left=0, right=0))
            return fell * (1 + 1.1 / (1 + math.exp((lat - 37.525) / 0.015)))
        h, month = hours(t), t.astimezone(ZONE).month - 1
        front = (drift(h, 31, self._seed, "front") + drift(h, 9, self._seed, "cloud")) / 2
        edge = 1 - 2 * WET[month]  # how much of the wandering lies above
        heavy = 34 if month in (5, 6, 7, 8) else 9
        return (
            max(front - edge * 0.55, 0) ** 1.5
            * heavy
            * (1 + 0.4 * drift(h, 0.7, self._seed, "shower"))
        )

    def fallen(self, t: datetime, over: float = 1, lat: float = 37.57) -> float:
        """What fell in the hours until then, mm."""
        steps = [t - timedelta(minutes=10 * k + 5) for k in range(round(over * 6))]
        return sum(self._poured(step, round(lat, 4)) for step in steps) / 6

    def at(self, t: datetime) -> Sky:
        """The sky at that moment."""
        t = t.astimezone(ZONE)
        h, rain = hours(t), self.rain(t)
        year = (t.timetuple().tm_yday - 15) / 365.25 * 12
        warmth = float(np.interp(year % 12, range(13), (*WARMTH, WARMTH[0])))
        day = math.cos((t.hour + t.minute / 60 - 15) / 24 * 2 * math.pi)
        swing = 4.2 * day * (0.35 if rain > 0.5 else 1)
        temperature = warmth + swing + 3.2 * drift(h, 40, self._seed, "warm") - min(rain, 6) * 0.35
        humidity = 62 - 15 * day + 10 * drift(h, 26, self._seed, "damp") + min(rain, 4) * 9
        gusts = 0.5 + 0.5 * drift(h, 1.1, self._seed, "gust")
        wind = 1.2 + 1.4 * gusts + 1.2 * max(day, 0) + min(rain, 20) * 0.09
        direction = (230 + 140 * drift(h, 17, self._seed, "vane")) % 360
        return Sky(
            round(temperature, 1), rain, min(max(humidity, 22), 98), wind, direction,
            rain > 0 and temperature < 0.8 + chance(self._seed, "snow", t.date()),
        )  # fmt: skip

    def dark(self, t: datetime) -> float:
        """How dark it is: 0 in daylight, 1 at night; half an hour of dusk and of dawn."""
        t = t.astimezone(ZONE)
        season = math.cos((t.timetuple().tm_yday - 172) / 365.25 * 2 * math.pi)
        noon, half = 12.58, 6.05 + 1.32 * season
        away = abs(t.hour + t.minute / 60 + t.second / 3600 - noon)
        return min(max((away - half + 0.15) / 0.75, 0), 1)
