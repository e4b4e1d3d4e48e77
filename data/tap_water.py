"""How much water the waterworks take in, send out and supply in a day.

Source   data.seoul.go.kr, WoWcbsDayStatic (Seoul Metropolitan Government, KOGL type 1); names of
         fields from those who read the service, no answer of it is recorded
Cadence  daily, the day before

The unit was not seen; the numbers its readers give are those of cubic metres a day.
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import seoul
from data._read import code, moments, numbers, pick, plain

NAMES = {
    "observed_at": ("YMD",),
    "works": ("BUSNP_NM",),
    "measure": ("ROF_SE_NM",),
    "volume": ("MSRMT_VL",),
}
MEASURES = {"취수": "Intake", "송수": "Sent out", "공급": "Supplied"}


class TapWater(Feed):
    """One row per works and measure of its last day. Measures are never added up: the same water
    is taken in by a purification centre, sent out by it, and supplied by a district office.
    """

    title = "Waterworks (Arisu)"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/WoWcbsDayStatic/1/300/"
    every = "12h"
    lag = "2d"
    daily = 2
    columns = {
        "works": Column("str", "Works", required=True),
        "measure": Column("str", "Measure", required=True),
        "measure_en": Column("str", "Measure (English)"),
        "observed_at": Column(TIME, "Day", required=True),
        "volume": Column("float64", "Volume in a day", "m³", 0, 10_000_000),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A measure of another name is told as it is, also in English."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows[["works", "measure"]] = rows[["works", "measure"]].map(plain)
        rows["observed_at"] = moments(rows["observed_at"].map(code))
        rows["volume"] = numbers(rows["volume"])
        rows["measure_en"] = rows["measure"].str[:2].map(MEASURES).fillna(rows["measure"])
        rows = rows.sort_values("observed_at", na_position="first", kind="stable")
        return rows.drop_duplicates(["works", "measure"], keep="last").reset_index(drop=True)
