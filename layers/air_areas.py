"""How the air is in every district: hatched in the colour of its grade."""

import holoviews as hv

from data import figure
from layers import Frame, Layer
from layers._air import WORDS, measured
from layers._areas import districts, hatched
from layers._layer import overlay
from layers._spots import tips
from layers._tips import seconds

GRADES = (1, 2, 3, 4)


class AirAreas(Layer):
    """Lines stand closer the worse the air; a district whose station tells nothing has none."""

    title = "Air by district"
    subject = "Air and water"
    on = {"city": 36}
    hidden = ("city",)

    shapes = Frame("district_shapes", doc="Outlines of the districts.")
    stations = Frame("air_stations", doc="Which district a station stands for.")
    city_air = Frame("air_quality", doc="Air by district.")
    korea_air = Frame("air_korea", doc="Of a district that the city tells nothing of.")

    def draw(self) -> hv.Overlay:
        """The areas of each of the four grades."""
        cells, rows = districts(self), measured(self)
        rows = rows[(rows["type"] == "urban") & rows["gu_code"].isin(cells)]
        words = [self.say(WORDS[level]) for level in rows["level"]]
        tip = tips(rows["name"], ["CAI " + figure(value) for value in rows["index"]], words)
        found = {grade: [] for grade in GRADES}
        told = zip(rows["level"], rows["gu_code"], tip, seconds(rows["observed_at"]), strict=True)
        for grade, gu, text, at in told:
            found[grade].append((cells[gu], text, at))
        return overlay([hatched(self, found[g], g, f"air-{g}") for g in GRADES])

    def legend(self) -> list[tuple[str, str]]:
        """The four grades, by colour and by how close the lines are."""
        return [(f"hatch-{grade}:air-{grade}", self.say(WORDS[grade])) for grade in GRADES]
