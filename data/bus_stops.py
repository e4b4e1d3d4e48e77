"""The bus stops around the stations of the subway and the middles of the districts.

Source   Seoul TOPIS through ws.bus.go.kr, stationinfo/getStationByPos (KOGL type 1)
Cadence  stops hardly change. One place a call: within a key's budget the places take turns and
         come round in some weeks, with a lifted key each time; what is held stays
"""

import functools
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from data import Column, Feed, empty
from data._bus import ars
from data._envelope import bus
from data._places import table
from data._read import code, lonlat, pick, plain
from data._turns import share

NAMES = {
    "ars_id": ("arsId",),
    "stop_id": ("stationId",),
    "name": ("stationNm",),
    "lon": ("gpsX",),
    "lat": ("gpsY",),
}
TURNS = 4  # a day, as ``every`` has it
PLACES = Path(__file__).parent / "places"


class BusStops(Feed):
    """One row per stop with a number. A sign on either side of a road is a stop of its own.

    The portal tells no time: observed_at is when we asked last.
    """

    title = "Bus stops"
    source = "Seoul TOPIS"
    url = (
        "{bus}/api/rest/stationinfo/getStationByPos?serviceKey={bus_key}&tmX={lon}&tmY={lat}"
        "&radius=700&resultType=json"
    )
    every = "6h"
    lag = "6h"
    daily = 20
    key = ("ars_id",)
    keep = "90d"
    columns = {
        "ars_id": Column("str", "Stop number", required=True),
        "stop_id": Column("str", "Stop id", required=True),
        "name": Column("str", "Bus stop", required=True),
        "lon": Column("float64", "Longitude", "°E", required=True),
        "lat": Column("float64", "Latitude", "°N", required=True),
    }

    def __init__(self, **params):
        """No place has had its turn yet."""
        super().__init__(**params)
        self._next = 0

    def urls(self, now: datetime) -> Sequence[str]:
        """The next places round the ring: all of them with a lifted key, else as our share says."""
        ring = _places()
        rate = min(share(self.portal, self.daily), TURNS * len(ring))
        first, many = self._next, max(int(rate / TURNS), 1)
        self._next = (first + many) % len(ring)
        ask = self.url.replace("{lon}&tmY={lat}", "{place}")
        return [ask.replace("{place}", (ring + ring)[first + n]) for n in range(many)]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as told; what lies outside the city has no place and is dropped."""
        rows = bus(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        places = [lonlat(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
        rows[["lon", "lat"]] = places
        return rows.assign(
            ars_id=rows["ars_id"].map(ars),
            stop_id=rows["stop_id"].map(code),
            name=rows["name"].map(plain),
        )


@functools.cache
def _places() -> list[str]:
    """Where to ask, as a query says it: the districts' middles, then the city's stations."""
    districts = table((PLACES / "districts.csv").read_bytes())
    stations = table((PLACES / "stations.csv").read_bytes())
    stations = stations[stations["in_seoul"] == "1"].drop_duplicates("name_ko")
    places = pd.concat([districts[["lon", "lat"]], stations[["lon", "lat"]]])
    return [f"{lon}&tmY={lat}" for lon, lat in zip(places["lon"], places["lat"], strict=True)]
