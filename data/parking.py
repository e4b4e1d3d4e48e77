"""Car parks that count their cars, where they are and what they cost.

Source   parking_now, parking_lots
Cadence  that of parking_now
"""

import pandas as pd

from data import TIME, Column, Feed

PLACED = ["kind", "charged", "fee", "fee_minutes", "lon", "lat"]


class Parking(Feed):
    """One row per car park of parking_now. ``free`` is NaN where it does not report now, lon, lat
    and fees where parking_lots does not know it.
    """

    title = "Spaces free in car parks"
    source = "Seoul Metropolitan Government"
    every = "5m"
    lag = "20m"
    key = ("lot_id",)
    columns = {
        "lot_id": Column("str", "Car park code"),
        "lot": Column("str", "Car park"),
        "address": Column("str", "Address"),
        "gu_code": Column("str", "District"),
        "kind": Column("str", "Kind"),
        "spaces": Column("float64", "Spaces", "spaces", 1, 20_000),
        "free": Column("float64", "Spaces free", "spaces", 0, 20_000),
        "charged": Column("bool", "Charged"),
        "fee": Column("float64", "Fee", "won", 1, 1_000_000),
        "fee_minutes": Column("float64", "Fee for", "min", 1, 1440),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "observed_at": Column(TIME, "Observed"),
    }

    def derive(self, parking_now: pd.DataFrame, parking_lots: pd.DataFrame) -> pd.DataFrame | None:
        """Joined by the code of the car park; None until both are there."""
        if parking_now is None or parking_lots is None:
            return None
        places = parking_lots.drop_duplicates("lot_id").set_index("lot_id")[PLACED]
        rows = parking_now.join(places, on="lot_id")
        return rows.assign(
            kind=rows["kind"].fillna(""), charged=rows["charged"].fillna(False).astype("bool")
        )
