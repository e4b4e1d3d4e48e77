"""Where the public toilets are."""

import holoviews as hv

from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips


class ToiletDots(Layer):
    """A small disc with a cross per toilet."""

    title = "Public toilets"
    subject = "Welfare"
    on = {"city": 57, "near": 57}
    hidden = ("city", "near")

    places = Frame("public_toilets", doc="Toilets with their hours.")

    def draw(self) -> hv.Points:
        """Points without values; what has no place is left out."""
        rows = table(fresh(self, "places"), "name", "hours", "lon", "lat")
        rows = rows.assign(tip=tips(rows["name"], rows["hours"]))
        return spots(self, rows, marker="circle_x", scale=1.4)
