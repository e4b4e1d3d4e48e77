"""The names of the districts."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._columns import FAR, NEAR
from layers._districts import apart, named
from layers._labels import labels
from layers._layer import overlay
from layers._pins import aside

LIFT = 0.55  # of the text's size, so that a figure has room under the name


class DistrictNames(Layer):
    """Every name with its halo; on a narrow map nine."""

    title = "Names of the districts"
    on = {"city": 70}
    timed = "districts"

    districts = Frame("districts", doc="Names and where they stand.")
    incidents = Frame("incidents_ranked", doc="The gravest, for whose pins names make room.")

    def draw(self) -> hv.Overlay:
        """Halos, then names; in the hand first those that stand clear when all is seen."""
        size = self.tokens.px("t1")
        rows = aside(self, named(self.districts, self.language, self.narrow), size)
        if self.surface != "hand":
            return self._words(rows, size, "Labels")
        few = apart(rows, size, self.narrow)
        return overlay([*self._words(few, size, FAR), *self._words(rows, size, NEAR)])

    def _words(self, rows: pd.DataFrame, size: float, group: str) -> hv.Overlay:
        words = list(zip(rows["x"], rows["y"], rows["name"], strict=True))
        look = dict(size=size, style="bold", lift=0 if self.narrow else size * LIFT, group=group)
        return labels(words, "district_names", self.tokens, **look)
