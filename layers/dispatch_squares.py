"""Where 119 was sent in the last seven days."""

from datetime import datetime, timedelta

import pandas as pd

from data import feeds
from layers import Frame, Layer
from layers._counted import counted

LONGEST = timedelta(hours=6)  # after it was ordered out a dispatch is told of at least once


@counted
class DispatchSquares(Layer):
    """Fires, rescues and ambulances, each counted once, on the day it was ordered out."""

    title = "119 sent out in 7 days"
    subject = "Safety"
    on = {"city": 15}
    hidden = ("city",)
    limits = (10, 30, 100, 300)
    finest = 11  # squares of 121 m: places are told to 0.001°, about 100 m

    dispatch = Frame("dispatch", doc="Dispatches under way; those of the past are counted.")
    districts = Frame("districts", doc="What each district is called, and its area.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    @classmethod
    def points(cls, start: datetime, end: datetime) -> pd.DataFrame:
        """A point a dispatch, of weight 1, as it was told first."""
        rows = feeds.dispatch.since(start, end + LONGEST)
        rows = rows.drop_duplicates("dispatch_id")
        rows = rows[(rows["received_at"] >= start) & (rows["received_at"] < end)]
        return rows[["lon", "lat"]].assign(weight=1.0, at=rows["received_at"])

    def unit(self) -> str:
        """Dispatches."""
        return self.say("Dispatches per km²")
