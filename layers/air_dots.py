"""How the air is at every station: its grade and its index."""

import holoviews as hv

from data import figure
from layers import Frame, Layer
from layers._air import WORDS, measured
from layers._columns import NEAR
from layers._labels import labels
from layers._layer import overlay
from layers._shapes import points
from layers._spots import SIZE, spots, tips

SIZES = (0.0, 1.3, 1.7, 2.1, 2.6)  # by grade: a second signal beside the colour


class AirDots(Layer):
    """In the colour of its grade, larger the worse; a square beside a road. Its index above it."""

    title = "Air stations"
    subject = "Air and water"
    on = {"city": 74, "near": 74}
    hidden = ("city", "near")

    stations = Frame("air_stations", doc="Where the stations are.")
    city_air = Frame("air_quality", doc="Air by district.")
    korea_air = Frame("air_korea", doc="Air beside roads too.")

    def draw(self) -> hv.Overlay:
        """Discs and squares with size and colour, then their figures, when enlarged."""
        rows = measured(self)
        tokens = self.tokens
        words = [self.say(WORDS[level]) for level in rows["level"]]
        index = ["CAI " + figure(value) for value in rows["index"]]
        doubt = [self.say("being verified") if there else "" for there in rows["suspect"]]
        rows = rows.assign(
            size=[SIZES[level] for level in rows["level"]],
            marker=["square" if kind == "roadside" else "circle" for kind in rows["type"]],
            colour=[tokens[f"air-{level}"] for level in rows["level"]],
            tip=tips(rows["name"], index, words, doubt),
        )
        marks = spots(self, rows, ("size", "colour"), markers=("circle", "square"))
        told = [figure(value) for value in rows["index"]]
        at = zip(*points(rows["lon"], rows["lat"]), told, strict=False)
        lift = SIZE[self.surface] * 0.9 + tokens.px("t1") * 0.75
        return overlay([*marks, *labels(list(at), "air_dots", tokens, style="bold", lift=lift,
                                        group=NEAR)])  # fmt: skip

    def legend(self) -> list[tuple[str, str]]:
        """The four grades, and what stands beside a road."""
        grades = [(f"circle:air-{level}", self.say(WORDS[level])) for level in range(1, 5)]
        return [*grades, ("square-hollow", self.say("Beside a road"))]
