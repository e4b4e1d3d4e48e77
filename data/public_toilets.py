"""Public toilets, and those that shops and offices open to everybody.

Source   data.seoul.go.kr, mgisToiletPoi (Seoul Metropolitan Government, KOGL type 1); names of
         fields from those who read the service, no answer of it is recorded. Until 2019 they began
         with COT_, as those of the other map themes do
Cadence  now and then; about 4,500 rows in five calls: asked once a day, on an ordinary key less
"""

import pandas as pd

from data import Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, lonlat, pick, plain

NAMES = {
    "toilet_id": ("OBJECTID", "COT_CONTS_ID"),
    "name": ("CONTS_NAME", "COT_CONTS_NAME"),
    "district": ("GU_NAME", "COT_GU_NAME"),
    "address": ("ADDR_NEW", "COT_ADDR_FULL_NEW"),
    "x": ("COORD_X", "COT_COORD_X"),
    "y": ("COORD_Y", "COT_COORD_Y"),
}
MORE = {"kind": "VALUE_01", "hours": "VALUE_02", "accessible": "VALUE_05"}  # not in the old shape


class PublicToilets(Feed):
    """One row per toilet. ``hours`` as the district's clerk wrote them; "" where not told.

    ``accessible`` names for whom there is a wheelchair toilet: 남자, 여자, both, or "".
    """

    title = "Public toilets"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/mgisToiletPoi/1/1000/"
    every = "1d"
    daily = 2
    pages = 8
    key = ("toilet_id",)
    columns = {
        "toilet_id": Column("str", "Code", required=True),
        "name": Column("str", "Toilet", required=True),
        "kind": Column("str", "Kind"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "address": Column("str", "Address"),
        "hours": Column("str", "Opening hours"),
        "accessible": Column("str", "Wheelchair toilet"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The portal parts and ends its lists with ``|``: ``남자|여자|`` is "남자, 여자"."""
        told = seoul(body)
        if told.empty:
            return empty(self.columns)
        rows = pick(told, NAMES)
        rows["toilet_id"] = rows["toilet_id"].map(code)
        for name in ("name", "district", "address"):
            rows[name] = rows[name].map(plain)
        for ours, theirs in MORE.items():
            rows[ours] = told[theirs].map(_listed) if theirs in told else ""
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(gu_code=gu_codes(rows["district"]))


def _listed(text: object) -> str:
    return ", ".join(filter(None, (part.strip() for part in plain(text).split("|"))))
