"""Where to go in an earthquake: outdoors hollow, indoors full."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._crowd import crowd
from layers._spots import fresh, table, tips

NAMES = ("name", "gu_code", "lon", "lat")


class ShelterDots(Layer):
    """A house-shaped mark per shelter: where one gathers hollow, where one may stay full."""

    title = "Shelters"
    subject = "Safety"
    on = {"city": 61, "near": 61}
    hidden = ("city", "near")

    outdoors = Frame("shelters", doc="Where to gather outdoors.")
    indoors = Frame("indoor_shelters", doc="Where to stay indoors.")
    districts = Frame("districts", doc="Where each district is.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    def draw(self) -> hv.Overlay:
        """Numbers, then Points with fill, 0 outdoors and 1 indoors."""
        parts = []
        for name, fill, word in (("outdoors", 0.0, "Outdoors"), ("indoors", 1.0, "Indoors")):
            rows = table(fresh(self, name), *NAMES)
            words = [self.say(word)] * len(rows)
            parts.append(rows.assign(fill=fill, tip=tips(rows["name"], words)))
        return crowd(self, pd.concat(parts, ignore_index=True), "fill", marker="square_pin")

    def legend(self) -> list[tuple[str, str]]:
        """Outdoors and indoors, and the numbers from afar."""
        marks = (
            ("square_pin-hollow", "Outdoors"),
            ("square_pin", "Indoors"),
            ("number", "Number in the district; each one when enlarged"),
        )
        return [(mark, self.say(word)) for mark, word in marks]
