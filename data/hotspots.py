"""How crowded the city's 121 busiest places are.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government and KT, KOGL type 1)
Cadence  every 5 minutes, people 15 to 25 minutes late. One place a call: an ordinary key has one
         place in 98 seconds, the weighty places more often, and each row keeps its own time

People are an estimate from mobile signals, told as a range; its middle is not a count.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import pandas as pd

from data import TIME, Column, Feed, FeedError, empty
from data._citydata import CROWDED, KEEP, PLACE, URL, block, places, rows, told, where
from data._read import moments, number, numbers, plain
from data._turns import Turns, share

MEASURES = {
    "people_min": ("AREA_PPLTN_MIN",),
    "people_max": ("AREA_PPLTN_MAX",),
    "male": ("MALE_PPLTN_RATE",),
    "female": ("FEMALE_PPLTN_RATE",),
    "residents": ("RESNT_PPLTN_RATE",),
} | {f"age_{age}": (f"PPLTN_RATE_{age}",) for age in range(0, 80, 10)}
NAMES = MEASURES | {
    "level": ("AREA_CONGEST_LVL",),
    "substituted": ("REPLACE_YN",),
    "observed_at": ("PPLTN_TIME",),
}


class Hotspots(Feed):
    """One row per place. ``substituted``: the portal had to fill in other data.

    lon, lat are NaN and gu_code is "" for a place that is not in our table.
    """

    title = "People at busy places"
    source = "Seoul Metropolitan Government, KT"
    url = URL
    every = "5m"
    lag = "25m"
    daily = 880
    key = ("area_cd",)
    keep = KEEP
    mark = "estimate"
    columns = PLACE | {
        "level": Column("str", "Crowding", required=True),
        "level_en": Column("str", "Crowding (English)"),
        "people_min": Column("float64", "People, at least", "people", 0, 1_000_000),
        "people_max": Column("float64", "People, at most", "people", 0, 1_000_000),
        "male": Column("float64", "Men", "%", 0, 100),
        "female": Column("float64", "Women", "%", 0, 100),
        "residents": Column("float64", "Residents of the place", "%", 0, 100),
        "age_0": Column("float64", "Aged 0 to 9", "%", 0, 100),
        "age_10": Column("float64", "Aged 10 to 19", "%", 0, 100),
        "age_20": Column("float64", "Aged 20 to 29", "%", 0, 100),
        "age_30": Column("float64", "Aged 30 to 39", "%", 0, 100),
        "age_40": Column("float64", "Aged 40 to 49", "%", 0, 100),
        "age_50": Column("float64", "Aged 50 to 59", "%", 0, 100),
        "age_60": Column("float64", "Aged 60 to 69", "%", 0, 100),
        "age_70": Column("float64", "Aged 70 and over", "%", 0, 100),
        "substituted": Column("bool", "Filled in by the portal"),
        "lon": Column("float64", "Longitude", "°", 126, 128),
        "lat": Column("float64", "Latitude", "°", 37, 38),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def __init__(self, **params):
        """No place has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The places whose turn it is: all with a lifted key, else as many as our share allows.

        The practice city is asked at the pace of an ordinary key: the portal's answers are large.
        """
        rate = self.daily if self.portal.practice else share(self.portal, self.daily)
        weights = {row["name_ko"]: float(row["weight"]) for row in places()}
        ring = sorted(weights, key=weights.get, reverse=True)
        turn = self._turns.take(ring, now, rate, weights)
        return [self.url.replace("{place}", quote(name, safe="")) for name in turn]

    def lose(self, problem: FeedError) -> None:
        """Somebody else is asked next."""
        super().lose(problem)
        self._turns.again()

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The place of the answer, whatever was asked for: a sample key knows one place only."""
        city = told(body)
        if not (people := block(city, "LIVE_PPLTN_STTS")):
            return empty(self.columns)
        found, known = rows(city, people[:1], NAMES), where(city)
        found[list(MEASURES)] = found[list(MEASURES)].apply(numbers)
        level = found["level"].map(plain)
        return found.assign(
            level=level,
            level_en=level.map(CROWDED).fillna(""),
            substituted=found["substituted"].map(plain) == "Y",
            lon=number(known.get("lon")),
            lat=number(known.get("lat")),
            observed_at=moments(found["observed_at"]),
        )
