"""Car parks around the busy places: how many cars stand there, where that is known.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government, KOGL type 1)
Cadence  5 minutes, as the places have their turn (see hotspots)
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import KEEP, PLACE, URL, block, rows, times, told
from data._districts import district_in, gu_codes
from data._read import code, lonlat, moments, numbers, plain

NAMES = {
    "parking_id": ("PRK_CD",),
    "parking": ("PRK_NM",),
    "capacity": ("CPCTY",),
    "parked": ("CUR_PRK_CNT",),
    "counted_at": ("CUR_PRK_TIME",),
    "counts": ("CUR_PRK_YN",),
    "pays": ("PAY_YN",),
    "fee": ("RATES",),
    "fee_minutes": ("TIME_RATES",),
    "road_address": ("ROAD_ADDR",),
    "address": ("ADDRESS",),
    "x": ("LNG",),
    "y": ("LAT",),
}
MEASURES = ["capacity", "parked", "fee", "fee_minutes"]


class HotspotParking(Feed):
    """One row per car park; ``parked`` is NaN where the portal does not count.

    A car park that comes twice, once with its fares and once with its count, is one row of both.
    """

    title = "Car parks at busy places"
    source = "Seoul Metropolitan Government"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "25m"
    key = ("parking_id",)
    keep = KEEP
    columns = {
        "parking_id": Column("str", "Car park code", required=True),
        "parking": Column("str", "Car park", required=True),
        "capacity": Column("float64", "Spaces", "spaces", 0, 20_000),
        "parked": Column("float64", "Cars parked", "cars", 0, 20_000),
        "counts": Column("bool", "Counted live"),
        "charged": Column("bool", "Charged"),
        "fee": Column("float64", "Fee", "won", 0, 1_000_000),
        "fee_minutes": Column("float64", "Fee for", "min", 0, 1440),
        "address": Column("str", "Address"),
        "lon": Column("float64", "Longitude", "°", 126, 128),
        "lat": Column("float64", "Latitude", "°", 37, 38),
        "observed_at": Column(TIME, "Observed", required=True),
    } | PLACE

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The count's own time where there is one; area_cd and the names are the busy place's."""
        city = told(body)
        if not (parks := block(city, "PRK_STTS")):
            return empty(self.columns)
        found = rows(city, parks, NAMES)
        found["parking_id"] = found["parking_id"].map(code)
        found[MEASURES] = found[MEASURES].apply(numbers)
        words = ["parking", "road_address", "address", "pays", "counts"]
        found[words] = found[words].apply(lambda told: told.map(plain).replace("", None))
        live = found["counts"] == "Y"
        found["parked"] = found["parked"].where(live)
        found["observed_at"] = moments(found["counted_at"]).where(live).fillna(times(city, found))
        found = found.assign(counts=live).sort_values("counts", ascending=False, kind="stable")
        found = found.groupby("parking_id", sort=False, as_index=False).first()
        address = found["road_address"].fillna(found["address"]).fillna("")
        places = [lonlat(x, y) for x, y in zip(found["x"], found["y"], strict=True)]
        found[["lon", "lat"]] = pd.DataFrame(places, found.index, ["lon", "lat"])
        return found.assign(
            parking=found["parking"].fillna(""),
            charged=found["pays"] == "Y",
            address=address,
            gu_code=gu_codes(address.map(district_in)),
        )
