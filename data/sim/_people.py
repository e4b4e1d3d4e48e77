"""Where the people are: at home, at work or school, out, and who comes in from around the city.

Everybody who lives here is somewhere: what one dong loses another gains, and only those who
cross the city's border change the total.
"""

from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from data.sim._calendar import Curve, hours
from data.sim._chance import chances, drift, drifts
from data.sim._gatherings import Gatherings
from data.sim._tables import column, metres, nearness, points, table
from data.sim._weather import Weather

QUARTER = timedelta(minutes=15)
LIVING = 9_350_000  # who sleeps here, registered or not
WORKPLACES = {  # thousands of jobs, about 2020 (rounded, ours)
    "11680": 720, "11140": 405, "11650": 445, "11110": 265, "11560": 385, "11710": 345,
    "11440": 255, "11545": 235, "11530": 225, "11500": 245, "11200": 185, "11170": 145,
    "11230": 135, "11215": 120, "11410": 115, "11620": 115, "11740": 135, "11470": 118,
    "11350": 122, "11290": 112, "11380": 98, "11590": 106, "11260": 98, "11305": 72, "11320": 72,
}  # fmt: skip
AT_WORK = Curve(  # share of those who live here
    ".035 .03 .03 .03 .032 .04 .07 .14 .25 .335 .365 .37 .362 .372 .375 .37 .36 .335 .26 "
    ".175 .125 .09 .065 .048",
    ".035 .03 .03 .03 .03 .034 .046 .07 .10 .125 .14 .145 .145 .145 .143 .14 .135 .125 "
    ".11 .095 .08 .065 .052 .042",
    ".03 .028 .028 .028 .028 .03 .038 .052 .07 .085 .095 .10 .10 .10 .10 .098 .095 .09 "
    ".082 .074 .064 .055 .046 .038",
)
OUT = Curve(
    ".030 .020 .014 .010 .009 .010 .014 .02 .028 .04 .052 .068 .086 .084 .080 .080 .084 "
    ".096 .116 .130 .126 .105 .078 .05",
    ".042 .032 .024 .018 .014 .014 .02 .032 .05 .078 .11 .14 .165 .18 .19 .196 .2 .198 "
    ".192 .18 .16 .13 .1 .07",
    ".045 .034 .024 .018 .014 .014 .018 .028 .046 .074 .108 .138 .16 .174 .18 .184 .182 "
    ".174 .158 .138 .112 .086 .06 .042",
)
AWAY = Curve(  # gone out of the city
    ".006 .005 .005 .005 .007 .012 .024 .038 .048 .052 .053 .053 .053 .053 .053 .052 .05 "
    ".045 .036 .027 .02 .015 .011 .008",
    ".01 .01 .01 .01 .012 .02 .03 .04 .05 .058 .063 .066 .068 .069 .069 .067 .064 .058 "
    ".05 .042 .034 .026 .02 .014",
    ".014 .014 .014 .014 .015 .02 .028 .038 .048 .058 .064 .068 .07 .07 .068 .064 .058 "
    ".05 .042 .033 .026 .019 .013 .009",
)
COME_IN = Curve(  # million people who live elsewhere
    ".20 .165 .15 .15 .165 .22 .40 .78 1.22 1.50 1.62 1.66 1.66 1.68 1.69 1.68 1.63 1.50 "
    "1.25 1.02 .83 .64 .45 .30",
    ".22 .19 .17 .17 .175 .20 .28 .40 .54 .67 .78 .86 .92 .96 .98 .99 .98 .94 .87 .78 .66 "
    ".53 .40 .29",
    ".20 .175 .16 .155 .16 .18 .23 .31 .41 .51 .60 .67 .72 .75 .77 .77 .75 .70 .63 .55 "
    ".46 .37 .29 .22",
)  # fmt: skip


def _share(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum()


class People:
    """How many people are in each dong, at any time past or to come."""

    def __init__(self, seed: int, weather: Weather, gatherings: Gatherings):
        self._seed, self._weather, self._gatherings = seed, weather, gatherings
        rows = table("dongs")
        self.dongs = [row["dong_code"][:8] for row in rows]
        self.n = len(rows)
        here, stops = points("dongs"), points("stations")
        self._here = here
        self._homes = _share(column("dongs", "population_registered"))
        lively = nearness(here, points("hotspots"), 700).sum(axis=1)
        served = nearness(here, stops, 500).sum(axis=1)
        own = 0.5 + chances(self.n, seed, "dong")
        self._work = self._jobs(np.array([r["gu_code"] for r in rows]), (served + 0.4) * own)
        self._fun = _share((lively + 0.35 * served + 0.12) * own)
        self.at = lru_cache(maxsize=4096)(self._at)

    def _jobs(self, district: np.ndarray, weight: np.ndarray) -> np.ndarray:
        share = np.zeros(self.n)
        for code, jobs in WORKPLACES.items():
            here = district == code
            share[here] = jobs * _share(weight[here])
        return _share(share)

    def _at(self, t: datetime) -> np.ndarray:
        """People in each dong at that moment, in the order of ``dongs``."""
        out, crowds = self._out(t), self._crowds(t)
        home = LIVING * (1 - AT_WORK(t) - out - AWAY(t)) - crowds.sum()
        day = 1 + 0.03 * drift(hours(t), 24, self._seed, "day")
        guests = 1e6 * COME_IN(t) * day
        h = hours(t)
        own = [1 + a * drifts(self.n, h, 2.0, self._seed, p) for a, p in ((0.012, 0), (0.03, 1))]
        homes, work, fun = self._homes * own[0], self._work * own[1], self._fun * own[1]
        return (
            home * _share(homes)
            + (LIVING * AT_WORK(t) + 0.78 * guests) * _share(work)
            + (LIVING * out + 0.22 * guests) * _share(fun)
            + crowds
        )

    def mean(self, hour: datetime) -> np.ndarray:
        """People in each dong in the hour that begins then, on the mean."""
        return (self.at(hour + QUARTER) + self.at(hour + 3 * QUARTER)) / 2

    def total(self, t: datetime) -> float:
        """People in the city at that moment."""
        return float(self.at(t).sum())

    def _out(self, t: datetime) -> float:
        """Share of those who live here who are out for pleasure: fewer in the rain."""
        return OUT(t) * (1 - min(self._weather.rain(t) / 60, 0.4))

    def _crowds(self, t: datetime) -> np.ndarray:
        crowds = np.zeros(self.n)
        for gathering in self._gatherings.at(t):
            near = nearness(self._here, metres([gathering.lon], [gathering.lat]), 450)[:, 0]
            crowds += gathering.crowd(t) * _share(near + 1e-12)
        return crowds
