"""How much of a working day's visits have been made: office hours, and rain that keeps people in.

A part of the world, shared by the community centres, the nurses and the job buses.
"""

from datetime import date, datetime
from functools import lru_cache

import numpy as np

from data._city import ZONE
from data.sim._calendar import kind, midnight
from data.sim._tables import table

OPENS, CLOSES = 9, 18
USUAL = np.array([0.11, 0.15, 0.14, 0.07, 0.10, 0.13, 0.13, 0.11, 0.06])  # 9, 10 … 17 o'clock
KEPT_IN = 0.6  # the most that rain keeps away
HEAVY = 50.0  # mm/h, in which that many stay in


class OfficeDay:
    """Working days at the offices of the districts."""

    def __init__(self, world):
        self._weather = world.weather
        self.lat = {row["gu_code"]: float(row["lat"]) for row in table("districts")}
        self._hourly = lru_cache(maxsize=2048)(self._hours)

    def done(self, gu_code: str, day: date, now: datetime) -> float:
        """Share of a dry day's visits made until now: 0 before it opens, less than 1 in rain."""
        if kind(day):
            return 0.0
        passed = (now.astimezone(ZONE) - midnight(day)).total_seconds() / 3600 - OPENS
        return float((self._hourly(gu_code, day) * np.clip(passed - np.arange(9), 0, 1)).sum())

    def _hours(self, gu_code: str, day: date) -> np.ndarray:
        start, lat = midnight(day), self.lat[gu_code]
        rain = [
            self._weather.rain(start.replace(hour=hour, minute=30), lat)
            for hour in range(OPENS, CLOSES)
        ]
        return USUAL * (1 - KEPT_IN * np.minimum(np.array(rain) / HEAVY, 1))
