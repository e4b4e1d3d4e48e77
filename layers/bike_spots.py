"""The public bikes nearest to a place, numbered as in the list beside the map."""

import holoviews as hv
import numpy as np
import pandas as pd

from data import figure
from layers import Frame, Layer
from layers._labels import labels
from layers._layer import marked, overlay
from layers._shapes import points
from layers._tips import tip

NUMBERED = 6
SIZE = {"hand": 20.0, "wall": 40.0, "kiosk": 58.0}  # screen px


class BikeSpots(Layer):
    """A numbered disc for each of the six nearest rental stations, the nearest on top."""

    title = "Public bikes near by"
    on = {"near": 85}
    subject = "Movement"

    stations = Frame("bike_stations", doc="Rental stations with their places.")

    def draw(self) -> hv.Overlay:
        """Discs with ``tip``, then their numbers; none without a place, or when all are silent."""
        x, y, told = self._nearest()
        tokens, size = self.tokens, SIZE[self.surface]
        numbers = [str(n) for n in range(len(x), 0, -1)]
        discs = hv.Points(pd.DataFrame({"x": x, "y": y, "tip": told}), ["x", "y"], "tip").opts(
            size=size,
            color=tokens["ink"],
            line_color=tokens["paper"],
            line_width=tokens.px("line"),
            hooks=[marked("bike_spots")],
        )
        words = labels(
            list(zip(x, y, numbers, strict=True)), "bike_spots", tokens,
            colour=tokens["paper"], halo="", size=size * 0.6, style="bold",
        )  # fmt: skip
        return overlay([discs, words])

    def _nearest(self) -> tuple[np.ndarray, np.ndarray, list[str]]:
        """(x, y, tip) of the nearest stations, the nearest last."""
        told = self.stations is not None and self.about("stations").state in ("live", "late")
        if not told or self.place is None:
            return *points([], []), []
        x, y = points(self.stations["lon"], self.stations["lat"])
        (here,) = zip(*points([self.place[0]], [self.place[1]]), strict=True)
        away = np.hypot(x - here[0], y - here[1])
        order = np.argsort(away, kind="stable")[: min(NUMBERED, np.isfinite(away).sum())][::-1]
        rows = self.stations.iloc[order].itertuples(index=False)
        told = [tip(r.name, self.say("{n} bikes", n=figure(r.bikes))) for r in rows]
        return x[order], y[order], told
