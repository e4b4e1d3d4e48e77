"""Free beds of the emergency rooms of Seoul.

Source   National Medical Center through data.go.kr, B552657 getEmrrmRltmUsefulSckbdInfoInqire
         (KOGL type 1); shape from memory, not yet seen
Cadence  every few minutes, each hospital when it reports

The portal gives no place here: those of the large hospitals are in places/hospitals.csv, by name.
"""

import functools
from pathlib import Path

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import kma
from data._places import measures, table
from data._read import code, moments, numbers, pick, plain

NAMES = {
    "hospital_id": ("hpid",),
    "name": ("dutyName",),
    "observed_at": ("hvidate",),
    "emergency_beds": ("hvec",),
    "operating_rooms": ("hvoc",),
    "ward_beds": ("hvgc",),
}
BEDS = ["emergency_beds", "operating_rooms", "ward_beds"]


class EmergencyRooms(Feed):
    """One row per hospital. Fewer beds than none means that as many people wait for one.

    ``gu_code`` is "" and lon, lat are NaN for a hospital that is not in our table.
    """

    title = "Emergency rooms"
    source = "National Medical Center"
    url = (
        "{data_go}/B552657/ErmctInfoInqireService/getEmrrmRltmUsefulSckbdInfoInqire"
        "?serviceKey={data_go_key}&STAGE1=%EC%84%9C%EC%9A%B8%ED%8A%B9%EB%B3%84%EC%8B%9C"
        "&pageNo=1&numOfRows=100"
    )
    every = "5m"
    lag = "15m"
    daily = 300
    columns = {
        "hospital_id": Column("str", "Hospital id", required=True),
        "name": Column("str", "Hospital", required=True),
        "name_en": Column("str", "Hospital (English)"),
        "emergency_beds": Column("float64", "Emergency beds free", "beds", -200, 500),
        "operating_rooms": Column("float64", "Operating rooms free", "rooms", -100, 200),
        "ward_beds": Column("float64", "Ward beds free", "beds", -500, 3000),
        "gu_code": Column("str", "District"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A field that is not there is unknown for all; without beds at all raises Unreadable."""
        told = kma(body)
        if told.empty:
            return empty(self.columns)
        told = told.reindex(columns=[*told, *({"hvoc", "hvgc"} - set(told))])
        rows = pick(told, NAMES)
        rows = rows.assign(
            hospital_id=rows["hospital_id"].map(code),
            name=rows["name"].map(plain),
            observed_at=moments(rows["observed_at"]),
        )
        rows[BEDS] = rows[BEDS].apply(numbers)
        places = _places().reindex(rows["name"].map(_bare)).set_index(rows.index)
        rows[["lon", "lat"]] = places[["lon", "lat"]]
        return rows.assign(
            gu_code=places["gu_code"].fillna(""), name_en=places["name_en"].fillna("")
        )


def _bare(name: str) -> str:
    """A name without its blanks."""
    return "".join(name.split())


@functools.cache
def _places() -> pd.DataFrame:
    """Our table of hospitals, by name."""
    rows = table((Path(__file__).parent / "places" / "hospitals.csv").read_bytes())
    return measures(rows, "lon", "lat").set_index(rows["name_ko"].map(_bare))
