"""How crowded the busy places will be, hour by hour, for the next twelve hours.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government and KT, KOGL type 1)
Cadence  as the places have their turn (see hotspots); ``observed_at`` is when it was told from
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import CROWDED, KEEP, PLACE, URL, block, rows, told
from data._read import moments, numbers, plain

NAMES = {
    "forecast_at": ("FCST_TIME",),
    "level": ("FCST_CONGEST_LVL",),
    "people_min": ("FCST_PPLTN_MIN",),
    "people_max": ("FCST_PPLTN_MAX",),
}


class HotspotForecast(Feed):
    """One row per place and hour to come; a place without a forecast has none."""

    title = "Crowding to come"
    source = "Seoul Metropolitan Government, KT"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "25m"
    key = ("area_cd",)
    keep = KEEP
    mark = "estimate"
    columns = PLACE | {
        "forecast_at": Column(TIME, "Forecast for", required=True),
        "level": Column("str", "Crowding", required=True),
        "level_en": Column("str", "Crowding (English)"),
        "people_min": Column("float64", "People, at least", "people", 0, 1_000_000),
        "people_max": Column("float64", "People, at most", "people", 0, 1_000_000),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The hours in the order of the portal."""
        city = told(body)
        people = block(city, "LIVE_PPLTN_STTS")[:1]
        if not (hours := [hour for one in people for hour in block(one, "FCST_PPLTN")]):
            return empty(self.columns)
        found = rows(city, hours, NAMES)
        level = found["level"].map(plain)
        since = pd.Series([people[0].get("PPLTN_TIME")] * len(found), found.index)
        return found.assign(
            forecast_at=moments(found["forecast_at"]),
            level=level,
            level_en=level.map(CROWDED).fillna(""),
            people_min=numbers(found["people_min"]),
            people_max=numbers(found["people_max"]),
            observed_at=moments(since),
        )
