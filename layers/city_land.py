"""The land of the city in one tone, under everything else."""

import holoviews as hv

from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import area, metres


class CityLand(Layer):
    """The city within its limits."""

    title = "Land"
    on = {"city": 5, "near": 10}

    outline = Frame("outline", doc="Limits of the city.")

    def draw(self) -> hv.Polygons:
        """Polygons without values."""
        there = self.outline is not None and len(self.outline)
        shapes = metres(self.outline).geometry if there else []
        tone = self.tokens["land-1"]
        return hv.Polygons([p for shape in shapes for p in area(shape)], ["x", "y"]).opts(
            color=tone, line_color=tone, hooks=[marked("city_land")]
        )
