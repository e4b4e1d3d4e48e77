"""Reports of citizens on what is broken or in the way (스마트불편신고), by month since 2012.

Source   data.seoul.go.kr, SmartUncomfStatMonth (Seoul Metropolitan Government, KOGL type 1)
Cadence  monthly; a year can be read when it is over
"""

import pandas as pd

from data import TIME, ZONE, Column, Feed, empty
from data._envelope import seoul
from data._read import numbers, pick

MONTHS = [f"MON_{month:02}" for month in range(1, 13)]


class InconvenienceReports(Feed):
    """One row per month of a year that is over and whose months add up to its total; oldest first.

    In the running year a month's slot holds the sum of the year so far, which in February is all
    there is and add up by itself: a year without a December is left out too.
    """

    title = "Reports of inconvenience"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/SmartUncomfStatMonth/1/1000/"
    every = "1d"
    lag = "366d"
    quiet = True
    daily = 1
    columns = {
        "month": Column(TIME, "Month", required=True),
        "reports": Column("float64", "Reports", "reports", 0, 10_000_000),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """``observed_at`` is the end of the month. No row when no year adds up."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        names = {"YEAR": ("YEAR",), "MON_TOTAL": ("MON_TOTAL",)} | {m: (m,) for m in MONTHS}
        rows = pick(rows, names).apply(numbers)
        whole = rows[MONTHS].sum(axis=1, skipna=False).eq(rows["MON_TOTAL"])
        over = rows["MON_12"].gt(0) & rows["YEAR"].between(2000, 2100)
        years = rows[whole & over].sort_values("YEAR")
        starts = [
            pd.Timestamp(int(year), month, 1, tz=ZONE)
            for year in years["YEAR"]
            for month in range(1, 13)
        ]
        month = pd.Series(starts, dtype=TIME)
        return pd.DataFrame(
            {
                "month": month,
                "reports": years[MONTHS].to_numpy().ravel(),
                "observed_at": month + pd.DateOffset(months=1),
            }
        )
