"""Earthquake shelters as the open data portal lists them, outdoors and indoors alike."""

import functools
from pathlib import Path

import pandas as pd

from data._columns import Column, empty
from data._envelope import seoul
from data._places import table
from data._read import lonlat, pick, plain

PAGE = 1000
NAMES = {
    "name": ("EQUP_NM",),
    "district": ("SGG_NM",),
    "address": ("LOC_SFPR_A",),
    "x": ("XCORD",),
    "y": ("YCORD",),
}
COLUMNS = {
    "name": Column("str", "Shelter", required=True),
    "gu_code": Column("str", "District"),
    "district": Column("str", "District (Korean)"),
    "address": Column("str", "Address"),
    "lon": Column("float64", "Longitude", "°E"),
    "lat": Column("float64", "Latitude", "°N"),
}


def page_after(body: bytes, url: str) -> str | None:
    """The url of the next thousand, until a short page."""
    if len(seoul(body)) < PAGE:
        return None
    before, first, _ = url.rstrip("/").rsplit("/", 2)
    return f"{before}/{int(first) + PAGE}/{int(first) + 2 * PAGE - 1}/"


def shelters(body: bytes) -> pd.DataFrame:
    """The rows as COLUMNS: gu_code "" for an unknown district, NaN for a place not in the city."""
    rows = seoul(body)
    if rows.empty:
        return empty(COLUMNS)
    rows = pick(rows, NAMES)
    for name in ("name", "district", "address"):
        rows[name] = rows[name].map(plain)
    rows["gu_code"] = rows["district"].map(_districts()).fillna("")
    places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
    rows[["lon", "lat"]] = pd.DataFrame(places, index=rows.index, columns=["lon", "lat"])
    return rows


@functools.cache
def _districts() -> dict[str, str]:
    rows = table((Path(__file__).parent / "places" / "districts.csv").read_bytes())
    return dict(zip(rows["name_ko"], rows["gu_code"], strict=True))
