"""Seoul Future Heritage (서울미래유산): what is to be kept for those who come after.

Source   map.seoul.go.kr, Smart Seoul Map, theme 100032 (Seoul Metropolitan Government, KOGL
         type 1); its shape from those who read it, no answer of it is recorded
Cadence  now and then; asked once a day
"""

import re

import pandas as pd

from data import Column, Feed, empty
from data._districts import gu_codes
from data._envelope import smart_map
from data._gate import fields, opened
from data._read import code, lonlat, number, pick, plain

NAMES = {
    "heritage_id": ("COT_CONTS_ID",),
    "name": ("COT_CONTS_NAME",),
    "district": ("COT_GU_NAME",),
    "address": ("COT_ADDR_FULL_NEW",),
    "x": ("COT_COORD_X",),
    "y": ("COT_COORD_Y",),
}
PAGE = re.compile(r"page_no=(\d+)")


class Heritage(Feed):
    """One row per heritage; lon and lat are NaN for what has no place, a book or a song."""

    title = "Future heritage"
    source = "Seoul Metropolitan Government"
    url = (
        "{map}/openapi/v5/{map_key}/public/themes/contents/ko?page_size=500&page_no=1"
        "&coord_x=126.978&coord_y=37.5665&distance=50000&search_type=0&search_name="
        "&theme_id=100032&content_id=&subcate_id="
    )
    every = "1d"
    daily = 20
    pages = 10
    key = ("heritage_id",)
    columns = {
        "heritage_id": Column("str", "Code", required=True),
        "name": Column("str", "Heritage", required=True),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "address": Column("str", "Address"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next of the pages that the answer counts."""
        last = number(fields(fields(opened(body)).get("header")).get("PAGE_COUNT"))
        page = int(PAGE.search(url)[1])
        return PAGE.sub(f"page_no={page + 1}", url) if page < last else None

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Names without the entities that the map writes in them."""
        rows = smart_map(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["heritage_id"] = rows["heritage_id"].map(code)
        for name in ("name", "district", "address"):
            rows[name] = rows[name].map(plain)
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(gu_code=gu_codes(rows["district"]))
