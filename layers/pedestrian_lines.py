"""Streets that belong to walkers, now or at other hours."""

import holoviews as hv

from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import line, metres
from layers._spots import named, tips

WORDS = {"walkers": "For walkers now", "cars": "Cars now", "": "Not known now"}
WIDE = {"walkers": 3.5, "cars": 1.2, "": 1.2}  # times a usual line


class PedestrianLines(Layer):
    """A wide line where walkers have the street now, a thin one at other hours."""

    title = "Pedestrian streets"
    subject = "Green"
    on = {"city": 58, "near": 58}
    hidden = ("city", "near")

    streets = Frame("pedestrian_streets", doc="Streets with their hours and whose they are now.")

    def draw(self) -> hv.Contours:
        """Paths with ``width``."""
        paths = []
        if self.streets is not None and len(self.streets):
            rows = metres(self.streets)
            usual = self.tokens.px("line")
            words = [self.say(WORDS.get(state, WORDS[""])) for state in rows["state"]]
            hours = rows["hours_ko" if self.language == "ko" else "hours_en"]
            told = tips(named(self, rows), words, hours)
            for shape, state, tip in zip(rows.geometry, rows["state"], told, strict=True):
                width = usual * WIDE.get(state, WIDE[""])
                paths += line(shape.simplify(5), width=width, tip=tip, at=float("nan"))
        return hv.Contours(paths, ["x", "y"], ["width", "tip", "at"]).opts(
            color=self.tokens["ink"], line_width="width", hooks=[marked("pedestrian_lines")]
        )

    def legend(self) -> list[tuple[str, str]]:
        """Now and not now."""
        return [("line-wide", self.say("For walkers now")), ("line", self.say("Cars now"))]
