"""Where one dong ends and the next begins: what gives a near map its grain."""

import holoviews as hv
import shapely

from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import line, metres


class DongLines(Layer):
    """Thin lines, a tone above the land."""

    title = "Dongs"
    on = {"near": 18}

    shapes = Frame("dong_shapes", doc="Polygons of the dongs.")

    def draw(self) -> hv.Path:
        """Lines without values."""
        paths = []
        if self.shapes is not None and len(self.shapes):
            edges = shapely.union_all(metres(self.shapes).boundary.to_numpy(), grid_size=1.0)
            paths = line(shapely.line_merge(edges))
        return hv.Path(paths, ["x", "y"]).opts(
            color=self.tokens["land-4"],
            line_width=self.tokens.px("hair"),
            hooks=[marked("dong_lines")],
        )
