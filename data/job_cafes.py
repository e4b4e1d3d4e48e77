"""Job cafés (일자리카페): where to get advice on jobs, a study room, a printer.

Source   data.seoul.go.kr, jobCafeOpenInfo (Seoul Metropolitan Government, KOGL type 1);
         names of fields from those who read it, no answer of it is recorded
Cadence  now and then; asked twice a day

The portal gives no coordinates: those are of places/job_cafes.csv, by name.
"""

import functools
from pathlib import Path

import pandas as pd

from data import Column, Feed, empty
from data._envelope import seoul
from data._places import measures, table
from data._read import pick, plain

PLACES = Path(__file__).parent / "places"
NAMES = {
    "name": ("CAFE_NM",),
    "kind": ("CAFE_TYPE_NM",),
    "district": ("GUGUN",),
    "hours": ("USE_DT",),
    "closed": ("HOLI_DD",),
    "how_to_book": ("APPR_MTHD_NM",),
    "address": ("BASS_ADRES_CN", "ROAD_ADRES2_CN"),
}
LISTS = {"offers": "RSRV_SGGST", "facilities": "FACLT_INFO"}  # each in ten columns, 1 to 10


class JobCafes(Feed):
    """One row per café; lon and lat are NaN, and ``mark`` is "", for one that is not in our table.

    ``mark``: found (in the press as a job café), known (a youth space) or assumed. ``gu_code`` is
    "" for a district of another name.
    """

    title = "Job cafés"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/jobCafeOpenInfo/1/1000/"
    every = "12h"
    daily = 2
    columns = {
        "name": Column("str", "Job café", required=True),
        "kind": Column("str", "Kind"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "hours": Column("str", "Opening hours"),
        "closed": Column("str", "Closed on"),
        "how_to_book": Column("str", "How to book"),
        "address": Column("str", "Address"),
        "offers": Column("str", "To be booked"),
        "facilities": Column("str", "Facilities"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "mark": Column("str", "How we know"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The two lists of ten columns each as one text, ", " between; a blank is left out."""
        told = seoul(body)
        if told.empty:
            return empty(self.columns)
        rows = pick(told, NAMES).map(plain)
        for ours, theirs in LISTS.items():
            cells = told[[c for n in range(1, 11) if (c := f"{theirs}{n}") in told]].map(plain)
            rows[ours] = [", ".join(filter(None, row)) for row in cells.to_numpy()]
        places, districts = _known()
        found = places.reindex(rows["name"].map(_bare)).set_index(rows.index)
        rows[["lon", "lat"]] = found[["lon", "lat"]]
        return rows.assign(
            mark=found["mark"].fillna(""), gu_code=rows["district"].map(districts).fillna("")
        )


def _bare(name: str) -> str:
    """A name without its blanks, which the portal's clerks put anywhere."""
    return "".join(name.split())


@functools.cache
def _known() -> tuple[pd.DataFrame, dict[str, str]]:
    """lon, lat and mark of the cafés of our table by bare name; codes of districts by name."""
    cafes = measures(table((PLACES / "job_cafes.csv").read_bytes()), "lon", "lat")
    districts = table((PLACES / "districts.csv").read_bytes())
    codes = dict(zip(districts["name_ko"], districts["gu_code"], strict=True))
    return cafes.set_index(cafes["name_ko"].map(_bare)), codes
