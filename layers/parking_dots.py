"""Which car parks have a space free."""

from collections.abc import Hashable

import holoviews as hv
import numpy as np

from data import figure
from layers import Frame, Layer
from layers._spots import count, fresh, spots, table, tips


class ParkingDots(Layer):
    """A square per car park, full as its spaces are free; hollow where none is."""

    title = "Car parks"
    subject = "Movement"
    on = {"city": 63, "near": 63}
    hidden = ("city", "near")

    lots = Frame("parking", doc="Car parks with their free spaces.")

    def draw(self) -> hv.Points:
        """Points with fill, the share of free spaces; one that does not tell is left out."""
        rows = table(fresh(self, "lots"), "lot", "free", "spaces", "lon", "lat", "observed_at")
        rows = rows[rows["free"].notna()]
        free, spaces = rows["free"].astype(float), rows["spaces"].astype(float)
        words = [
            self.say("{n} of {all} spaces free", n=figure(n), all=figure(m))
            for n, m in zip(free, spaces, strict=True)
        ]
        share = np.where(free > 0, 0.35 + 0.65 * np.clip(free / spaces, 0, 1), 0.0)
        rows = rows.assign(
            fill=np.nan_to_num(share.round(2), nan=1.0), tip=tips(rows["lot"], words)
        )
        return spots(self, rows, ("fill",), marker="square", scale=1.1)

    def told(self) -> Hashable:
        """Each car park has its own age."""
        return (*super().told(), *count(self, "lots"))

    def legend(self) -> list[tuple[str, str]]:
        """Free and not."""
        return [("square", self.say("Spaces free")), ("square-hollow", self.say("No space free"))]
