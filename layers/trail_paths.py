"""The courses of the trails around and through the city."""

import holoviews as hv

from data import figure
from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import line, metres
from layers._spots import named, tips
from layers._tips import measure

THIN = 40.0  # metres


class TrailPaths(Layer):
    """A dashed line per course; some courses are approximate."""

    title = "Trails"
    subject = "Green"
    on = {"city": 56, "near": 56}
    hidden = ("city", "near")

    trails = Frame("trail_lines", doc="Courses with their length.")

    def draw(self) -> hv.Path:
        """Paths with their tips."""
        paths = []
        if self.trails is not None and len(self.trails):
            rows = metres(self.trails)
            hard = rows["difficulty_ko" if self.language == "ko" else "difficulty_en"]
            long = [measure(km, "km", 1) for km in rows["length_km"]]
            times = [self.say("{n} min", n=figure(n)) for n in rows["duration_min"]]
            told = tips(named(self, rows), long, times, hard)
            for shape, tip in zip(rows.geometry.simplify(THIN), told, strict=True):
                paths += line(shape, tip=tip, at=float("nan"))
        dash = [round(self.tokens.px("line") * 4), round(self.tokens.px("line") * 2)]
        return hv.Path(paths, ["x", "y"], ["tip", "at"]).opts(
            color=self.tokens["ink-2"],
            line_width=self.tokens.px("line"),
            hooks=[marked("trail_paths", line_dash=dash)],
        )

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("line-dashed", self.say(self.title))]
