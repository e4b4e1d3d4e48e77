"""Which emergency rooms have a bed free."""

from collections.abc import Hashable

import holoviews as hv
import numpy as np

from data import figure
from layers import Frame, Layer
from layers._spots import count, fresh, spots, table, tips

FEW = 5.0  # beds from which on a cross is full size


class EmergencyDots(Layer):
    """A cross per hospital, larger with more beds; hollow where none is free."""

    title = "Emergency rooms"
    subject = "Safety"
    on = {"city": 76, "near": 76}
    hidden = ("city", "near")

    rooms = Frame("emergency_rooms", doc="Hospitals with their free beds.")

    def draw(self) -> hv.Points:
        """Points with size and fill; a hospital that does not tell its beds is left out."""
        rows = table(fresh(self, "rooms"), "name", "name_en", "emergency_beds", "lon", "lat")
        rows = rows[rows["emergency_beds"].notna()]
        name = rows["name"]
        if self.language != "ko":
            name = rows["name_en"].where(rows["name_en"] != "", name)
        beds = rows["emergency_beds"].astype(float)
        free = [self.say("{n} beds free", n=figure(max(n, 0.0))) for n in beds]
        rows = rows.assign(
            fill=(beds > 0).astype(float),
            size=1.4 + 0.8 * np.clip(beds, 0, FEW) / FEW,
            tip=tips(name, free),
        )
        return spots(self, rows, ("size", "fill"), marker="plus")

    def told(self) -> Hashable:
        """Each hospital has its own age."""
        return (*super().told(), *count(self, "rooms"))

    def legend(self) -> list[tuple[str, str]]:
        """Free and not."""
        return [("plus", self.say("Beds free")), ("plus-hollow", self.say("No bed free"))]
