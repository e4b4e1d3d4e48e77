"""Where it rains, and how hard."""

import holoviews as hv
import numpy as np

from data import figure
from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips
from layers._tips import measure

HARD = 10.0  # mm in ten minutes from which on a disc does not grow


class RainDots(Layer):
    """A disc per gauge, its area by the rain of ten minutes; a small ring where none falls."""

    title = "Rainfall"
    subject = "Air and water"
    on = {"city": 65, "near": 65}
    hidden = ("city", "near")

    gauges = Frame("rain_gauges", doc="Rain by gauge.")

    def draw(self) -> hv.Points:
        """Points with size and fill; a gauge that does not tell, or has no place, is left out."""
        names = ("gauge", "rain", "rain_hour", "suspect", "observed_at", "lon", "lat")
        rows = table(fresh(self, "gauges"), *names)
        rows = rows[rows["rain"].notna()]
        rain = rows["rain"].astype(float)
        now = [measure(mm, "mm/10 min", 1) for mm in rain]
        hour = [self.say("{n} mm in an hour", n=figure(mm, 1)) for mm in rows["rain_hour"]]
        doubt = [self.say("being verified") if s else "" for s in rows["suspect"]]
        rows = rows.assign(
            fill=np.where(rain > 0, 0.45, 0.0),
            size=0.7 + 3.2 * np.sqrt(np.clip(rain, 0, HARD) / HARD),
            tip=tips(rows["gauge"], now, hour, doubt),
        )
        return spots(self, rows, ("size", "fill"))

    def legend(self) -> list[tuple[str, str]]:
        """Rain by size, and none."""
        return [("circle-half", self.say("Rain, by size")), ("circle-hollow", self.say("No rain"))]
