"""The car parks of the practice city, and how full those are that count their cars."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data.sim._calendar import Curve, hours
from data.sim._chance import among, chance, drift
from data.sim._tables import nearness, points, table

FULL = {  # share of the spaces taken, by what is nearby
    "work": Curve(
        ".22 .2 .19 .18 .18 .2 .28 .48 .72 .88 .94 .95 .92 .94 .95 .93 "
        ".9 .82 .66 .52 .44 .36 .3 .25",
        ".2 .19 .18 .17 .17 .18 .2 .25 .33 .45 .55 .63 .68 .72 .74 .74 "
        ".72 .68 .62 .55 .47 .38 .3 .24",
    ),
    "homes": Curve(
        ".93 .94 .95 .95 .94 .92 .86 .72 .58 .5 .47 .46 .47 .46 .45 .46 "
        ".49 .56 .66 .75 .82 .87 .9 .92",
        ".93 .94 .95 .95 .95 .94 .92 .87 .8 .74 .7 .67 .66 .64 .63 .64 "
        ".67 .7 .75 .8 .84 .88 .9 .92",
    ),
    "river": Curve(
        ".1 .07 .05 .04 .04 .05 .08 .12 .16 .2 .26 .32 .38 .4 .4 .4 "
        ".42 .46 .54 .6 .58 .48 .32 .18",
        ".12 .08 .06 .05 .05 .06 .1 .18 .3 .44 .58 .7 .8 .86 .9 .9 "
        ".9 .88 .86 .8 .7 .54 .36 .2",
    ),
}  # fmt: skip
KINDS = (  # name, kind, type code; what is nearby, spaces
    ("공영주차장(구)", "노외 주차장", "NW", "homes", (20, 180)),
    ("노상 공영주차장(구)", "노상 주차장", "NS", "work", (8, 45)),
    ("주민센터 부설주차장", "노외 주차장", "NW", "work", (10, 60)),
    ("거주자우선 공영주차장", "노상 주차장", "NS", "homes", (12, 90)),
    ("공원 지하공영주차장(구)", "노외 주차장", "NW", "homes", (60, 260)),
)
COUNTED = 123
FLOOD = 120.0  # mm in a day: then the car parks by the river are cleared


@dataclass(frozen=True)
class Lot:
    """One car park."""

    lot_id: str
    name: str
    address: str
    kind: str
    type_code: str
    near: str
    spaces: int
    lon: float
    lat: float


class Parking:
    """About 2,200 car parks, of which 123 count; made of the tables of places."""

    def __init__(self, world):
        self._world, self._seed = world, world.seed
        self._names = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        self.lots = self._riverside() + self._stations() + self._dongs()
        here = np.array([[(s.lon - 127) * 88_300, (s.lat - 37.5) * 111_000] for s in self.lots])
        lively = nearness(here, points("hotspots"), 500).sum(axis=1)
        lively += [s.near == "river" or "환승" in s.name for s in self.lots]
        best = sorted(np.argsort(-lively, kind="stable")[:COUNTED])
        self.counted = [self.lots[n] for n in best]

    def cars(self, lot: Lot, t: datetime) -> int:
        """How many stand there; a few more than there are spaces where it is very full."""
        weather, h = self._world.weather, hours(t)
        if lot.near == "river" and weather.fallen(t, 24) > FLOOD:
            return 0
        usual = among(0.65, 1.12, self._seed, "usual", lot.lot_id)
        wet = min(weather.rain(t, lot.lat) / 40, 0.7) if lot.near == "river" else 0.0
        full = FULL[lot.near](t) * usual * (1 - wet)
        full += 0.06 * drift(h, 0.9, self._seed, "parked", lot.lot_id)
        return round(lot.spaces * min(max(full, 0), 1.03))

    def _lot(self, n: int, name: str, row: dict, kind: tuple, stray: float) -> Lot:
        _, what, code, near, (low, high) = kind
        east, north = (2 * chance(self._seed, "lot", n, axis) - 1 for axis in "xy")
        lon = round(float(row["lon"]) + east * stray / 88_300, 8)
        lat = round(float(row["lat"]) + north * stray / 111_000, 8)
        spaces = int(among(low, high, self._seed, "spaces", n))
        number = 1 + int(400 * chance(self._seed, "house", n))
        address = f"{self._district(row)} {row['name_ko']} {number}-{n % 17}"
        return Lot(str(171_000 + n), name, address, what, code, near, spaces, lon, lat)

    def _district(self, row: dict) -> str:
        if "gu_code" in row:
            return self._names[row["gu_code"]]
        here = np.array(
            [[(float(row["lon"]) - 127) * 88_300, (float(row["lat"]) - 37.5) * 111_000]]
        )
        nearest = int(nearness(here, points("dongs"), 3_000).argmax())
        return self._names[table("dongs")[nearest]["gu_code"]]

    def _riverside(self) -> list[Lot]:
        kind = ("", "노외 주차장", "NW", "river", (120, 900))
        rows = [r for r in table("parks") if "한강공원" in r["name_ko"]]
        rows = [r for r in rows if r["gu_code"] in self._names]
        return [
            self._lot(n, f"{row['name_ko']} 제{k}주차장", row, kind, 300)
            for n, (row, k) in enumerate((row, k) for row in rows for k in (1, 2, 3))
        ]

    def _stations(self) -> list[Lot]:
        kind = ("", "노외 주차장", "NW", "work", (80, 1260))
        rows = {r["name_ko"]: r for r in table("stations") if r["in_seoul"] == "1"}.values()
        rows = [row for row in rows if "|" in row["lines_here"]]
        return [
            self._lot(
                100 + n, f"{row['name_ko'].removesuffix('역')}역 환승주차장(시)", row, kind, 150
            )
            for n, row in enumerate(rows)
        ]

    def _dongs(self) -> list[Lot]:
        pairs = [(row, kind) for row in table("dongs") for kind in KINDS]
        return [
            self._lot(300 + n, f"{row['name_ko']} {kind[0]}", row, kind, 500)
            for n, (row, kind) in enumerate(pairs)
        ]
