"""The next buses at the stops somebody looks at.

Source   Seoul TOPIS through ws.bus.go.kr, stationinfo/getStationByUid (KOGL type 1)
Cadence  seconds; asked each half minute, only for stops in ``wanted`` (their five digits), in
         turns within the key

The service tells no time of its own: observed_at is when we asked.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import pandas as pd

from data import TIME, Column, Feed, clock, empty
from data._bus import ars, crowding, time_of_day, wait
from data._envelope import bus
from data._read import code, numbers, pick, plain
from data._turns import Turns, share

ROUTE = {
    "ars_id": ("arsId",),
    "stop": ("stNm",),
    "route_id": ("busRouteId",),
    "route": ("busRouteAbrv", "rtNm"),
    "kind": ("routeType",),
    "heading": ("adirection",),
    "next_stop": ("nxtStn",),
    "first": ("firstTm",),
    "last": ("lastTm",),
    "headway": ("term",),
}
BUS = ("arrmsg", "traTime", "vehId", "isLast", "isFullFlag", "busType", "congestion")


class BusArrivals(Feed):
    """Up to two rows per stop and route, the nearest bus first; one that says why when none comes.

    ``seconds`` counts from observed_at and is NaN, as ``stops`` is, where no bus is on its way:
    the message (출발대기, 회차대기, 운행종료) says why, whatever else is told.
    """

    title = "Bus arrivals"
    source = "Seoul TOPIS"
    url = (
        "{bus}/api/rest/stationinfo/getStationByUid?serviceKey={bus_key}&arsId={ars_id}"
        "&resultType=json"
    )
    every = "30s"
    lag = "2m"
    daily = 420
    key = ("ars_id",)
    keep = "10m"
    columns = {
        "ars_id": Column("str", "Stop number", required=True),
        "stop": Column("str", "Bus stop"),
        "route_id": Column("str", "Route id", required=True),
        "route": Column("str", "Bus route", required=True),
        "kind": Column("str", "Kind of route"),
        "heading": Column("str", "Heading"),
        "next_stop": Column("str", "Next stop"),
        "order": Column("int64", "Order"),
        "coming": Column("bool", "On its way"),
        "seconds": Column("float64", "Arrives in", "s", 0, 14_400),
        "stops": Column("float64", "Bus stops away", low=0, high=300),
        "message": Column("str", "Message"),
        "vehicle_id": Column("str", "Vehicle id"),
        "crowding": Column("str", "Crowding of the bus"),
        "crowding_en": Column("str", "Crowding of the bus (English)"),
        "full": Column("bool", "No room left"),
        "low_floor": Column("bool", "Low floor"),
        "last_bus": Column("bool", "Last bus"),
        "first": Column("str", "First bus leaves at"),
        "last": Column("str", "Last bus leaves at"),
        "headway": Column("float64", "Between two buses", "min", 0, 1440),
        "observed_at": Column(TIME, "Observed"),
    }

    def __init__(self, **params):
        """No stop has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The stops whose turn it is; none: nobody looks."""
        wanted = sorted(self.wanted)
        ids = self._turns.take(wanted, now, share(self.portal, self.daily)) if wanted else []
        return [self.url.replace("{ars_id}", quote(i, safe="")) for i in ids]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows of both buses; observed_at is missing until they are taken."""
        told = bus(body)
        if told.empty:
            return empty(self.columns)
        rows = pd.concat([_buses(told, order) for order in (1, 2)], ignore_index=True)
        rows = rows[rows["coming"] | rows["order"].eq(1)]
        return rows.sort_values(["ars_id", "route", "route_id", "order"], ignore_index=True)

    async def take(self, frame: pd.DataFrame, *, practice: bool = False) -> None:
        """What comes is as of when we asked."""
        asked = frame["observed_at"].fillna(clock.now())
        await super().take(frame.assign(observed_at=asked), practice=practice)


def _buses(told: pd.DataFrame, order: int) -> pd.DataFrame:
    """The first or second bus of every route."""
    rows = pick(told, ROUTE | {name: (f"{name}{order}",) for name in BUS})
    rows["message"] = rows["arrmsg"].map(plain)
    waits = [wait(m, d) for m, d in zip(rows["message"], rows["traTime"], strict=True)]
    rows["coming"] = [told is not None for told in waits]
    rows[["seconds", "stops"]] = [told or (float("nan"), float("nan")) for told in waits]
    for name in ("stop", "route", "heading", "next_stop"):
        rows[name] = rows[name].map(plain).str.strip()
    return rows.assign(
        order=order,
        ars_id=rows["ars_id"].map(ars),
        route_id=rows["route_id"].map(code),
        kind=rows["kind"].map(code),
        vehicle_id=rows["vehId"].map(code).replace("0", ""),
        crowding=rows["congestion"].map(lambda c: crowding(c, 0)),
        crowding_en=rows["congestion"].map(lambda c: crowding(c, 1)),
        full=rows["isFullFlag"].map(code) == "1",
        low_floor=rows["busType"].map(code) == "1",
        last_bus=rows["isLast"].map(code) == "1",
        first=rows["first"].map(time_of_day),
        last=rows["last"].map(time_of_day),
        headway=numbers(rows["headway"]),
        observed_at=pd.Series(pd.NaT, rows.index, dtype=TIME),
    )
