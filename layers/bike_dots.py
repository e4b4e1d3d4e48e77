"""Where a public bike stands ready."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import points

SIZE = {"hand": 4.0, "wall": 8.0, "kiosk": 20.0}  # screen px


class BikeDots(Layer):
    """One dot per rental station: full where bikes stand, hollow where none does."""

    title = "Public bikes"
    on = {"city": 62}
    hidden = ("city",)

    stations = Frame("bike_stations", doc="Rental stations with their bikes.")

    def draw(self) -> hv.Points:
        """Points with ``fill``, 1 or 0; a station that tells nothing is left out."""
        rows = pd.DataFrame({"x": [], "y": [], "fill": []})
        told = self.stations is not None and self.about("stations").state in ("live", "late")
        if told:
            known = self.stations[self.stations["bikes"].notna()]
            x, y = points(known["lon"], known["lat"])
            rows = pd.DataFrame({"x": x, "y": y, "fill": (known["bikes"] > 0).to_numpy(float)})
        return hv.Points(rows.dropna(), ["x", "y"], "fill").opts(
            size=SIZE[self.surface] * (0.75 if self.narrow else 1),
            color=self.tokens["ink"],
            fill_alpha="fill",
            line_color=self.tokens["ink"],
            line_width=1,
            hooks=[marked("bike_dots")],
        )
