"""SmartUncomfStatMonth: a row per year; in the running one a month's slot holds the year so far."""

import math

from data.sim._chance import among
from data.sim._open_data import Table

FIRST = 2012
GROWTH = 4000  # more reports a month than in the year before


class InconvenienceReports(Table):
    """More every year, and more in summer. Months that have not come are 0."""

    name = "SmartUncomfStatMonth"

    def rows(self, args, request):
        """From the first year to the running one."""
        now = request.now
        rows = [self._row(year, self._months(year)) for year in range(FIRST, now.year)]
        past = self._months(now.year)[: now.month - 1]  # the running month is not counted yet
        slots = [*past[:-1], sum(past)] if past else [0]
        return [*rows, self._row(now.year, [*slots, *[0] * (12 - len(slots))], sum(past))]

    def _months(self, year):
        usual = 3000 + GROWTH * (year - FIRST)
        return [
            round(
                usual
                * (1 - 0.15 * math.cos((month - 1) / 6 * math.pi))
                * among(0.9, 1.1, self.world.seed, "reports", year, month)
            )
            for month in range(1, 13)
        ]

    def _row(self, year, months, total=None):
        slots = {f"MON_{n:02}": count for n, count in enumerate(months, 1)}
        return {"YEAR": str(year), **slots, "MON_TOTAL": sum(months) if total is None else total}
