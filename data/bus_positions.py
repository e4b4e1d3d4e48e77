"""Where the buses of the routes are that somebody looks at.

Source   Seoul TOPIS through ws.bus.go.kr, buspos/getBusPosByRtid (KOGL type 1). The shape is that
         of getBusPosByRouteSt; that a place is gpsX, gpsY here is from memory, not yet seen
Cadence  seconds; asked each half minute, only for routes in ``wanted``, in turns within the key
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import pandas as pd

from data import TIME, Column, Feed, empty
from data._bus import crowding
from data._envelope import bus
from data._read import code, lonlat, moments, numbers, pick
from data._turns import Turns, share

NAMES = {
    "route_id": ("routeId", "busRouteId"),
    "vehicle_id": ("vehId",),
    "order": ("sectOrd",),
    "last_stop_id": ("lastStnId",),
    "stands": ("stopFlag",),
    "crowding": ("congetion", "congestion"),
    "full": ("isFullFlag",),
    "low_floor": ("busType",),
    "lon": ("gpsX", "tmX"),
    "lat": ("gpsY", "tmY"),
    "observed_at": ("dataTm",),
}
FLAGS = ["stands", "full", "low_floor"]


class BusPositions(Feed):
    """One row per bus on its way. A route that is not asked again goes after ten minutes.

    ``order`` counts the stretches between stops from 1; ``crowding`` is "" when nobody knows.
    """

    title = "Buses on their way"
    source = "Seoul TOPIS"
    url = (
        "{bus}/api/rest/buspos/getBusPosByRtid?serviceKey={bus_key}&busRouteId={route_id}"
        "&resultType=json"
    )
    every = "30s"
    lag = "2m"
    daily = 420
    key = ("route_id",)
    keep = "10m"
    columns = {
        "route_id": Column("str", "Route id", required=True),
        "vehicle_id": Column("str", "Vehicle id", required=True),
        "order": Column("float64", "Stretch of the route", low=0, high=400),
        "last_stop_id": Column("str", "Last stop"),
        "stands": Column("bool", "At a stop"),
        "crowding": Column("str", "Crowding of the bus"),
        "crowding_en": Column("str", "Crowding of the bus (English)"),
        "full": Column("bool", "No room left"),
        "low_floor": Column("bool", "Low floor"),
        "lon": Column("float64", "Longitude", "°E", required=True),
        "lat": Column("float64", "Latitude", "°N", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def __init__(self, **params):
        """No route has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The routes whose turn it is; none: nobody looks."""
        wanted = sorted(self.wanted)
        ids = self._turns.take(wanted, now, share(self.portal, self.daily)) if wanted else []
        return [self.url.replace("{route_id}", quote(i, safe="")) for i in ids]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as told; a bus without a place in the city is dropped."""
        rows = bus(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        for name in ("route_id", "vehicle_id", "last_stop_id"):
            rows[name] = rows[name].map(code)
        rows[FLAGS] = rows[FLAGS].map(lambda flag: code(flag) == "1")
        rows["crowding_en"] = rows["crowding"].map(lambda c: crowding(c, 1))
        rows["crowding"] = rows["crowding"].map(lambda c: crowding(c, 0))
        rows["order"] = numbers(rows["order"])
        rows[["lon", "lat"]] = [lonlat(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
        return rows.assign(observed_at=moments(rows["observed_at"]))
