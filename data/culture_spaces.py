"""Halls, galleries, museums, libraries and other places of culture.

Source   data.seoul.go.kr, culturalSpaceInfo (Seoul Metropolitan Government, KOGL type 1); names of
         fields from those who read the service, no answer of it is recorded
Cadence  now and then; asked once a day

X_COORD is the latitude there and Y_COORD the longitude: their range decides.
"""

import pandas as pd

from data import Column, Feed, empty
from data._districts import district_in, gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, lonlat, pick, plain

NAMES = {
    "space_id": ("NUM",),
    "name": ("FAC_NAME",),
    "kind": ("SUBJCODE",),
    "address": ("ADDR",),
    "hours": ("OPENHOUR",),
    "closed": ("CLOSEDAY",),
    "x": ("X_COORD",),
    "y": ("Y_COORD",),
}
TEXTS = ("name", "kind", "address", "hours", "closed")


class CultureSpaces(Feed):
    """One row per place; lon and lat are NaN where the portal gives none in the city."""

    title = "Places of culture"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/culturalSpaceInfo/1/1000/"
    every = "1d"
    daily = 2
    pages = 3
    key = ("space_id",)
    columns = {
        "space_id": Column("str", "Code", required=True),
        "name": Column("str", "Place of culture", required=True),
        "kind": Column("str", "Kind"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "address": Column("str", "Address"),
        "hours": Column("str", "Opening hours"),
        "closed": Column("str", "Closed on"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The district is the one in the address."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["space_id"] = rows["space_id"].map(code)
        for name in TEXTS:
            rows[name] = rows[name].map(plain)
        district = rows["address"].map(district_in)
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(district=district, gu_code=gu_codes(district))
