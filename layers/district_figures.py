"""How many people are in each district, under its name."""

import holoviews as hv
import pandas as pd

from data import figure
from layers import Frame, Layer
from layers._districts import named
from layers._labels import labels
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

    def draw(self) -> hv.Overlay:
        """Halos, then figures with ``tip``."""
        rows = named(self.districts, self.language, self.narrow)
        rows = rows.iloc[:0] if self.narrow else rows
        people = self._people(rows["gu_code"])
        figures = [figure(n / MYRIAD, 1) for n in people]
        told = [
            tip(name, self.say("{n} people", n=figure(n)))
            for name, n in zip(rows["name"], people, strict=True)
        ]
        words = list(zip(rows["x"], rows["y"], figures, strict=True))
        size = self.tokens.px("t1")
        return labels(
            words, "district_figures", self.tokens, size=size, lift=-size * DROP, tips=told
        )

    def _people(self, codes: pd.Series) -> pd.Series:
        """Of those districts; NaN where unknown or too old to be told."""
        told = self.people is not None and self.about("people").state in ("live", "late")
        known = self.people.set_index("gu_code")["population"] if told else pd.Series(dtype=float)
        return known.reindex(codes)

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("number", self.say(self.title))]
