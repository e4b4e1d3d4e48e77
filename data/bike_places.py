"""Rental stations of the public bikes (따릉이) with their district and address.

Source   data.seoul.go.kr, tbCycleStationInfo (Seoul Metropolitan Government, KOGL type 1)
Cadence  now and then; asked once a day, four pages
"""

import pandas as pd

from data import Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, lonlat, numbers, pick, plain

NAMES = {
    "station_id": ("RENT_ID",),
    "number": ("RENT_NO",),
    "name": ("RENT_NM",),
    "district": ("STA_LOC",),
    "address": ("STA_ADD1",),
    "racks": ("HOLD_NUM",),
    "lon": ("STA_LONG",),
    "lat": ("STA_LAT",),
}


class BikePlaces(Feed):
    """One row per station. ``gu_code`` is "" where the district has no name of ours."""

    title = "Public bike stations"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/tbCycleStationInfo/1/1000/"
    every = "1d"
    daily = 8
    pages = 8
    key = ("station_id",)
    columns = {
        "station_id": Column("str", "Station id", required=True),
        "number": Column("str", "Number"),
        "name": Column("str", "Rental station", required=True),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "address": Column("str", "Address"),
        "racks": Column("float64", "Racks", low=0, high=1000),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The number keeps its zeros, ``00108``."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows[["station_id", "number"]] = rows[["station_id", "number"]].map(code)
        for name in ("name", "district", "address"):
            rows[name] = rows[name].map(plain)
        places = [lonlat(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(racks=numbers(rows["racks"]), gu_code=gu_codes(rows["district"]))
