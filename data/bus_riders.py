"""How many people each bus route carried in a day.

Source   data.seoul.go.kr, CardBusStatisticsServiceNew (Seoul Metropolitan Government, KOGL type 1);
         fields from those who read the service, no answer of it is recorded
Cadence  daily, three days late; counted by the transport cards, a row a route and stop, which is
         about 42 pages: asked once a day
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import TIME, Column, Feed, Frame, Unreadable, empty
from data._days import before, days_ago
from data._envelope import seoul
from data._pages import page_after
from data._read import code, moments, numbers, pick, plain

NAMES = {
    "observed_at": ("USE_YMD", "USE_DT"),
    "route": ("RTE_NO", "BUS_ROUTE_NO"),
    "name": ("RTE_NM", "BUS_ROUTE_NM"),
    "stop_id": ("STOPS_ID", "STTN_ID", "STND_BSST_ID"),
    "on": ("GTON_TNOPE", "RIDE_PASGR_NUM"),
    "off": ("GTOFF_TNOPE", "ALIGHT_PASGR_NUM"),
}
MOST = 60  # pages: a day of more than these is not read as whole


class BusRiders(Feed):
    """One row per route of the newest day told. A route of which one stop is not known is NaN."""

    title = "Bus riders"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/CardBusStatisticsServiceNew/1/1000/{day}/"
    every = "1d"
    lag = "4d"
    daily = 44
    pages = MOST + 1
    columns = {
        "route": Column("str", "Bus route", required=True),
        "name": Column("str", "Bus route and its ends"),
        "observed_at": Column(TIME, "Day", required=True),
        "served": Column("int64", "Stops served", low=0),
        "on": Column("float64", "Got on", "people", 0, 1_000_000),
        "off": Column("float64", "Got off", "people", 0, 1_000_000),
    }

    def __init__(self, **params):
        """Nothing is asked yet."""
        super().__init__(**params)
        self._newest = ""  # the address of the newest day that may be told

    def urls(self, now: datetime) -> Sequence[str]:
        """The day three days ago."""
        self._newest = self.url.replace("{day}", days_ago(now, 3))
        return [self._newest]

    def next(self, body: bytes, url: str) -> str | None:
        """The page after; the day before, while nothing is told of the newest."""
        if url == self._newest and seoul(body).empty:
            return before(url)
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows of a page: a route at a stop."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows[["route", "stop_id"]] = rows[["route", "stop_id"]].map(code)
        rows["name"] = rows["name"].map(plain)
        rows["observed_at"] = moments(rows["observed_at"])
        rows[["on", "off"]] = rows[["on", "off"]].apply(numbers)
        return rows

    def join(self, parts: Sequence[Frame]) -> pd.DataFrame:
        """The stops of all pages added up by route. Raises Unreadable after too many pages."""
        if len(parts) > MOST:
            raise Unreadable(f"more than {MOST} pages of a day")
        rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        if rows.empty:
            return empty(self.columns)
        rows = rows.drop_duplicates(ignore_index=True).dropna(subset=["observed_at"])
        by = [rows["route"], rows["name"]]
        unknown = rows[["on", "off"]].isna().groupby(by).any()
        routes = rows.groupby(by)
        told = routes.agg(observed_at=("observed_at", "first"), served=("stop_id", "nunique"))
        return told.join(routes[["on", "off"]].sum().mask(unknown)).reset_index()
