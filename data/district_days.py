"""How many people a district holds by day and by night, a row a district and day.

Source   data.seoul.go.kr, SPOP_DAILYSUM_JACHI (Seoul Metropolitan Government and KT, KOGL type 1)
Cadence  daily, 4 to 5 days late. An estimate from mobile signals: means of the day, of its
         daytime hours and of its night, never to be added up
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._read import moments, numbers, pick, plain

NAMES = {
    "observed_at": ("STDR_DE_ID",),
    "name_ko": ("SIGNGU_NM",),
    "population": ("TOT_LVPOP_CO",),
    "by_day": ("DAY_LVPOP_CO",),
    "by_night": ("NIGHT_LVPOP_CO",),
}
CITY = "서울시"  # a row of its own: no district
MEASURES = ["population", "by_day", "by_night"]


class DistrictDays(Feed):
    """One row per district and day, eight days; ``observed_at`` is the day it is of, at 0:00."""

    title = "District population by day and night"
    source = "Seoul Metropolitan Government, KT"
    url = "{seoul}/{seoul_key}/json/SPOP_DAILYSUM_JACHI/1/208/"  # 26 rows a day, newest first
    every = "1d"
    lag = "5d"
    daily = 2
    mark = "estimate"
    columns = {
        "gu_code": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "observed_at": Column(TIME, "Date", required=True),
        "population": Column("float64", "Living population", "people", 0, 5_000_000),
        "by_day": Column("float64", "Daytime population", "people", 0, 5_000_000),
        "by_night": Column("float64", "Night-time population", "people", 0, 5_000_000),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The 25 districts without the row of the whole city; a name that is none is dropped."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["name_ko"] = rows["name_ko"].map(plain)
        rows = rows[rows["name_ko"] != CITY].reset_index(drop=True)
        rows[MEASURES] = rows[MEASURES].apply(numbers)
        return rows.assign(
            gu_code=gu_codes(rows["name_ko"]), observed_at=moments(rows["observed_at"])
        )
