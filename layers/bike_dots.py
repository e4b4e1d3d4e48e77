"""Where a public bike stands ready."""

import holoviews as hv
import pandas as pd

from data import figure
from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import points
from layers._tips import tip

SIZE = {"hand": 4.0, "wall": 8.0, "kiosk": 20.0}  # screen px


class BikeDots(Layer):
    """One dot per rental station: full where bikes stand, hollow where none does."""

    title = "Public bikes"
    on = {"city": 62}
    hidden = ("city",)
    subject = "Movement"

    stations = Frame("bike_stations", doc="Rental stations with their bikes.")

    def draw(self) -> hv.Points:
        """Points with ``fill``, 1 or 0, and ``tip``; a station that tells nothing is left out."""
        rows = pd.DataFrame({"x": [], "y": [], "fill": [], "tip": []})
        told = self.stations is not None and self.about("stations").state in ("live", "late")
        if told:
            known = self.stations[self.stations["bikes"].notna()]
            x, y = points(known["lon"], known["lat"])
            fill = (known["bikes"] > 0).to_numpy(float)
            rows = pd.DataFrame({"x": x, "y": y, "fill": fill, "tip": self._tips(known)})
        return hv.Points(rows.dropna(), ["x", "y"], ["fill", "tip"]).opts(
            size=SIZE[self.surface] * (0.75 if self.narrow else 1),
            color=self.tokens["ink"],
            fill_alpha="fill",
            line_color=self.tokens["ink"],
            line_width=1,
            hooks=[marked("bike_dots")],
        )

    def legend(self) -> list[tuple[str, str]]:
        """Full and hollow."""
        return [("full", self.say("Bikes ready")), ("hollow", self.say("No bike"))]

    def _tips(self, rows: pd.DataFrame) -> list[str]:
        return [
            tip(
                row.name,
                f"{self.say('{n} bikes', n=figure(row.bikes))} / "
                f"{self.say('{n} racks', n=figure(row.racks))}",
            )
            for row in rows.itertuples(index=False)
        ]
