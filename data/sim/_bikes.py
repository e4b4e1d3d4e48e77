"""The city's rental bikes: they stand at home by night, near work by day, and stay put in rain."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data.sim._calendar import Curve, hours
from data.sim._chance import among, chance, chances, drifts
from data.sim._tables import points, table
from data.sim._weather import Weather

RIDDEN = Curve(  # share of the bikes on the road
    ".04 .03 .02 .02 .02 .03 .06 .12 .16 .10 .08 .09 .11 .10 .10 .11 .13 .17 .20 .18 .15 "
    ".12 .09 .06",
    ".05 .04 .03 .02 .02 .02 .03 .05 .07 .09 .11 .13 .15 .17 .18 .19 .19 .18 .17 .15 .12 "
    ".10 .08 .06",
)
TO_WORK = Curve(  # how far the bikes have moved from homes to the stations and offices
    "-.5 -.6 -.7 -.7 -.7 -.6 -.3 .3 .8 1 1 1 .95 .95 .9 .8 .65 .35 0 -.2 -.3 -.35 -.4 -.45",
    "-.2 -.3 -.3 -.3 -.3 -.3 -.2 -.1 0 .1 .2 .3 .35 .4 .4 .4 .35 .3 .2 .1 0 0 -.1 -.1",
)


@dataclass(frozen=True)
class Stand:
    """One rental station."""

    station_id: str
    name: str
    racks: int
    lon: float
    lat: float
    by_train: bool


def stands(seed: int) -> list[Stand]:
    """About 2,600 stations: those of the facts, by the exits of the subway, in every dong."""
    found = []
    for row in table("bike_stations"):
        name = f"{int(row['station_no'])}. {row['name_ko']}"
        place = float(row["lon"]), float(row["lat"])
        found.append(Stand(f"ST-{row['station_no']}", name, int(row["racks"]), *place, False))
    spots = [
        (f"{row['name_ko'].removesuffix('역')}역 {n + 1}번출구 앞", row, 120, True)
        for row in {r["name_ko"]: r for r in table("stations") if r["in_seoul"] == "1"}.values()
        for n in range(4)
    ]
    said = ("주민센터 앞", "사거리", "공원 옆")
    spots += [
        (f"{row['name_ko']} {what}", row, 330, False) for row in table("dongs") for what in said
    ]
    for n, (name, row, stray, by_train) in enumerate(spots):
        east, north = (2 * chance(seed, "stand", n, axis) - 1 for axis in "xy")
        lon = round(float(row["lon"]) + east * stray / 88_300, 8)
        lat = round(float(row["lat"]) + north * stray / 111_000, 8)
        racks = 8 + int(among(0, 18, seed, "racks", n))
        found.append(Stand(f"ST-{n + 10001}", f"{n + 10001}. {name}", racks, lon, lat, by_train))
    return found


class Bikes:
    """How many bikes stand at every station, at any time past or to come."""

    def __init__(self, seed: int, weather: Weather):
        self._seed, self._weather = seed, weather
        self.stands = stands(seed)
        n = len(self.stands)
        here = np.array([[(s.lon - 127) * 88_300, (s.lat - 37.5) * 111_000] for s in self.stands])
        near = np.array([_nearest(p, points("hotspots")) for p in here])
        self._works = np.where([s.by_train for s in self.stands], 0.5, -0.4) + 0.6 * (near < 900)
        self._racks = np.array([s.racks for s in self.stands], dtype=float)
        self._usual = 0.45 + 0.9 * chances(n, seed, "full") ** 1.5

    def at(self, t: datetime) -> np.ndarray:
        """Bikes at each of ``stands``, whole; more than the racks is usual."""
        dry = 1 - min(self._weather.rain(t) / 3, 0.93)
        moved = 1 + 0.38 * TO_WORK(t) * self._works * (0.3 + 0.7 * dry)
        own = 1 + 0.3 * drifts(len(self.stands), hours(t), 1.4, self._seed, "bikes")
        full = self._usual * moved * own
        bikes = self._racks * full * (1 - RIDDEN(t) * dry)
        return np.maximum(bikes.round(), 0).astype(int)


def _nearest(place: np.ndarray, others: np.ndarray) -> float:
    return float(np.hypot(*(others - place).T).min())
