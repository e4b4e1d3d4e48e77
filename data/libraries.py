"""Public and small libraries: where they are, when they open and on which days they do not.

Source   data.seoul.go.kr, SeoulPublicLibraryInfo (Seoul Metropolitan Government, KOGL type 1); the
         same in the file of SeoulLibraryTimeInfo, in lower case
Cadence  now and then; asked once a day

XCNTS is the latitude there and YDNTS the longitude: their range decides.
"""

import pandas as pd

from data import Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, lonlat, pick, plain

NAMES = {
    "library_id": ("LBRRY_SEQ_NO",),
    "name": ("LBRRY_NAME",),
    "district": ("CODE_VALUE",),
    "address": ("ADRES",),
    "closed": ("FDRM_CLOSE_DATE",),
    "x": ("XCNTS",),
    "y": ("YDNTS",),
}
TEXTS = ("name", "district", "address", "closed")
MORE = {"hours": "OP_TIME", "kind": "LBRRY_SE_NAME"}  # not in the file


class Libraries(Feed):
    """One row per library; ``closed`` is the regular rest day, or 휴관중 while it is shut.

    ``hours`` and ``kind`` are "" where the answer has no such column.
    """

    title = "Libraries"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/SeoulPublicLibraryInfo/1/1000/"
    every = "1d"
    daily = 2
    pages = 3
    key = ("library_id",)
    columns = {
        "library_id": Column("str", "Library id", required=True),
        "name": Column("str", "Library", required=True),
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
        """A library marked [폐관] is closed for good and left out."""
        told = seoul(body).rename(columns=str.upper)
        if told.empty:
            return empty(self.columns)
        rows = pick(told, NAMES)
        for name in TEXTS:
            rows[name] = rows[name].map(plain)
        for ours, theirs in MORE.items():
            rows[ours] = told[theirs].map(plain) if theirs in told else ""
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        rows = rows.assign(
            library_id=rows["library_id"].map(code), gu_code=gu_codes(rows["district"])
        )
        return rows[~rows["name"].str.startswith("[폐관]")]
