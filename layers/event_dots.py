"""Where culture is on: events of today and of the days to come."""

from collections.abc import Hashable

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips


class EventDots(Layer):
    """A star per event: full where it runs today, hollow where it is yet to come."""

    title = "Culture events"
    subject = "Culture"
    on = {"city": 60, "near": 60}
    hidden = ("city", "near")

    events = Frame("culture_events", doc="Events with their days.")

    def draw(self) -> hv.Points:
        """Points with fill, 1 today and 0 later; what is over, or without days, is left out."""
        names = ("title", "place", "starts_at", "ends_at", "lon", "lat")
        rows = table(fresh(self, "events"), *names)
        today = pd.Timestamp(self.moment).normalize()
        over = rows["ends_at"].isna() | rows["starts_at"].isna() | (rows["ends_at"] < today)
        rows = rows[~over] if len(rows) else rows
        days = [
            f"{start:%m.%d}–{end:%m.%d}"
            for start, end in zip(rows["starts_at"], rows["ends_at"], strict=True)
        ]
        tomorrow = today + pd.Timedelta(days=1)
        rows = rows.assign(
            fill=[float(start < tomorrow) for start in rows["starts_at"]],
            tip=tips(rows["title"], rows["place"], days),
        ).sort_values("fill", kind="stable")
        return spots(self, rows, ("fill",), marker="star", scale=1.4)

    def told(self) -> Hashable:
        """What is on changes with the day."""
        return (*super().told(), self.moment.date())

    def legend(self) -> list[tuple[str, str]]:
        """Today and later."""
        return [("star", self.say("On today")), ("star-hollow", self.say("Later"))]
