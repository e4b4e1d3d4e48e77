"""From which districts people call 120, in the newest hour."""

import holoviews as hv
import numpy as np
import pandas as pd

from data import figure
from layers import Frame, Layer
from layers._spots import fresh, named, spots, tips
from layers._within import within

MANY = 400.0  # calls an hour from which on a disc does not grow


class CallDots(Layer):
    """A disc per district, its area by its calls; hollow where every topic has under five.

    Topics of under five calls are not published: the calls of a district are at least so many.
    """

    title = "Calls to 120"
    subject = "Voice"
    on = {"city": 75}
    hidden = ("city",)

    calls = Frame("calls_120", doc="Calls by hour, district and topic.")
    districts = Frame("districts", doc="Where each district is.")

    def draw(self) -> hv.Points:
        """Points with size and fill in the middle of each district that is told of."""
        rows = within(self.newest(), self.districts)
        words = [
            self.say("at least {n} calls an hour" if few else "{n} calls an hour", n=figure(n))
            for n, few in zip(rows["calls"], rows["few"], strict=True)
        ]
        calls = np.nan_to_num(rows["calls"].astype(float))
        rows = rows.assign(
            size=1 + 4 * np.sqrt(np.clip(calls, 0, MANY) / MANY),
            fill=np.where(calls > 0, 0.45, 0.0),
            tip=tips(rows["name"], words),
        )
        return spots(self, rows, ("size", "fill"))

    def newest(self) -> pd.DataFrame:
        """gu_code, name, calls (NaN where every topic has under five), few, observed_at."""
        told = fresh(self, "calls")
        if told is None or told.empty or self.districts is None:
            return pd.DataFrame(columns=["gu_code", "name", "calls", "few", "observed_at"])
        told = told[told["observed_at"] == told["observed_at"].max()]
        told = told[told["gu_code"].isin(self.districts["gu_code"])]
        by = told.groupby("gu_code")
        rows = pd.DataFrame({"calls": by["calls"].sum(min_count=1), "few": by["few"].any()})
        rows["observed_at"] = by["observed_at"].max()
        names = self.districts.drop_duplicates("gu_code").set_index("gu_code")
        return rows.assign(name=named(self, names.loc[rows.index])).reset_index()

    def legend(self) -> list[tuple[str, str]]:
        """Calls by size, and too few."""
        marks = (("circle-half", "Calls, by size"), ("circle-hollow", "Under five a topic"))
        return [(mark, self.say(word)) for mark, word in marks]
