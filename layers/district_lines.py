"""Where one district ends and the next begins, and where the city ends."""

import holoviews as hv
import shapely

from layers import Frame, Layer
from layers._layer import marked, overlay
from layers._shapes import line, metres, thinned

THIN = 15.0  # metres


class DistrictLines(Layer):
    """Borders of districts in the colour of their edge, the limits of the city in a rule's."""

    title = "Districts"
    on = {"city": 20, "near": 20}

    shapes = Frame("district_shapes", doc="Polygons of the districts.")

    def draw(self) -> hv.Overlay:
        """Borders, then the city's outline."""
        borders, city = [], []
        if self.shapes is not None and len(self.shapes):
            shapes = thinned(metres(self.shapes), THIN)
            borders = line(shapely.line_merge(shapely.union_all(shapes.boundary.to_numpy())))
            city = line(shapely.union_all(shapes.to_numpy(), grid_size=1.0).boundary)
        tokens = self.tokens
        look = dict(hooks=[marked("district_lines")])
        width = tokens.px("line")
        return overlay(
            [
                hv.Path(borders, ["x", "y"]).opts(color=tokens["edge"], line_width=width, **look),
                hv.Path(city, ["x", "y"]).opts(
                    color=tokens["rule-2"], line_width=width * 0.75, **look
                ),
            ]
        )
