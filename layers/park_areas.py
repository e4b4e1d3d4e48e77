"""Parks near a place: as large as they are, as round as we know."""

import holoviews as hv
import numpy as np
import shapely

from data import feeds
from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import STRETCH, area, points
from layers._tips import measure, tip


class ParkAreas(Layer):
    """One hatched circle per park, of the park's area around its middle."""

    title = "Parks"
    on = {"near": 24}
    subject = "Green"

    parks = Frame("parks", doc="Middles and areas of the parks.")

    def draw(self) -> hv.Polygons:
        """Polygons with ``tip``; a park of unknown area is left out."""
        circles = []
        if self.parks is not None:
            known = self.parks[self.parks["area_m2"] > 0]
            x, y = points(known["lon"], known["lat"])
            radius = np.sqrt(known["area_m2"] / np.pi) * STRETCH
            shapes = shapely.buffer(shapely.points(x, y), radius, quad_segs=6)
            names = known["name_ko" if self.language == "ko" else "name_en"]
            unit = feeds.parks.columns["area_m2"].unit
            for shape, name, size in zip(shapes, names, known["area_m2"], strict=True):
                circles += area(shape, tip=tip(name, measure(size, unit)))
        tokens = self.tokens
        hatch = dict(hatch_pattern="/", hatch_color=tokens["ink-3"], hatch_scale=14.0)
        return hv.Polygons(circles, ["x", "y"], "tip").opts(
            color=tokens["land-3"],
            line_color=tokens["ink-2"],
            line_width=tokens.px("hair"),
            hooks=[marked("park_areas", hatch_weight=2.0, hatch_alpha=0.6, **hatch)],
        )
