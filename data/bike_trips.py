"""How much each rental station of the public bikes (따릉이) was used in a month.

Source   data.seoul.go.kr, tbCycleRentUseMonthInfo (Seoul Metropolitan Government, KOGL type 1); the
         shape was seen, values were not: that MOVE_TIME is minutes is from memory
Cadence  monthly, some weeks late; asked once a day, three pages
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import TIME, Column, Feed, Frame, Unreadable, empty
from data._days import before, month_before
from data._envelope import seoul
from data._pages import page_after
from data._read import code, moments, numbers, pick

NAMES = {
    "station_id": ("RENT_ID",),
    "observed_at": ("RENT_DATE",),
    "trips": ("RENT_USE_CNT",),
    "minutes": ("MOVE_TIME",),
    "metres": ("MOVE_METER",),
}
MEASURES = ["trips", "minutes", "metres"]
MOST = 6  # pages: a month of more than these is not read as whole


class BikeTrips(Feed):
    """One row per station of the newest month told; observed_at is when that month began.

    What was not told of a station is NaN. Where it comes by the day, its days are added up.
    """

    title = "Public bike trips in a month"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/tbCycleRentUseMonthInfo/1/1000/{month}/"
    every = "1d"
    lag = "95d"
    daily = 8
    pages = MOST + 1
    retention = "800d"
    columns = {
        "station_id": Column("str", "Station id", required=True),
        "observed_at": Column(TIME, "Month", required=True),
        "trips": Column("float64", "Trips", "trips", 0, 1_000_000),
        "minutes": Column("float64", "Ridden", "min", 0, 10_000_000),
        "metres": Column("float64", "Distance ridden", "m", 0, 90_000_000),
    }

    def __init__(self, **params):
        """Nothing is asked yet."""
        super().__init__(**params)
        self._newest = ""  # the address of the newest month that may be told

    def urls(self, now: datetime) -> Sequence[str]:
        """The last full month."""
        self._newest = self.url.replace("{month}", month_before(now))
        return [self._newest]

    def next(self, body: bytes, url: str) -> str | None:
        """The page after; the month before, while nothing is told of the last."""
        if url == self._newest and seoul(body).empty:
            return before(url)
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows of a page; ``20240101`` and ``202401`` are January 2024."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["station_id"] = rows["station_id"].map(code)
        rows["observed_at"] = moments(rows["observed_at"].map(lambda day: f"{code(day)[:6]}01"))
        rows[MEASURES] = rows[MEASURES].apply(numbers)
        return rows

    def join(self, parts: Sequence[Frame]) -> pd.DataFrame:
        """All pages added up by station. Raises Unreadable after too many pages."""
        if len(parts) > MOST:
            raise Unreadable(f"more than {MOST} pages of a month")
        rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        if rows.empty:
            return rows
        by = [rows["station_id"], rows["observed_at"]]
        unknown = rows[MEASURES].isna().groupby(by).any()
        return rows.groupby(by)[MEASURES].sum().mask(unknown).reset_index()
