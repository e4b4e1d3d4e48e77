"""How many people are at the busy places: a part of the people of the dongs around them.

A part of the world, shared by the services that tell of these places.
"""

from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from data._city import ZONE
from data.sim._calendar import hours
from data.sim._chance import chances, drifts
from data.sim._tables import column, metres, nearness, points, table

AREA = {
    "관광특구": 0.8,
    "발달상권": 0.35,
    "인구밀집지역": 0.4,
    "고궁·문화유산": 0.2,
    "공원": 0.18,
}  # km²
LEVELS = ((0.7, "여유"), (0.9, "보통"), (1.1, "약간 붐빔"), (np.inf, "붐빔"))
USUAL = [datetime(2022, 7, 15, hour, tzinfo=ZONE) for hour in (13, 19)]  # a dry Friday
AWAKE = (0, 2, 5, 8, 22, 24), (0.85, 0.55, 0.55, 1, 1, 0.85)  # hours; who sleeps crowds nobody
LATE, STEP = timedelta(minutes=20), 5  # how late they are told, minutes between


class Hotspots:
    """People at each place, in the order of the table, at any time past or to come."""

    def __init__(self, world):
        self._seed, self._people, self._gatherings = world.seed, world.people, world.gatherings
        self.rows = table("hotspots")
        self.names = {row["name_ko"]: n for n, row in enumerate(self.rows)}
        self.codes = {row["area_cd"]: n for n, row in enumerate(self.rows)}
        self._here = points("hotspots")
        near = nearness(self._here, points("dongs"), 450) + 1e-9
        self._near = near / near.sum(axis=1, keepdims=True) / column("dongs", "area_km2")
        draw = 0.7 + 0.9 * chances(len(self.rows), self._seed, "hotspots")
        self._km2 = np.array([AREA[row["category_ko"]] for row in self.rows]) * draw
        self.at = lru_cache(maxsize=2048)(self._at)
        room = 0.86 + 0.74 * chances(len(self.rows), self._seed, "room")
        self._room = np.maximum(*map(self.at, USUAL)) * room

    def _at(self, t: datetime) -> np.ndarray:
        own = 1 + 0.04 * drifts(len(self.rows), hours(t), 1.5, self._seed, "hotspot")
        people = self._near @ self._people.at(t) * self._km2 * own
        for gathering in self._gatherings.at(t):  # many of them stand in the place itself
            near = nearness(self._here, metres([gathering.lon], [gathering.lat]), 350)[:, 0]
            people += 0.5 * gathering.crowd(t) * near
        return people

    def full(self, n: int, t: datetime) -> float:
        """How full a place is, 1 about when it is fullest on a usual day."""
        local = t.astimezone(ZONE)
        awake = np.interp(local.hour + local.minute / 60, *AWAKE)
        return float(self.at(t)[n] * awake / self._room[n])

    def told(self, n: int, t: datetime) -> tuple[str, int, int]:
        """Level, least and most people of a place, as they are told."""
        people = float(self.at(t)[n])
        full = self.full(n, t)
        level = next(word for limit, word in LEVELS if full < limit)
        step = 50 if people < 1_000 else 500 if people < 10_000 else 2_000
        least = int(people // step * step)
        return level, least, least + step

    def newest(self, now: datetime) -> datetime:
        """The time that is told now."""
        when = (now - LATE).replace(second=0, microsecond=0)
        return when - timedelta(minutes=when.minute % STEP)
