"""Where the public toilets are."""

import holoviews as hv

from layers import Frame, Layer
from layers._crowd import crowd
from layers._spots import fresh, table, tips


class ToiletDots(Layer):
    """A small disc with a cross per toilet."""

    title = "Public toilets"
    subject = "Welfare"
    on = {"city": 57, "near": 57}
    hidden = ("city", "near")

    places = Frame("public_toilets", doc="Toilets with their hours.")
    districts = Frame("districts", doc="Where each district is.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    def draw(self) -> hv.Overlay:
        """Numbers, then Points; what has no place is left out."""
        rows = table(fresh(self, "places"), "name", "hours", "lon", "lat")
        rows = rows.assign(tip=tips(rows["name"], rows["hours"]))
        return crowd(self, rows, marker="circle_x", scale=1.4)

    def legend(self) -> list[tuple[str, str]]:
        """One of them, and the numbers from afar."""
        far = self.say("Number in the district; each one when enlarged")
        return [("circle_x", self.say(self.title)), ("number", far)]
