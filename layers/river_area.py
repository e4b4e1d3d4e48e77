"""The Han River: the strongest contrast on every map."""

import holoviews as hv
import numpy as np
import shapely

from layers import Frame, Layer
from layers._labels import labels
from layers._layer import marked, overlay
from layers._river import water
from layers._shapes import area, line, metres

NAMES_AT = (0.115, 0.865)  # shares of the way from west to east where its name stands


class RiverArea(Layer):
    """Water between the limits of the city; beyond them its two banks as hairlines."""

    title = "Han River"
    on = {"city": 40, "near": 40}

    river = Frame("river", doc="Water, islands and banks.")

    def draw(self) -> hv.Overlay:
        """Banks, water, then its name on it."""
        there = self.river is not None and len(self.river)
        shape = water(self.river, near=self.place is not None) if there else shapely.Polygon()
        outside = metres(self.river[self.river["kind"] == "bank"]).geometry if there else []
        tokens, look = self.tokens, dict(hooks=[marked("river_area")])
        banks = hv.Path([p for bank in outside for p in line(bank)], ["x", "y"]).opts(
            color=tokens["stream"], line_width=tokens.px("hair"), **look
        )
        wet = hv.Polygons(area(shape), ["x", "y"]).opts(
            color=tokens["river"], line_color=tokens["river"], line_width=1, **look
        )
        return overlay([banks, wet, *(self._name(shape, at) for at in NAMES_AT)])

    def _name(self, shape: shapely.Geometry, share: float) -> hv.Labels:
        """Its name, turned as the stream is turned there; none on a small map."""
        hidden = shape.is_empty or self.narrow or self.place is not None
        x, y, angle = (0.0, 0.0, 0.0) if hidden else _middle(shape, share)
        words = [] if hidden else [(x, y, self.say("Han River"))]
        ink = self.tokens["on-river"]
        return labels(
            words, "river_area", self.tokens, colour=ink, halo="", style="bold", angle=angle
        )


def _middle(shape: shapely.Geometry, share: float) -> tuple[float, float, float]:
    """(x, y, angle in degrees) of the middle of the stream there."""
    west, south, east, north = shape.bounds
    at, step = west + share * (east - west), 0.01 * (east - west)
    before, here, after = (_across(shape, at + n * step, south, north) for n in (-1, 0, 1))
    return at, here, float(np.degrees(np.arctan2(after - before, 2 * step)))


def _across(shape: shapely.Geometry, x: float, south: float, north: float) -> float:
    """y of the middle of the water at x."""
    cut = shapely.LineString([(x, south), (x, north)]).intersection(shape)
    parts = shapely.get_parts(cut)
    return float(max(parts, key=lambda part: part.length).centroid.y)
