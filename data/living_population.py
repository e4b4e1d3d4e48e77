"""Living population: how many people were in each dong, hour by hour, days ago.

Source   data.seoul.go.kr, SPOP_LOCAL_RESD_DONG (Seoul Metropolitan Government and KT, KOGL type 1)
Cadence  daily, 4 to 5 days late. An estimate from mobile signals: the mean number present in an
         hour, never to be added up over hours
"""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd
import xarray as xr

from data import TIME, Column, Feed, empty
from data._cube import cube
from data._envelope import seoul
from data._read import code, hours, numbers, pick
from data._turns import share

NAMES = {
    "day": ("STDR_DE_ID", "stdr_de_id"),
    "hour": ("TMZON_PD_SE", "tmzon_pd_se"),
    "dong": ("ADSTRD_CODE_SE", "adstrd_code_se"),
    "population": ("TOT_LVPOP_CO", "tot_lvpop_co"),
}
BARE = 1000  # bytes: a longer answer has rows
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class LivingPopulation(Feed):
    """One row per dong (8 digits) and hour, four weeks of them; a masked cell is NaN."""

    title = "Living population"
    source = "Seoul Metropolitan Government, KT"
    url = "{seoul}/{seoul_key}/json/SPOP_LOCAL_RESD_DONG/1/1000/{day}/{hour}/"
    every = "1d"
    lag = "5d"
    daily = 30
    pages = 200  # an hour is one
    key = ("observed_at",)
    keep = "30d"
    mark = "estimate"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "population": Column("float64", "Living population", "people", 0, 1_000_000),
    }

    def __init__(self, **params):
        """Nothing is to be asked yet."""
        super().__init__(**params)
        self._missing: deque[datetime] = deque()

    def urls(self, now: datetime) -> Sequence[str]:
        """The first hour of those wanted and missing; ``next`` goes on, as far as our share."""
        here = set() if self.frame is None else set(self.frame["observed_at"].unique())
        missing = [hour for hour in wanted(now) if pd.Timestamp(hour) not in here]
        rate = share(self.portal, self.daily)
        self._missing = deque(missing[: int(min(rate, self.pages))])
        return [self._of(self._missing.popleft())] if self._missing else []

    def next(self, body: bytes, url: str) -> str | None:
        """The next hour missing; no more of a day of which this hour is not published."""
        day = url.rstrip("/").rsplit("/", 2)[1]
        if len(body) < BARE and seoul(body).empty:
            self._missing = deque(h for h in self._missing if f"{h:%Y%m%d}" != day)
        return self._of(self._missing.popleft()) if self._missing else None

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Only the total is kept of the 32 columns by age and sex."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["dong"] = rows["dong"].map(code)
        rows["observed_at"] = hours(rows["day"], rows["hour"])
        rows["population"] = numbers(rows["population"])
        return rows

    def cube(self, start: str | datetime = "14d", until: datetime | None = None) -> xr.Dataset:
        """The kept past by time, dong, sex and age, as ``data._cube.cube`` gives it."""
        from data import feeds

        by_age = feeds.population_by_age
        return cube(by_age.since(start, until), by_age.source, by_age.mark)

    def _of(self, hour: datetime) -> str:
        return self.url.replace("{day}", f"{hour:%Y%m%d}").replace("{hour}", f"{hour:%H}")


def wanted(now: datetime) -> list[datetime]:
    """The hours we want, the most important first, each once: what today and tomorrow are compared
    with a week before; the coming day's hours two to four weeks before; the newest days there are.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = now.replace(minute=0, second=0, microsecond=0)
    week = [today - 7 * DAY + n * HOUR for n in range(48)]
    before = [hour - 7 * weeks * DAY + n * HOUR for weeks in (2, 3, 4) for n in range(-1, 25)]
    newest = [today - days * DAY + n * HOUR for days in (5, 4) for n in range(24)]
    return week + before + newest
