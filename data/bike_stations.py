"""Public bikes (따릉이): every rental station, its racks and its bikes.

Source   data.seoul.go.kr, bikeList (Seoul Metropolitan Government, KOGL type 1)
Cadence  about every minute; three pages an answer, so we ask each quarter of an hour
"""

import re

import pandas as pd

from data import Column, Feed, empty
from data._envelope import seoul
from data._read import code, lonlat, numbers, pick, plain

PAGE = 1000  # rows: the most a request may ask for
NAMES = {
    "station_id": ("stationId", "RENT_ID"),
    "name": ("stationName", "RENT_NM"),
    "racks": ("rackTotCnt", "HOLD_NUM"),
    "bikes": ("parkingBikeTotCnt",),
    "lon": ("stationLongitude", "STA_LONG"),
    "lat": ("stationLatitude", "STA_LAT"),
}


class BikeStations(Feed):
    """One row per station. More bikes than racks is real; a new station may have no place yet.

    The portal gives no time of its own: observed_at is when we asked.
    """

    title = "Public bikes"
    source = "Seoul Metropolitan Government"
    url = f"{{seoul}}/{{seoul_key}}/json/bikeList/1/{PAGE}/"
    every = "5m"
    daily = 150
    key = ("station_id",)
    columns = {
        "station_id": Column("str", "Station id", required=True),
        "number": Column("str", "Number"),
        "name": Column("str", "Rental station", required=True),
        "racks": Column("float64", "Racks", low=0, high=1000),
        "bikes": Column("float64", "Bikes", low=0, high=5000),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        if len(seoul(body)) < PAGE:
            return None
        first = int(url.rstrip("/").rsplit("/", 2)[1]) + PAGE
        return f"{{seoul}}/{{seoul_key}}/json/bikeList/{first}/{first + PAGE - 1}/"

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """``102. 망원역 1번출구 앞`` is number 102 and a name."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["station_id"] = rows["station_id"].map(code)
        said = rows["name"].map(plain).map(lambda text: re.match(r"(?:(\d+)\s*\.\s*)?(.*)", text))
        rows["number"], rows["name"] = said.map(lambda m: m[1] or ""), said.map(lambda m: m[2])
        rows[["racks", "bikes"]] = rows[["racks", "bikes"]].apply(numbers)
        places = [lonlat(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, index=rows.index, columns=["lon", "lat"])
        return rows
