"""Where the city counts vehicles: on main roads, bridges, and roads out of the city.

Source   TOPIS through data.seoul.go.kr, SpotInfo (Seoul Metropolitan Government, KOGL type 1)
Cadence  hardly ever changes; asked once a day
"""

import pandas as pd

from data import Column, Feed, empty
from data._envelope import seoul
from data._read import code, lonlat, pick, plain

NAMES = {
    "spot_id": ("spot_num", "SPOT_NUM"),
    "spot": ("spot_nm", "SPOT_NM"),
    "x": ("grs80tm_x", "GRS80TM_X"),
    "y": ("grs80tm_y", "GRS80TM_Y"),
}


class TrafficSpots(Feed):
    """One row per spot; lon, lat are NaN for one outside the city or without a place."""

    title = "Places where traffic is counted"
    source = "Seoul TOPIS"
    url = "{seoul}/{seoul_key}/xml/SpotInfo/1/1000/"
    every = "1d"
    daily = 1
    key = ("spot_id",)
    columns = {
        "spot_id": Column("str", "Counting place id", required=True),
        "spot": Column("str", "Counting place", required=True),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Places are metres of EPSG:5181."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(spot_id=rows["spot_id"].map(code), spot=rows["spot"].map(plain))
