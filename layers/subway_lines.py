"""The subway: every line in its own colour."""

import holoviews as hv

from layers import Frame, Layer
from layers._layer import marked, overlay
from layers._shapes import line, metres

WIDTH = {"hand": 2.4, "wall": 5.0, "kiosk": 10.0}  # screen px


class SubwayLines(Layer):
    """Casing and line from station to station."""

    title = "Subway lines"
    on = {"city": 66, "near": 66}
    hidden = ("city",)

    lines = Frame("lines", doc="Courses with their official colours.")

    def draw(self) -> hv.Overlay:
        """Casings, then lines with ``colour``."""
        there = self.lines is not None and len(self.lines)
        rows = metres(self.lines).itertuples() if there else []
        paths = [p for row in rows for p in line(row.geometry, colour=row.colour)]
        width = WIDTH[self.surface]
        look = dict(hooks=[marked("subway_lines")])
        return overlay(
            [
                hv.Path([{"x": p["x"], "y": p["y"]} for p in paths], ["x", "y"]).opts(
                    color=self.tokens["edge"], line_width=width + 2 * self.tokens.px("cas"), **look
                ),
                hv.Contours(paths, ["x", "y"], "colour").opts(
                    color="colour", line_width=width, **look
                ),
            ]
        )

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("line-wide", self.say(self.title))]
