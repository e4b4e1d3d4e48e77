"""How many people are in each district, under its name."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._districts import named
from layers._labels import labels

MYRIAD = 1e4
DROP = 0.6  # of the text's size, below the middle


class DistrictFigures(Layer):
    """In ten thousands; the dash where unknown or too old to be told. None on a narrow map."""

    title = "People in the districts"
    on = {"city": 71}

    districts = Frame("districts", doc="Where the figures stand.")
    people = Frame("district_people", doc="People by district.")

    def draw(self) -> hv.Overlay:
        """Halos, then figures."""
        rows = named(self.districts, self.language, self.narrow)
        rows = rows.iloc[:0] if self.narrow else rows
        words = list(zip(rows["x"], rows["y"], self._figures(rows["gu_code"]), strict=True))
        size = self.tokens.px("t1")
        return labels(words, "district_figures", self.tokens, size=size, lift=-size * DROP)

    def _figures(self, codes: pd.Series) -> list[str]:
        told = self.people is not None and self.about("people").state in ("live", "late")
        known = self.people.set_index("gu_code")["population"] if told else pd.Series(dtype=float)
        return [f"{n / MYRIAD:.1f}" if n == n else "–" for n in known.reindex(codes)]
