"""Where the libraries are."""

import holoviews as hv

from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips


class LibraryDots(Layer):
    """A crossed square per library; small ones are not told apart."""

    title = "Libraries"
    subject = "Culture"
    on = {"city": 59, "near": 59}
    hidden = ("city", "near")

    places = Frame("libraries", doc="Libraries with their hours.")

    def draw(self) -> hv.Points:
        """Points without values; what has no place is left out."""
        rows = table(fresh(self, "places"), "name", "kind", "hours", "lon", "lat")
        rows = rows.assign(tip=tips(rows["name"], rows["kind"], rows["hours"]))
        return spots(self, rows, marker="square_x", scale=1.2)
