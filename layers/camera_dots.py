"""Where the road cameras stand."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import points
from layers._tips import tip

SIZE = {"hand": 9.0, "wall": 16.0, "kiosk": 28.0}  # screen px


class CameraDots(Layer):
    """One mark per camera, a square with a dark middle."""

    title = "Road cameras"
    on = {"city": 64}
    hidden = ("city",)
    subject = "Movement"

    cameras = Frame("cctv", doc="Cameras of the city.")

    def draw(self) -> hv.Points:
        """Points with ``tip``."""
        rows = pd.DataFrame({"x": [], "y": [], "tip": []})
        if self.cameras is not None and self.about("cameras").state in ("live", "late"):
            x, y = points(self.cameras["lon"], self.cameras["lat"])
            told = map(tip, self.cameras["name"], self.cameras["road"])
            rows = pd.DataFrame({"x": x, "y": y, "tip": list(told)}).dropna()
        return hv.Points(rows, ["x", "y"], "tip").opts(
            marker="square_dot",
            size=SIZE[self.surface] * (0.8 if self.narrow else 1),
            color=self.tokens["ink"],
            fill_color=self.tokens["paper"],
            line_width=1.5,
            hooks=[marked("camera_dots")],
        )

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("square_dot-hollow", self.say(self.title))]
