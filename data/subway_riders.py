"""How many people got on and off at each subway station in a day.

Source   data.seoul.go.kr, CardSubwayStatsNew (Seoul Metropolitan Government, KOGL type 1); fields
         from those who read the service, no answer of it is recorded
Cadence  daily, three days late; counted by the transport cards

The portal gives no place: that of the station is from places/stations.csv, by line and name.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import TIME, Column, Feed, empty
from data._days import before, days_ago
from data._envelope import seoul
from data._read import moments, numbers, pick, plain
from data._stations import station_places

NAMES = {
    "observed_at": ("USE_YMD", "USE_DT"),
    "line": ("SBWY_ROUT_LN_NM", "LINE_NUM"),
    "station": ("SBWY_STNS_NM", "SUB_STA_NM"),
    "on": ("GTON_TNOPE", "RIDE_PASGR_NUM"),
    "off": ("GTOFF_TNOPE", "ALIGHT_PASGR_NUM"),
}


class SubwayRiders(Feed):
    """One row per line and station of the newest day told; what is not a number is NaN.

    ``station_id`` is "" and lon, lat are NaN for a station that is not in our table.
    """

    title = "Subway riders"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/CardSubwayStatsNew/1/1000/{day}/"
    every = "1d"
    lag = "4d"
    daily = 2
    pages = 2
    key = ("line", "station")
    columns = {
        "line": Column("str", "Line", required=True),
        "station": Column("str", "Station", required=True),
        "station_id": Column("str", "Station id"),
        "observed_at": Column(TIME, "Day", required=True),
        "on": Column("float64", "Got on", "people", 0, 1_000_000),
        "off": Column("float64", "Got off", "people", 0, 1_000_000),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """The day three days ago."""
        return [self.url.replace("{day}", days_ago(now, 3))]

    def next(self, body: bytes, url: str) -> str | None:
        """The day before, while this one is not told yet."""
        return before(url) if seoul(body).empty else None

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """observed_at is when that day began."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows[["line", "station"]] = rows[["line", "station"]].map(plain)
        rows["observed_at"] = moments(rows["observed_at"])
        rows[["on", "off"]] = rows[["on", "off"]].apply(numbers)
        rows[["station_id", "lon", "lat"]] = station_places(rows["line"], rows["station"])
        return rows
