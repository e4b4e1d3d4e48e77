"""Where public bikes ran out in the last seven days."""

from datetime import datetime, timedelta

import pandas as pd

from data import feeds
from layers import Frame
from layers._counted import Counted

STANDS = timedelta(hours=1)  # the longest that a station is taken to be as it was told last


class BikelessSquares(Counted):
    """Hours without a bike: a station that tells of none counts until it tells again."""

    title = "Bikes run out in 7 days"
    subject = "Movement"
    on = {"city": 16}
    hidden = ("city",)
    limits = (10, 30, 100, 300)

    stations = Frame("bike_stations", doc="Rental stations; their past is counted.")
    districts = Frame("districts", doc="What each district is called, and its area.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    @classmethod
    def points(cls, start: datetime, end: datetime) -> pd.DataFrame:
        """A point each time a station told that it has none; its weight are hours, at most one."""
        columns = ("bikes", "lon", "lat")
        rows = feeds.bike_stations.since(start - STANDS, end, columns=columns)
        rows = rows.sort_values(["station_id", "observed_at"], kind="stable", ignore_index=True)
        until = rows.groupby("station_id")["observed_at"].shift(-1).fillna(pd.Timestamp(end))
        until = until.where(until < rows["observed_at"] + STANDS, rows["observed_at"] + STANDS)
        since = rows["observed_at"].clip(lower=pd.Timestamp(start))
        hours = (until.clip(upper=pd.Timestamp(end)) - since).dt.total_seconds() / 3600
        empty = (rows["bikes"] == 0) & (hours > 0)
        return rows.loc[empty, ["lon", "lat"]].assign(weight=hours[empty], at=since[empty])

    def unit(self) -> str:
        """Hours, added up over stations."""
        return self.say("Hours without a bike per km²")
