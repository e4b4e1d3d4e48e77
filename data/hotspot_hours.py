"""How many people were at the busy places, hour by hour, for four weeks: what is usual there.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government and KT, KOGL type 1)
Cadence  as hotspots, whose answers it reads; of each hour the last that was told stays
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import PLACE, URL, block, rows, told, where
from data._read import moments, number, numbers, plain

NAMES = {
    "people_min": ("AREA_PPLTN_MIN",),
    "people_max": ("AREA_PPLTN_MAX",),
    "substituted": ("REPLACE_YN",),
    "observed_at": ("PPLTN_TIME",),
}


class HotspotHours(Feed):
    """One row per place and hour. What the portal filled in itself is no observation: NaN.

    lon, lat are NaN for a place that is not in our table.
    """

    title = "People at busy places by the hour"
    source = "Seoul Metropolitan Government, KT"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "25m"
    key = ("area_cd", "hour")
    keep = "29d"
    mark = "estimate"
    columns = {
        "area_cd": PLACE["area_cd"],
        "hour": Column(TIME, "Hour", required=True),
        "people_min": Column("float64", "People, at least", "people", 0, 1_000_000),
        "people_max": Column("float64", "People, at most", "people", 0, 1_000_000),
        "lon": Column("float64", "Longitude", "°", 126, 128),
        "lat": Column("float64", "Latitude", "°", 37, 38),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The people of the place of the answer."""
        city = told(body)
        if not (people := block(city, "LIVE_PPLTN_STTS")):
            return empty(self.columns)
        found, known = rows(city, people[:1], NAMES), where(city)
        counts = found[["people_min", "people_max"]].apply(numbers)
        filled_in = found["substituted"].map(plain) == "Y"
        when = moments(found["observed_at"])
        return found.assign(
            **counts.mask(filled_in),
            lon=number(known.get("lon")),
            lat=number(known.get("lat")),
            observed_at=when,
            hour=when.dt.floor("h"),
        )
