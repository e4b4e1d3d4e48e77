"""How densely people stand: every dong in one of six tones."""

import geopandas as gpd
import holoviews as hv
import numpy as np
import pandas as pd

from data import figure
from layers import Frame, Layer
from layers._dongs import called, codes, dongs
from layers._spots import tips
from layers._tips import each

SHARES = (12, 30, 52, 74, 90)  # per cent of the dongs below each limit between two tones


class CrowdCells(Layer):
    """Living population per km² of land, water left out; an unknown dong has the emptiest tone.

    The limits are those of the last whole day that was published: they hold all day.
    """

    title = "People per km²"
    on = {"city": 10}
    reel = True
    subject = "People"
    timed = "people"
    daily = "days"

    shapes = Frame("dong_shapes", doc="Polygons of the dongs with their land in km².")
    people = Frame("population_now", doc="Living population by dong and time; the newest is drawn.")
    days = Frame("living_population", doc="Published days; the newest gives the limits.")
    dongs = Frame("dongs", doc="What each dong is called.")

    def draw(self) -> hv.Polygons:
        """One polygon a dong, as the shapes are: ``colour``, ``tip`` and ``area``, its code."""
        tones = np.array(self.tokens.land)[self.steps()].tolist() if codes(self) else []
        told = {"colour": tones, "tip": self._tips(), "area": codes(self)}
        return dongs(self, told, color="colour", line_color="colour", line_width=0.7)

    def legend(self) -> list[tuple[str, str]]:
        """The tones, emptiest first; the two ends have words."""
        ends = {0: self.say("Fewer"), 5: self.say("More")}
        return [(f"land-{step}", ends.get(step, "")) for step in range(6)]

    def steps(self) -> np.ndarray:
        """The tone of each dong, 0 to 5; 0 where the number of people is unknown."""
        now = density(newest(self.people), self.shapes)
        whole = self.days if self.days is not None and len(self.days) else self.people
        of = getattr(self, "_limits_of", (None, None))
        if of[0] is not whole or of[1] is not self.shapes:
            self._limits_of = whole, self.shapes, self._limits(whole)
        limits = self._limits_of[2]
        return np.where(np.isfinite(now), np.searchsorted(limits, now, side="right"), 0)

    def _tips(self) -> list[str]:
        """Name, people per km² and people of each dong; the dash where unknown."""
        if not codes(self):
            return []
        people = newest(self.people).reindex(codes(self)).to_numpy(dtype="float64")
        dense = each(
            density(newest(self.people), self.shapes),
            lambda n: self.say("{n} people/km²", n=figure(n)),
        )
        there = each(people, lambda n: self.say("{n} people", n=figure(n)))
        return tips(called(self), dense, there)

    def _limits(self, people: pd.DataFrame | None) -> np.ndarray:
        """The five limits in people per km², of the newest day in that frame."""
        if people is None or people.empty:
            return np.full(len(SHARES), np.inf)
        day = people["observed_at"].max().floor("D")
        mean = people[people["observed_at"] >= day].groupby("dong")["population"].mean()
        known = density(mean, self.shapes)
        known = known[np.isfinite(known)]
        return np.percentile(known, SHARES) if len(known) else np.full(len(SHARES), np.inf)


def newest(people: pd.DataFrame | None) -> pd.Series:
    """Population by dong at the newest time; empty when nothing is known."""
    if people is None or people.empty:
        return pd.Series(dtype="float64")
    rows = people[people["observed_at"] == people["observed_at"].max()]
    return rows.drop_duplicates("dong", keep="last").set_index("dong")["population"]


def density(people: pd.Series, shapes: gpd.GeoDataFrame) -> np.ndarray:
    """People per km² of land in the order of the shapes; NaN where unknown."""
    land = shapes["land_km2"].to_numpy()
    known = people.reindex(shapes["dong"]).to_numpy(dtype="float64")
    return np.divide(known, land, out=np.full(len(land), np.nan), where=land > 0)
