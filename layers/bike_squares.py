"""Where public bikes were scarce in the last seven days."""

from datetime import datetime, timedelta

import pandas as pd

from data import feeds
from layers import Frame, Layer
from layers._counted import counted

FEW = 3  # bikes at a station, or fewer
STANDS = timedelta(hours=1)  # the longest that a station is taken to be as it was told last


@counted
class BikeSquares(Layer):
    """Hours with hardly a bike: a station that tells of few counts until it tells again."""

    title = "Bikes scarce in 7 days"
    subject = "Movement"
    on = {"city": 16}
    hidden = ("city",)
    limits = (10, 30, 100, 300)
    finest = 12

    stations = Frame("bike_stations", doc="Rental stations; their past is counted.")
    districts = Frame("districts", doc="What each district is called, and its area.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    @classmethod
    def points(cls, start: datetime, end: datetime) -> pd.DataFrame:
        """A point each time a station told of few; its weight are the hours until it told again."""
        rows = feeds.bike_stations.since(start - STANDS, end, columns=("bikes", "lon", "lat"))
        if rows.empty:
            return pd.DataFrame(columns=["lon", "lat", "weight", "at"])
        first, last = pd.Timestamp(start), pd.Timestamp(end)
        rows = rows.sort_values(["station_id", "observed_at"], kind="stable", ignore_index=True)
        stands = rows["observed_at"] + STANDS
        again = rows.groupby("station_id")["observed_at"].shift(-1).fillna(last)
        since = rows["observed_at"].clip(lower=first)
        until = again.where(again < stands, stands).clip(upper=last)
        hours = (until - since).dt.total_seconds() / 3600
        few = (rows["bikes"] <= FEW) & (hours > 0)
        return rows.loc[few, ["lon", "lat"]].assign(weight=hours[few], at=since[few])

    def unit(self) -> str:
        """Hours, added up over stations."""
        return self.say("Hours with 3 bikes or fewer per km²")
