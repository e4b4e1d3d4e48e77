"""How fast traffic moves around the busy places.

Source   TOPIS through data.seoul.go.kr, citydata (Seoul Metropolitan Government, KOGL type 1)
Cadence  5 minutes, as the places have their turn (see hotspots)
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import KEEP, PLACE, URL, roads, rows, told
from data._read import moments, numbers, plain

NAMES = {
    "level": ("ROAD_TRAFFIC_IDX",),
    "speed": ("ROAD_TRAFFIC_SPD",),
    "observed_at": ("ROAD_TRAFFIC_TIME",),
}
FLOWING = {"원활": "Smooth", "서행": "Slow", "정체": "Congested"}


class HotspotRoads(Feed):
    """One row per place: the roads around it together."""

    title = "Roads at busy places"
    source = "Seoul TOPIS"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "10m"
    key = ("area_cd",)
    keep = KEEP
    columns = PLACE | {
        "level": Column("str", "Traffic", required=True),
        "level_en": Column("str", "Traffic (English)"),
        "speed": Column("float64", "Speed", "km/h", 0, 200),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """No row for a place of which no roads are told."""
        city = told(body)
        if not (average := roads(city)):
            return empty(self.columns)
        found = rows(city, average, NAMES)
        level = found["level"].map(plain)
        return found.assign(
            level=level,
            level_en=level.map(FLOWING).fillna(""),
            speed=numbers(found["speed"]),
            observed_at=moments(found["observed_at"]),
        )
