"""Which chargers for electric cars around the busy places are free.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government, KOGL type 1)
Cadence  minutes, as the places have their turn (see hotspots)
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import KEEP, PLACE, URL, block, rows, times, told
from data._districts import district_in, gu_codes
from data._read import code, lonlat, moments, numbers, plain

NAMES = {
    "charger_id": ("CHARGER_ID",),
    "charger_type": ("CHARGER_TYPE",),
    "state": ("CHARGER_STAT",),
    "output": ("OUTPUT",),
    "changed_at": ("STATUPDDT",),
    "station_id": ("STAT_ID",),
    "station": ("STAT_NM",),
    "address": ("STAT_ADDR",),
    "hours": ("STAT_USETIME",),
    "x": ("STAT_X",),
    "y": ("STAT_Y",),
}
STATES = {
    "사용가능": "Free",
    "충전중": "In use",
    "점검중": "Under maintenance",
    "상태미확인": "Unknown",
}


class EvChargers(Feed):
    """One row per charger, told with the last busy place near it that had its turn.

    ``changed_at`` is when its state was last told by the charger itself, NaT when it never was.
    """

    title = "Chargers for electric cars"
    source = "Seoul Metropolitan Government"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "25m"
    key = ("station_id", "charger_id")
    keep = KEEP
    columns = {
        "station_id": Column("str", "Station code", required=True),
        "charger_id": Column("str", "Charger", required=True),
        "station": Column("str", "Charging station", required=True),
        "charger_type": Column("str", "Type"),
        "output": Column("float64", "Output", "kW", 0, 1000),
        "state": Column("str", "State"),
        "state_en": Column("str", "State (English)"),
        "changed_at": Column(TIME, "State since"),
        "address": Column("str", "Address"),
        "hours": Column("str", "Opening hours"),
        "lon": Column("float64", "Longitude", "°", 126, 128),
        "lat": Column("float64", "Latitude", "°", 37, 38),
        "observed_at": Column(TIME, "Observed", required=True),
    } | PLACE

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """gu_code is that of the address, area_cd and the names those of the busy place."""
        city = told(body)
        chargers = [
            {n: v for n, v in station.items() if n != "CHARGER_DETAILS"} | charger
            for station in block(city, "CHARGER_STTS")
            for charger in block(station, "CHARGER_DETAILS")
        ]
        if not chargers:
            return empty(self.columns)
        found = rows(city, chargers, NAMES)
        words = ["station", "charger_type", "state", "address", "hours"]
        found[words] = found[words].apply(lambda told: told.map(plain))
        places = [lonlat(x, y) for x, y in zip(found["x"], found["y"], strict=True)]
        found[["lon", "lat"]] = pd.DataFrame(places, found.index, ["lon", "lat"])
        return found.assign(
            station_id=found["station_id"].map(code),
            charger_id=found["charger_id"].map(code),
            output=numbers(found["output"]),
            state_en=found["state"].map(STATES).fillna(""),
            changed_at=moments(found["changed_at"]),
            gu_code=gu_codes(found["address"].map(district_in)),
            observed_at=times(city, found),
        )
