"""SPOP_DAILYSUM_JACHI: people in every district by day and by night, published five days late.

Newest day first, 91 days of it; the row of the whole city stands before those of its districts.
Daytime is 9 to 18 o'clock, the rest is night: the hours of SPOP_LOCAL_RESD_DONG, averaged.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from data.sim._calendar import midnight
from data.sim._open_data import Table
from data.sim._tables import table

LATE, DAYS = 5, 91
CITY, AREAS = "서울시", 26  # its row and those of 25 districts a day


class _Rows(Sequence):
    """Rows by day, the city first in each."""

    def __init__(self, days: list[date], of: Callable[[date], list[dict]]):
        self._days, self._of = days, of

    def __len__(self):
        return len(self._days) * AREAS

    def __getitem__(self, which):
        if isinstance(which, slice):
            return [self[n] for n in range(*which.indices(len(self)))]
        day, area = divmod(which, AREAS)
        return self._of(self._days[day])[area]


class DistrictDays(Table):
    """Argument: day, which may be left empty."""

    name = "SPOP_DAILYSUM_JACHI"

    def __init__(self, world):
        """Which dongs are in which district."""
        super().__init__(world)
        self._districts = table("districts")
        codes = np.array([row["gu_code"] for row in table("dongs")])
        self._of = np.array([codes == row["gu_code"] for row in self._districts])
        self._day = lru_cache(maxsize=128)(self._worked_out)

    def rows(self, args, request):
        """Rows of the days asked for, worked out only where they are looked at."""
        day = (*args, "")[0]
        newest = request.now.date() - timedelta(days=LATE)
        days = [newest - timedelta(days=n) for n in range(DAYS)]
        return _Rows([d for d in days if day in ("", f"{d:%Y%m%d}")], self._day)

    def _worked_out(self, day: date) -> list[dict]:
        start = midnight(day)
        hours = [self.world.people.mean(start + timedelta(hours=h)) for h in range(24)]
        people = self._of @ np.array(hours).T
        people = np.vstack([people.sum(axis=0), people])
        night = np.delete(people, np.s_[9:18], axis=1)
        parts = (part.mean(axis=1) for part in (people, people[:, 9:18], night))
        names = [CITY, *(row["name_ko"] for row in self._districts)]
        return [
            {
                "STDR_DE_ID": f"{day:%Y%m%d}",
                "SIGNGU_NM": name,
                "TOT_LVPOP_CO": f"{whole:.4f}",
                "DAY_LVPOP_CO": f"{light:.4f}",
                "NIGHT_LVPOP_CO": f"{dark:.4f}",
            }
            for name, whole, light, dark in zip(names, *parts, strict=True)
        ]
