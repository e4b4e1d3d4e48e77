"""How high streams and river stand against the levels that are set for them."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips
from layers._tips import measure

WORDS = {  # alert of the gauge: its word, and how grave
    "normal": ("Normal", 0),
    "none set": ("No level set", 0),
    "control": ("Riverside paths closed", 1),
    "attention": ("Attention", 1),
    "caution": ("Caution", 1),
    "flood": ("Flood level", 2),
    "levee": ("Levee reached", 2),
    "warning": ("Warning", 2),
    "serious": ("Serious", 2),
}
NAMES = ("gauge", "river", "level", "alert", "observed_at", "lon", "lat")
SIZES = (1.0, 1.8, 2.6)  # by how grave


class RiverGauges(Layer):
    """A ring below every level; a triangle from the first on, red from the flood level on."""

    title = "River levels"
    subject = "Air and water"
    on = {"city": 69, "near": 69}
    hidden = ("city", "near")

    streams = Frame("river_levels", doc="Gauges of the streams with their levels.")
    han = Frame("han_levels", doc="Gauges of the river with theirs.")

    def draw(self) -> hv.Overlay:
        """Rings, then triangles, with size, fill and colour; one that tells nothing has none."""
        parts = [table(fresh(self, name), *NAMES) for name in ("streams", "han")]
        parts = [rows[list(NAMES)] for rows in parts if len(rows)]
        rows = pd.concat(parts, ignore_index=True) if parts else table(None, *NAMES)
        rows = rows[rows["alert"].isin(WORDS)]
        grave = rows["alert"].map(lambda alert: WORDS[alert][1]).astype(int)
        words = [self.say(WORDS[alert][0]) for alert in rows["alert"]]
        levels = [measure(level, "m", 2) for level in rows["level"]]
        colours = (self.tokens["ink"], self.tokens["ink"], self.tokens["alert-line"])
        rows = rows.assign(
            marker=["triangle" if g else "circle" for g in grave],
            size=[SIZES[g] for g in grave],
            fill=[float(g > 0) for g in grave],
            colour=[colours[g] for g in grave],
            tip=tips(rows["river"] + " " + rows["gauge"], levels, words),
        )
        return spots(self, rows, ("size", "fill", "colour"), markers=("circle", "triangle"))

    def legend(self) -> list[tuple[str, str]]:
        """The three ways a gauge may look."""
        marks = (
            ("circle-hollow", "Normal"),
            ("triangle", "Caution"),
            ("triangle:alert-line", "Flood level"),
        )
        return [(mark, self.say(word)) for mark, word in marks]
