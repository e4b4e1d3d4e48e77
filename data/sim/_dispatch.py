"""Calls to 119 in the practice city: how many the hour, the weather and the people make of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from data._city import ZONE
from data.sim._calendar import Curve
from data.sim._chance import among, chance, pick
from data.sim._tables import table

HOUR = timedelta(hours=1)
BUSY = Curve(".8 .7 .6 .5 .5 .6 .8 1 1.2 1.3 1.3 1.3 1.2 1.2 1.2 1.2 1.2 1.2 1.3 1.3 1.2 1.1 1 .9")
AN_HOUR = {"화재": 0.75, "구조": 7.0, "구급": 44.0}  # sent out in an ordinary hour
PATHS = {  # each stage: minutes after the one before, from and to
    "화재": (("출동지령", 0.5, 1.5), ("현장도착", 3, 9), ("활동개시", 0.5, 2), ("초진", 5, 45),
           ("완진", 5, 60), ("상황종결", 10, 50)),
    "구조": (("출동지령", 0.5, 1.5), ("현장도착", 4, 12), ("활동개시", 0.5, 3),
           ("상황종결", 10, 60)),
    "구급": (("지령하달", 0.5, 1.5), ("출동중", 0.5, 1.5), ("현장도착", 4, 12), ("활동개시", 1, 6)),
}  # fmt: skip
STAYS = {"화재": 60, "구조": 30, "구급": 30}  # minutes in the list after the last stage
VEHICLES = {"화재": (3, 22), "구조": (1, 5), "구급": (1, 2)}
LETTERS = {"화재": "F", "구조": "R", "구급": "A"}


class Call(NamedTuple):
    """One dispatch with all the stages it will go through."""

    number: str
    kind: str
    stages: tuple[tuple[str, datetime], ...]
    gu_code: str
    dong: str
    lon: float
    lat: float
    vehicles: int

    def reached(self, t: datetime) -> list[tuple[str, datetime]]:
        """The stages until that moment."""
        return [(name, at) for name, at in self.stages if at <= t]


class Dispatches:
    """Every call of every hour."""

    def __init__(self, world):
        self._seed, self._weather = world.seed, world.weather
        self._in = lru_cache(maxsize=256)(lambda hour: tuple(self._called(hour)))

    def at(self, t: datetime) -> list[Call]:
        """Those under way at that moment or closed a short while ago, the newest first."""
        t = t.astimezone(ZONE)
        hour = t.replace(minute=0, second=0, microsecond=0)
        found = [call for n in range(5) for call in self._in(hour - n * HOUR)]
        here = [c for c in found if c.stages[0][1] <= t <= _gone(c)]
        return sorted(here, key=lambda c: c.stages[0][1], reverse=True)

    def expected(self, kind: str, hour: datetime, lat: float = 37.55) -> float:
        """How many of a kind an hour brings: fires when dry and cold, rescues when it pours."""
        usual = AN_HOUR[kind] * BUSY(hour)
        if kind == "화재":
            sky = self._weather.at(hour)
            return usual * (1 + max(0, 45 - sky.humidity) / 30 + max(0, 8 - sky.temperature) / 16)
        if kind == "구조":
            return usual * (1 + self._weather.fallen(hour + HOUR, 3, lat) / 30)
        return usual

    def _called(self, hour: datetime) -> Iterator[Call]:
        dongs = table("dongs")
        for kind in AN_HOUR:
            many = self.expected(kind, hour)
            count = int(many + chance(self._seed, "more", kind, hour))
            for n in range(count):
                key = (self._seed, "119", kind, hour, n)
                dong = pick(dongs, *key, "where")
                if kind == "구조" and self.expected(kind, hour) > 2 * AN_HOUR[kind]:
                    others = [dong, pick(dongs, *key, "low")]
                    dong = min(others, key=lambda d: float(d["lat"]))  # where it pours hardest
                yield self._call(kind, hour, n, dong, key)

    def _call(self, kind, hour, n, dong, key) -> Call:
        at = hour + timedelta(seconds=round(chance(*key, "when") * 3590))
        stages = []
        for name, low, high in PATHS[kind]:
            at += timedelta(seconds=round(60 * among(low, high, *key, name)))
            stages.append((name, at))
        low, high = VEHICLES[kind]
        return Call(
            f"{LETTERS[kind]}{hour:%Y%m%d%H}-{n + 1:03}", kind, tuple(stages),
            dong["gu_code"], dong["dong_code"][:8],
            round(float(dong["lon"]) + among(-0.003, 0.003, *key, "lon"), 3),
            round(float(dong["lat"]) + among(-0.003, 0.003, *key, "lat"), 3),
            low + int(chance(*key, "cars") ** 2 * (high - low + 1)),
        )  # fmt: skip


def _gone(call: Call) -> datetime:
    return call.stages[-1][1] + timedelta(minutes=STAYS[call.kind])
