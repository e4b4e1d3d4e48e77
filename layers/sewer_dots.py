"""How high the water stands in the sewers, district by district."""

from collections.abc import Hashable

import holoviews as hv
import numpy as np
import pandas as pd

from layers import Frame, Layer
from layers._spots import count, fresh, named, spots, tips
from layers._tips import measure
from layers._within import within

HIGH = 3.0  # metres from which on a mark does not grow


class SewerDots(Layer):
    """A grate per district, as large as its highest water; hollow where no sensor tells.

    The portal tells metres, not how deep a sewer is: no share of its filling can be known.
    """

    title = "Sewer levels"
    subject = "Air and water"
    on = {"city": 67}
    hidden = ("city",)

    sensors = Frame("sewers", doc="Water by sensor.")
    districts = Frame("districts", doc="Where each district is.")

    def draw(self) -> hv.Points:
        """Points with size and fill in the middle of every district that has a sensor."""
        rows = self.highest()
        found = [measure(level, "m", 2) for level in rows["level"]]
        many = [self.say("highest of {n} sensors", n=n) for n in rows["sensors"]]
        rows = rows.assign(
            fill=rows["level"].notna().astype(float),
            size=1.2 + 1.6 * np.clip(rows["level"].astype(float).fillna(0), 0, HIGH) / HIGH,
            tip=tips(rows["name"], found, many),
        )
        return spots(self, rows, ("size", "fill"), marker="square_cross")

    def highest(self) -> pd.DataFrame:
        """gu_code, name, level (m, NaN where none tells), sensors, observed_at, lon, lat."""
        told = fresh(self, "sensors")
        if told is None or told.empty or self.districts is None:
            names = ["gu_code", "name", "level", "sensors", "observed_at", "lon", "lat"]
            return pd.DataFrame(columns=names)
        rows = told.groupby("gu_code", as_index=False).agg(
            level=("level", "max"), sensors=("level", "size"), observed_at=("observed_at", "max")
        )
        names = self.districts.set_index("gu_code")
        rows = rows[rows["gu_code"].isin(names.index)]
        names = named(self, names.loc[rows["gu_code"]])
        return within(rows.assign(name=names.to_numpy()), self.districts)

    def told(self) -> Hashable:
        """Each sensor has its own age."""
        return (*super().told(), *count(self, "sensors"))

    def legend(self) -> list[tuple[str, str]]:
        """Water by size, and nothing known."""
        marks = (("square_cross", "Water level, by size"), ("square_cross-hollow", "Unknown"))
        return [(mark, self.say(word)) for mark, word in marks]
