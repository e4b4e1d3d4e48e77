"""Shops and places that the city keeps as its heritage."""

import holoviews as hv

from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips


class HeritageDots(Layer):
    """A diamond per place."""

    title = "Future heritage"
    subject = "Culture"
    on = {"city": 59, "near": 59}
    hidden = ("city", "near")

    places = Frame("heritage", doc="Places of the future heritage.")

    def draw(self) -> hv.Points:
        """Points without values; what has no place is left out."""
        rows = table(fresh(self, "places"), "name", "lon", "lat")
        rows = rows.assign(tip=tips(rows["name"]))
        return spots(self, rows, marker="diamond", scale=1.6)

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("diamond", self.say(self.title))]
