"""Where the libraries are."""

import holoviews as hv

from layers import Frame, Layer
from layers._crowd import crowd
from layers._spots import fresh, table, tips


class LibraryDots(Layer):
    """A crossed square per library; small ones are not told apart."""

    title = "Libraries"
    subject = "Culture"
    on = {"city": 59, "near": 59}
    hidden = ("city", "near")

    places = Frame("libraries", doc="Libraries with their hours.")
    districts = Frame("districts", doc="Where each district is.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    def draw(self) -> hv.Overlay:
        """Numbers, then Points; what has no place is left out."""
        rows = table(fresh(self, "places"), "name", "kind", "hours", "lon", "lat")
        rows = rows.assign(tip=tips(rows["name"], rows["kind"], rows["hours"]))
        return crowd(self, rows, marker="square_x", scale=1.2)

    def legend(self) -> list[tuple[str, str]]:
        """One of them, and the numbers from afar."""
        far = self.say("Number in the district; each one when enlarged")
        return [("square_x", self.say(self.title)), ("number", far)]
