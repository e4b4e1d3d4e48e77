"""The names of the districts."""

import holoviews as hv

from layers import Frame, Layer
from layers._districts import named
from layers._labels import labels

LIFT = 0.55  # of the text's size, so that a figure has room under the name


class DistrictNames(Layer):
    """Every name with its halo; on a narrow map nine."""

    title = "Names of the districts"
    on = {"city": 70}

    districts = Frame("districts", doc="Names and where they stand.")

    def draw(self) -> hv.Overlay:
        """Halos, then names."""
        rows = named(self.districts, self.language, self.narrow)
        words = list(zip(rows["x"], rows["y"], rows["name"], strict=True))
        size = self.tokens.px("t1")
        lift = 0 if self.narrow else size * LIFT
        return labels(words, "district_names", self.tokens, size=size, style="bold", lift=lift)
