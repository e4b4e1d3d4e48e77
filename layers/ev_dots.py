"""Where an electric car can be charged now."""

from collections.abc import Hashable

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._crowd import crowd
from layers._spots import count, fresh, tips

UNKNOWN = "Unknown"
NAMES = ["station", "free", "all", "lon", "lat", "observed_at"]


class EvDots(Layer):
    """A dotted diamond per charging station: full where a charger is free, hollow where none is."""

    title = "EV chargers"
    subject = "Movement"
    on = {"city": 63, "near": 63}
    hidden = ("city", "near")

    chargers = Frame("ev_chargers", doc="Chargers with their state.")
    districts = Frame("districts", doc="Where each district is.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    def draw(self) -> hv.Overlay:
        """Numbers, then Points with fill, 1 or 0; where no charger tells there is no station."""
        rows = self.by_station()
        words = [
            self.say("{n} of {all} chargers free", n=row.free, all=row.all)
            for row in rows.itertuples()
        ]
        rows = rows.assign(fill=(rows["free"] > 0).astype(float), tip=tips(rows["station"], words))
        return crowd(self, rows, "fill", worth="free", marker="diamond_dot", scale=1.4)

    def by_station(self) -> pd.DataFrame:
        """station, free and all (of the chargers that tell their state), lon, lat, observed_at."""
        told = fresh(self, "chargers")
        if told is None or told.empty:
            return pd.DataFrame(columns=NAMES)
        told = told[(told["state_en"] != UNKNOWN) & (told["state"] != "")]
        return told.assign(free=told["state_en"] == "Free").groupby("station_id").agg(
            station=("station", "first"), free=("free", "sum"), all=("free", "size"),
            lon=("lon", "first"), lat=("lat", "first"), observed_at=("observed_at", "max"),
        )[NAMES]  # fmt: skip

    def told(self) -> Hashable:
        """Each busy place, with the chargers near it, has its own age."""
        return (*super().told(), *count(self, "chargers"))

    def legend(self) -> list[tuple[str, str]]:
        """Free and not, and the numbers from afar."""
        marks = (("diamond_dot", "Charger free"), ("diamond_dot-hollow", "No charger free"))
        far = ("number", self.say("Free in the district; each station when enlarged"))
        return [*((mark, self.say(word)) for mark, word in marks), far]
