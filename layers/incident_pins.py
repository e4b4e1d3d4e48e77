"""Where traffic is held up: a pin by kind, the gravest numbered as in the list."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._labels import labels
from layers._layer import marked, overlay
from layers._pins import LARGE, NUMBERED, shown
from layers._shapes import points
from layers._tips import tip

MARKERS = {"crash": "diamond", "works": "square", "event": "circle", "breakdown": "triangle"}
WIDER = {"diamond": 1.3, "triangle": 1.25, "square": 0.9, "circle": 1.0}  # to look as large
LOWER = {"triangle": 0.09}  # of the size, by which its number stands lower


class IncidentPins(Layer):
    """Crash a diamond, works a square, event a circle, breakdown a triangle."""

    title = "Incidents"
    on = {"city": 80, "near": 80}
    subject = "Safety"

    incidents = Frame("incidents_ranked", doc="Incidents, the gravest first.")

    def draw(self) -> hv.Overlay:
        """The other incidents small, the gravest large, by shape, then the numbers of these."""
        rows = self._rows()
        size = LARGE[self.surface]
        large = rows["number"] <= NUMBERED
        tokens = self.tokens
        numbers = [(row.x, row.y, f"{row.number}") for row in rows[large].itertuples()]
        return overlay(
            [
                *self._pins(rows[~large], size * 0.42),
                *self._pins(rows[large], size),
                labels(numbers, "incident_pins", tokens, colour=tokens["paper"], halo="",
                       size=size * 0.52, style="bold", lift=-size * 0.02),
            ]
        )  # fmt: skip

    def legend(self) -> list[tuple[str, str]]:
        """The shapes of the pins, the gravest first."""
        words = {
            "crash": self.say("Crash"),
            "event": self.say("Event"),
            "breakdown": self.say("Breakdown"),
            "works": self.say("Road works"),
        }
        return [(MARKERS[kind], word) for kind, word in words.items()]

    def _rows(self) -> pd.DataFrame:
        """x, y, marker, number and tip of every incident that has a place, the gravest last."""
        names = ["x", "y", "marker", "number", "tip"]
        if not shown(self):
            return pd.DataFrame(columns=names).astype({"x": float, "y": float, "number": int})
        rows = self.incidents.reset_index(drop=True)
        x, y = points(rows["lon"], rows["lat"])
        rows = rows.assign(x=x, y=y, number=rows.index + 1, marker=rows["shape"].map(MARKERS))
        rows["tip"] = [self._tip(row) for row in rows.itertuples()]
        return rows.dropna(subset=["x", "y"])[names].iloc[::-1].reset_index(drop=True)

    def _tip(self, row) -> str:
        """The road, or what was announced; what it is; what is closed; since when."""
        ko = self.language == "ko"
        road = row.road.split("(")[0] if ko else row.road_en.split(" (")[0]
        kind, closed = (
            (row.detail_name, row.closure) if ko else (row.detail_name_en, row.closure_en)
        )
        since = ""
        if row.started_at == row.started_at:
            day = row.started_at.date() == self.moment.date()
            since = self.say(
                "since {time}", time=f"{row.started_at:{'%H:%M' if day else '%Y-%m-%d'}}"
            )
        return tip(road or row.text.split("\n")[0][:40], kind, closed, since)

    def _pins(self, rows: pd.DataFrame, size: float) -> list[hv.Points]:
        """An element a shape: BokehJS mixes up a column of markers (layers/_spots.py)."""
        look = dict(color=self.tokens["ink"], line_color=self.tokens["paper"])
        look |= dict(line_width=self.tokens.px("line"), hooks=[marked("incident_pins")])
        return [
            hv.Points(rows[rows["marker"] == shape], ["x", "y"], "tip").opts(
                marker=shape, size=WIDER[shape] * size, **look
            )
            for shape in MARKERS.values()
        ]
