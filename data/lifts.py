"""Lifts, escalators and wheelchair lifts of the subway: which of them run.

Source   Seoul Metro through data.go.kr, B553766/wksn getWksnElvtr, getWksnEsctr, getWksnWhcllift,
         getWksnMvnwlk (KOGL type 1); the states from those who read the service
Cadence  when Seoul Metro changes a state; asked every quarter of an hour

The portal gives no time of its own (crtrYmd is when a lift was entered): observed_at is when we
asked. It gives no place: that of the station is from places/stations.csv, by line and name.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import Column, Feed, empty
from data._envelope import kma
from data._read import code, pick, plain
from data._stations import station_places

KINDS = {
    "getWksnElvtr": "lift",
    "getWksnEsctr": "escalator",
    "getWksnWhcllift": "wheelchair lift",
    "getWksnMvnwlk": "moving walkway",
}
STATES = {
    "M": "running",
    "S": "under repair",
    "T": "stopped",
    "I": "being inspected",
    "B": "under construction",
}
GONE = "D"
PAGE = 1000
NAMES = {
    "number": ("mngNo",),
    "name": ("fcltNm",),
    "line": ("lineNm",),
    "station": ("stnNm",),
    "state": ("oprtngSitu",),
}


class Lifts(Feed):
    """One row per lift, those taken away left out; ``state`` is "" where none is told.

    ``station_id`` is "" and lon, lat are NaN for a station that is not in our table.
    """

    title = "Lifts of the subway"
    source = "Seoul Metro"
    url = (
        "{data_go}/B553766/wksn/{operation}?serviceKey={data_go_key}&dataType=JSON"
        f"&pageNo=1&numOfRows={PAGE}"
    )
    every = "15m"
    daily = 800
    pages = 6
    columns = {
        "lift_id": Column("str", "Lift id", required=True),
        "kind": Column("str", "Kind", required=True),
        "name": Column("str", "Lift"),
        "line": Column("str", "Line"),
        "station": Column("str", "Station", required=True),
        "station_id": Column("str", "Station id"),
        "place": Column("str", "Place"),
        "state": Column("str", "State"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """One question a kind."""
        return [self.url.replace("{operation}", operation) for operation in KINDS]

    def next(self, body: bytes, url: str) -> str | None:
        """The next page, until a short one."""
        before, _, page = url.partition("&pageNo=")
        number, _, after = page.partition("&")
        return f"{before}&pageNo={int(number) + 1}&{after}" if len(kma(body)) == PAGE else None

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A lift's id is its fcltNo; one without has its station's code, its kind and number."""
        told = kma(body)
        if told.empty:
            return empty(self.columns)
        kind = next((k for operation, k in KINDS.items() if f"/{operation}?" in url), "lift")
        rows = pick(told, NAMES)
        for name in ("name", "line", "station"):
            rows[name] = rows[name].map(plain)
        short = _told(told, "stnCd") + f" {kind} " + rows["number"].map(code)
        given = _told(told, "fcltNo")
        place = _told(told, "dtlPstn")
        state = rows["state"].map(code).str.upper()
        rows = rows.assign(
            lift_id=given.where(given != "", short),
            kind=kind,
            place=place.where(place != "", _told(told, "bgngFlrDtlPstn")),
            state=state.map(STATES).fillna(""),
        )
        rows[["station_id", "lon", "lat"]] = station_places(rows["line"], rows["station"])
        return rows[state != GONE].reset_index(drop=True)


def _told(rows: pd.DataFrame, name: str) -> pd.Series:
    """A field that not every kind of lift has, as text."""
    return rows[name].map(plain) if name in rows else pd.Series("", rows.index, dtype="str")
