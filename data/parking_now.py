"""Spaces free in the car parks of the city that count their cars.

Source   data.seoul.go.kr, GetParkingInfo (Seoul Metropolitan Government, KOGL type 1); fields from
         those who read the service, no answer of it is recorded
Cadence  every few minutes, each car park when it reports

The portal tells how many cars are **in**. It gives no place: that is in parking_lots, and both
together are parking.
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import district_in, gu_codes
from data._envelope import seoul
from data._read import code, moments, numbers, pick, plain

NAMES = {
    "lot_id": ("PKLT_CD", "PARKING_CODE"),
    "lot": ("PKLT_NM", "PARKING_NAME"),
    "address": ("ADDR",),
    "status": ("PRK_STTS_YN",),
    "spaces": ("TPKCT", "CAPACITY"),
    "cars": ("NOW_PRK_VHCL_CNT", "CUR_PARKING"),
    "observed_at": ("NOW_PRK_VHCL_UPDT_TM", "CUR_PARKING_TIME"),
}
MOST = 20_000  # spaces of a car park, and cars in it
LIVE = {"1", "Y"}  # told within 20 minutes; 2: within two hours, 0: never


class ParkingNow(Feed):
    """One row per car park. ``cars`` and ``free`` are NaN and observed_at is NaT where it does not
    report now; more cars than spaces leave none free.
    """

    title = "Car parks now"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/GetParkingInfo/1/1000/"
    every = "5m"
    lag = "20m"
    daily = 36
    key = ("lot_id",)
    columns = {
        "lot_id": Column("str", "Car park code", required=True),
        "lot": Column("str", "Car park", required=True),
        "address": Column("str", "Address"),
        "gu_code": Column("str", "District"),
        "spaces": Column("float64", "Spaces", "spaces", 1, MOST),
        "cars": Column("float64", "Cars parked", "cars", 0, MOST),
        "free": Column("float64", "Spaces free", "spaces", 0, MOST),
        "observed_at": Column(TIME, "Observed"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A count without its time, or out of date, is no count."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["lot_id"] = rows["lot_id"].map(code)
        rows[["lot", "address"]] = rows[["lot", "address"]].map(plain)
        rows[["spaces", "cars"]] = rows[["spaces", "cars"]].apply(numbers)
        told = moments(rows["observed_at"])
        live = rows["status"].map(code).isin(LIVE) & told.notna()
        rows["cars"] = rows["cars"].where(live & rows["cars"].between(0, MOST))
        spaces = rows["spaces"].where(rows["spaces"] > 0)
        return rows.assign(
            spaces=spaces,
            free=(spaces - rows["cars"]).clip(lower=0),
            observed_at=told.where(live),
            gu_code=gu_codes(rows["address"].map(district_in)),
        )
