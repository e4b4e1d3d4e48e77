"""The stations of the subway; where lines meet, larger and named."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._columns import NEAR
from layers._labels import labels
from layers._layer import marked, overlay
from layers._shapes import points
from layers._tips import tip

SIZE = {"hand": 4.5, "wall": 9.0, "kiosk": 30.0}  # screen px
HERE = 0.004  # degrees around a place that are the place itself
MEETING = 3  # lines from which on a station is named


class StationDots(Layer):
    """One dot per station, whatever lines stop there."""

    title = "Stations"
    on = {"city": 68, "near": 68}
    hidden = ("city",)
    subject = "Movement"

    stations = Frame("stations", doc="Stations by line.")
    lines = Frame("lines", doc="What the lines are called.")

    def draw(self) -> hv.Overlay:
        """Dots with their size and ``tip``, then names of great meeting places, when enlarged."""
        rows = self._rows()
        tokens = self.tokens
        dots = hv.Points(rows, ["x", "y"], ["size", "tip"]).opts(
            size="size",
            color=tokens["paper"],
            line_color=tokens["ink"],
            line_width=tokens.px("line") * 0.75,
            hooks=[marked("station_dots")],
        )
        near = self.place is not None
        great = rows[rows["lines"] >= (1 if near else MEETING)]
        named = list(zip(great["x"], great["y"], great["name"], strict=True))
        size = SIZE[self.surface]
        lift = size * (1.1 if near else 2.4)
        group = "Labels" if near else NEAR
        words = labels(named, "station_dots", tokens, style="bold", lift=lift, group=group)
        return overlay([dots, *words])

    def _rows(self) -> pd.DataFrame:
        """x, y, name, lines, size and tip of each station in the city, once."""
        if self.stations is None:
            names = ("x", "y", "name", "lines", "size", "tip")
            return pd.DataFrame({name: [] for name in names})
        rows = self.stations[self.stations["in_seoul"]].drop_duplicates("name_ko")
        if self.place is not None:  # the place itself has its own mark
            away = abs(rows["lon"] - self.place[0]) + abs(rows["lat"] - self.place[1])
            rows = rows[away > HERE]
        x, y = points(rows["lon"], rows["lat"])
        lines = rows["lines_here"].str.count(r"\|") + 1
        name = rows["name_ko"] if self.language == "ko" else rows["name_en"]
        size = SIZE[self.surface] * (0.8 if self.narrow else 1) * (1 + 0.5 * (lines > 1))
        told = [tip(n, self._lines(ids)) for n, ids in zip(name, rows["lines_here"], strict=True)]
        return pd.DataFrame(
            {"x": x, "y": y, "name": name, "lines": lines, "size": size, "tip": told}
        )

    def _lines(self, ids: str) -> str:
        """The names of lines joined with |; a line we have no name for stands for itself."""
        column = "name_ko" if self.language == "ko" else "name_en"
        names = {} if self.lines is None else self.lines.set_index("line_id")[column].to_dict()
        return ", ".join(dict.fromkeys(names.get(one, one) for one in ids.split("|")))

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("circle-hollow", self.say(self.title))]
