"""SPOP_LOCAL_RESD_DONG: people in every dong, hour by hour, published five days late.

Newest day first, 91 days of it; each row of 32 columns, 28 of them by age and sex.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from data.sim._calendar import midnight
from data.sim._chance import chances
from data.sim._open_data import Table
from data.sim._tables import column

LATE, DAYS = 5, 91
AGES = ("F0T9", *(f"F{a}T{a + 4}" for a in range(10, 70, 5)), "F70T74")
COLUMNS = [f"{sex}_{age}_LVPOP_CO" for sex in ("MALE", "FEMALE") for age in AGES]
YOUNG = np.array([6.2, 3.6, 5.0, 8.2, 9.2, 8.4, 7.6, 8.0, 8.2, 8.6, 8.0, 7.4, 6.6, 8.0]) / 103
OLD = np.array([5.2, 3.2, 3.8, 5.2, 5.4, 5.6, 6.0, 7.0, 8.0, 9.6, 10.4, 11.4, 10.6, 16.0]) / 107.4


class LivingPopulation(Table):
    """Arguments: day, hour, dong, each of which may be left empty."""

    name = "SPOP_LOCAL_RESD_DONG"

    def rows(self, args, request):
        """Rows that match, worked out only where they are looked at."""
        day, hour, dong = (*args, "", "", "")[:3]
        newest = request.now.date() - timedelta(days=LATE)
        days = [newest - timedelta(days=n) for n in range(DAYS)]
        days = [d for d in days if day in ("", f"{d:%Y%m%d}")]
        hours = [h for h in range(24) if hour in ("", f"{h:02d}")]
        dongs = [n for n, code in enumerate(self.world.people.dongs) if dong in ("", code)]
        return _Rows(self, days, hours, dongs)

    def row(self, day: date, hour: int, n: int) -> dict:
        """One dong in one hour: the mean of the people present."""
        start = midnight(day) + timedelta(hours=hour)
        total = round(self.world.people.mean(start)[n], 4)
        parts = (self._ages[n] * total).tolist()
        row = {
            "STDR_DE_ID": f"{day:%Y%m%d}",
            "TMZON_PD_SE": f"{hour:02d}",
            "ADSTRD_CODE_SE": self.world.people.dongs[n],
            "TOT_LVPOP_CO": f"{total:.4f}",
        }
        return row | dict(zip(COLUMNS, [f"{part:.4f}" for part in parts], strict=True))

    @cached_property
    def _ages(self) -> np.ndarray:
        """The share of each column in each dong: (dong, column), rows of sum 1."""
        registered = column("dongs", "population_registered")
        elders = column("dongs", "age65plus_registered") / np.maximum(registered, 1)
        old = np.clip((elders - 0.1) / 0.12, 0, 1)[:, None]
        age = YOUNG + (OLD - YOUNG) * old
        both = np.hstack([age * 0.485, age * 0.515])
        own = chances(both.size, self.world.seed, "ages").reshape(both.shape)
        both *= 0.9 + 0.2 * own
        return both / both.sum(axis=1, keepdims=True)


class _Rows(Sequence):
    """Rows by day, hour and dong, in that order, without working them all out."""

    def __init__(self, service: LivingPopulation, days: list, hours: list, dongs: list):
        self._service, self._of = service, (days, hours, dongs)

    def __len__(self):
        days, hours, dongs = self._of
        return len(days) * len(hours) * len(dongs)

    def __getitem__(self, which):
        if isinstance(which, slice):
            return [self[n] for n in range(*which.indices(len(self)))]
        days, hours, dongs = self._of
        rest, dong = divmod(which, len(dongs))
        day, hour = divmod(rest, len(hours))
        return self._service.row(days[day], hours[hour], dongs[dong])
