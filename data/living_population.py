"""Living population: how many people were in each dong, hour by hour, days ago.

Source   data.seoul.go.kr, SPOP_LOCAL_RESD_DONG (Seoul Metropolitan Government and KT, KOGL type 1)
Cadence  daily, 4 to 5 days late. An estimate from mobile signals: the mean number present in an
         hour, never to be added up over hours
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import seoul
from data._read import code, moment, numbers, pick

NAMES = {
    "day": ("STDR_DE_ID", "stdr_de_id"),
    "hour": ("TMZON_PD_SE", "tmzon_pd_se"),
    "dong": ("ADSTRD_CODE_SE", "adstrd_code_se"),
    "population": ("TOT_LVPOP_CO", "tot_lvpop_co"),
}
DAYS_AGO = (5, 6, 7, 4)  # the newest sure to be out, the same weekday a week ago, the newest of all
DAYS_A_TURN = 2  # with a limited key


class LivingPopulation(Feed):
    """One row per dong (8 digits) and hour; a masked cell is NaN."""

    title = "Living population"
    source = "Seoul Metropolitan Government, KT"
    url = "{seoul}/{seoul_key}/json/SPOP_LOCAL_RESD_DONG/1/1000/{day}/{hour}/"
    every = "1d"
    lag = "5d"
    daily = 30
    key = ("observed_at",)
    keep = "15d"
    mark = "estimate"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "population": Column("float64", "Living population", "people", 0, 1_000_000),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """The first hour missing of each day we want; ``next`` asks for the rest of the day."""
        here = set() if self.frame is None else set(self.frame["observed_at"].unique())
        asked = []
        for days in DAYS_AGO:
            midnight = (now - timedelta(days=days)).replace(
                hour=0, minute=0, second=0, microsecond=0
            )
            hours = (midnight + timedelta(hours=h) for h in range(24))
            asked += [self._of(hour) for hour in hours if pd.Timestamp(hour) not in here][:1]
        return asked if math.isinf(self.portal.allowance) else asked[:DAYS_A_TURN]

    def next(self, body: bytes, url: str) -> str | None:
        """The next hour of the same day; none after 23, nor when this one is not published."""
        day, hour = url.rstrip("/").rsplit("/", 2)[1:]
        if hour == "23" or seoul(body).empty:
            return None
        return self.url.replace("{day}", day).replace("{hour}", f"{int(hour) + 1:02}")

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Only the total is kept of the 32 columns by age and sex."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["dong"] = rows["dong"].map(code)
        times = rows["day"].map(code) + " " + rows["hour"].map(code).str.zfill(2) + "00"
        told = {text: moment(text) for text in times.unique()}
        rows["observed_at"] = pd.Series(times.map(told), dtype=TIME)
        rows["population"] = numbers(rows["population"])
        return rows

    def _of(self, hour: datetime) -> str:
        return self.url.replace("{day}", f"{hour:%Y%m%d}").replace("{hour}", f"{hour:%H}")
