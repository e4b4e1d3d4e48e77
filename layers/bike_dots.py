"""Where a public bike stands ready."""

import holoviews as hv

from data import figure
from layers import Frame, Layer
from layers._crowd import crowd
from layers._spots import table, tips
from layers._tips import each

SHOWN = ("live", "late")


class BikeDots(Layer):
    """One dot per rental station: full where bikes stand, hollow where none does.

    From afar the bikes that stand ready in each district.
    """

    title = "Public bikes"
    on = {"city": 62}
    hidden = ("city",)
    subject = "Movement"

    stations = Frame("bike_stations", doc="Rental stations with their bikes.")
    districts = Frame("districts", doc="Where each district is.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    def draw(self) -> hv.Overlay:
        """Numbers, then Points with fill, 1 or 0; a station that tells nothing is left out."""
        told = self.about("stations").state in SHOWN
        rows = table(self.stations if told else None, "name", "bikes", "racks", "lon", "lat")
        rows = rows[rows["bikes"].notna()].drop(columns="observed_at", errors="ignore")
        bikes = each(rows["bikes"], lambda n: self.say("{n} bikes", n=figure(n)))
        racks = each(rows["racks"], lambda n: self.say("{n} racks", n=figure(n)))
        there = [f"{a} / {b}" for a, b in zip(bikes, racks, strict=True)]
        fill = (rows["bikes"].astype(float) > 0).astype(float)
        rows = rows.assign(fill=fill, tip=tips(rows["name"], there))
        return crowd(self, rows, "fill", worth="bikes", scale=0.7)

    def legend(self) -> list[tuple[str, str]]:
        """Full and hollow, and the numbers from afar."""
        marks = (("circle", "Bikes ready"), ("circle-hollow", "No bike"))
        far = ("number", self.say("Bikes in the district; its stations when enlarged"))
        return [*((mark, self.say(word)) for mark, word in marks), far]
