"""Weather warnings of the practice city, by the limits the weather service gives them by."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from data._city import ZONE

RAIN, SNOW, HEAT = 2, 8, 12  # warnVar
AREAS = {  # areaCode: its name and about where it lies, °N
    "L1100100": ("서울동남권", 37.505),
    "L1100200": ("서울동북권", 37.610),
    "L1100300": ("서울서남권", 37.505),
    "L1100400": ("서울서북권", 37.600),
}
NAMES = {RAIN: "호우", SNOW: "대설", HEAT: "폭염"}
POURS = ((60, 110), (90, 180))  # mm in 3 and in 12 hours: advisory, warning
SNOWS = (5, 20)  # mm of water in 24 hours, as many cm of snow
HOT = (33, 35)  # °C in the afternoon
STEP, AHEAD, STAYS = timedelta(minutes=30), timedelta(hours=1), 6  # STAYS: steps after the last


class Word(NamedTuple):
    """One word of the service: a kind issued, raised, lowered or lifted (level 0) in an area."""

    area: str
    kind: int
    level: int  # 0 lifted, 1 advisory, 2 warning
    at: datetime


class Warnings:
    """What is in force anywhere, at any time."""

    def __init__(self, world):
        self._weather = world.weather
        self._reached = lru_cache(maxsize=20_000)(self._worked_out)
        self.words = lru_cache(maxsize=256)(self._words)

    def level(self, area: str, kind: int, t: datetime) -> int:
        """0 none, 1 advisory, 2 warning; it stays three hours after its limit was last reached."""
        then = slot(t)
        return max(self._reached(area, kind, then - n * STEP) for n in range(STAYS))

    def in_force(self, t: datetime) -> list[Word]:
        """The last word of each kind and area that is not lifted."""
        last = {(w.area, w.kind): w for area in AREAS for w in self.words(area, slot(t))}
        return [word for word in last.values() if word.level]

    def _words(self, area: str, then: datetime) -> tuple[Word, ...]:
        """What was said of the area in the two days until then, the oldest first."""
        said = []
        for kind in NAMES:
            level = 0
            for n in range(96, -1, -1):
                now = self.level(area, kind, then - n * STEP)
                if now != level:
                    said.append(Word(area, kind, now, then - n * STEP))
                level = now
        return tuple(sorted(said, key=lambda word: word.at))

    def _worked_out(self, area: str, kind: int, then: datetime) -> int:
        lat, weather = AREAS[area][1], self._weather
        if kind == RAIN:
            soon = then + AHEAD
            if (three := weather.fallen(soon, 3, lat)) < 8:
                return 0
            twelve = weather.fallen(soon, 12, lat)
            return sum(three >= short or twelve >= long for short, long in POURS)
        if kind == HEAT:
            if then.month not in (6, 7, 8, 9) or not 11 <= then.hour < 18:
                return 0
            warmest = weather.at(then.replace(hour=15, minute=0)).temperature
            return sum(warmest >= limit for limit in HOT)
        if then.month not in (11, 12, 1, 2, 3) or not weather.at(then).snow:
            return 0
        fell = weather.fallen(then, 24, lat)
        return sum(fell >= limit for limit in SNOWS)


def slot(t: datetime) -> datetime:
    """The last full or half hour."""
    t = t.astimezone(ZONE)
    return t.replace(minute=t.minute // 30 * 30, second=0, microsecond=0)
