"""How many people are in each district, under its name."""

import holoviews as hv
import pandas as pd

from data import figure
from layers import Frame, Layer
from layers._columns import FAR, NEAR
from layers._districts import apart, named
from layers._labels import labels
from layers._layer import overlay
from layers._pins import aside
from layers._tips import tip

MYRIAD = 1e4
DROP = 0.6  # of the text's size, below the middle


class DistrictFigures(Layer):
    """In ten thousands; the dash where unknown or too old to be told. None on a narrow map."""

    title = "People in the districts"
    on = {"city": 71}
    reel = True
    subject = "People"
    timed = "people"

    districts = Frame("districts", doc="Where the figures stand.")
    people = Frame("district_people", doc="People by district.")
    incidents = Frame("incidents_ranked", doc="The gravest, for whose pins figures make room.")

    def draw(self) -> hv.Overlay:
        """Halos, then figures with ``tip``; in the hand first those under a name that is seen."""
        rows = named(self.districts, self.language, self.narrow)
        size = self.tokens.px("t1")
        rows = aside(self, rows.iloc[:0] if self.narrow else rows, size)
        if self.surface != "hand":
            return self._figures(rows, size, "Labels")
        few = apart(rows, size, self.narrow)
        return overlay([*self._figures(few, size, FAR), *self._figures(rows, size, NEAR)])

    def _figures(self, rows: pd.DataFrame, size: float, group: str) -> hv.Overlay:
        people = self._people(rows["gu_code"])
        figures = [figure(n / MYRIAD, 1) for n in people]
        words = list(zip(rows["x"], rows["y"], figures, strict=True))
        told = [
            tip(name, self.say("{n} people", n=figure(n)))
            for name, n in zip(rows["name"], people, strict=True)
        ]
        look = dict(size=size, lift=-size * DROP, tips=told, group=group)
        return labels(words, "district_figures", self.tokens, **look)

    def _people(self, codes: pd.Series) -> pd.Series:
        """Of those districts; NaN where unknown or too old to be told."""
        told = self.people is not None and self.about("people").state in ("live", "late")
        known = self.people.set_index("gu_code")["population"] if told else pd.Series(dtype=float)
        return known.reindex(codes)

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("number", self.say(self.title))]
