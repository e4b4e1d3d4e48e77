"""The larger parks: what is in them and how to get there.

Source   data.seoul.go.kr, SearchParkInfoService (Seoul Metropolitan Government, KOGL type 1)
Cadence  now and then; asked once a day

XCRD_G and YCRD_G lie up to 860 m off the park: XCRD and YCRD are read.
"""

import pandas as pd

from data import Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._read import code, lonlat, numbers, pick, plain

NAMES = {  # since 2026, before
    "park_id": ("SN", "P_IDX"),
    "name": ("PARK_NM", "P_PARK"),
    "about": ("PARK_OTLN", "P_LIST_CONTENT"),
    "area": ("AREA",),
    "opened": ("OPEN_YMD", "OPEN_DT"),
    "facilities": ("MAIN_FCLT", "MAIN_EQUIP"),
    "plants": ("MAIN_PLNT", "MAIN_PLANTS"),
    "way": ("VST_ROAD", "VISIT_ROAD"),
    "district": ("RGN", "P_ZONE"),
    "address": ("PARK_ADDR", "P_ADDR"),
    "x": ("XCRD", "LONGITUDE"),
    "y": ("YCRD", "LATITUDE"),
}
TEXTS = ("name", "about", "opened", "facilities", "plants", "way", "district", "address")


class ParkInfo(Feed):
    """One row per park. ``opened`` is a day as the portal writes it (1968.9.10), or ""."""

    title = "Park guide"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/SearchParkInfoService/1/1000/"
    every = "1d"
    daily = 2
    key = ("park_id",)
    columns = {
        "park_id": Column("str", "Code", required=True),
        "name": Column("str", "Park", required=True),
        "about": Column("str", "About"),
        "area": Column("float64", "Area", "m²", 0, 50_000_000),
        "opened": Column("str", "Opened on"),
        "facilities": Column("str", "Facilities"),
        "plants": Column("str", "Plants"),
        "way": Column("str", "How to get there"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "address": Column("str", "Address"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """An area in other words than ``2896887㎡`` is NaN; long texts lose their HTML."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        area = rows["area"].map(code).str.replace(r"\s*(㎡|m²|m2)\s*$", "", regex=True)
        for name in TEXTS:
            rows[name] = rows[name].map(plain)
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(
            park_id=rows["park_id"].map(code),
            area=numbers(area),
            gu_code=gu_codes(rows["district"]),
        )
