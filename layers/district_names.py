"""The names of the districts, and how many people are in each."""

import holoviews as hv
import pandas as pd

from layers import Frame, Layer
from layers._labels import labels
from layers._layer import overlay
from layers._shapes import points

MYRIAD = 1e4
FEW = 9  # names on a narrow map: every third of the districts by size would crowd


class DistrictNames(Layer):
    """Name and figure; on a narrow map nine names alone."""

    title = "Names of the districts"
    on = {"city": 70}

    districts = Frame("districts", doc="Names and where they stand.")
    people = Frame("district_people", doc="People by district.")

    def draw(self) -> hv.Overlay:
        """Names, then figures, each with its halo."""
        rows = self._rows()
        size = self.tokens.px("t1") * (1.0 if self.surface == "wall" else 0.95)
        figures = self.surface == "wall" or not self.narrow
        x, y = points(rows["label_lon"], rows["label_lat"])
        names = list(zip(x, y, rows["name"], strict=True))
        counts = list(zip(x, y, rows["figure"], strict=True)) if figures else []
        up, down = (size * 0.55, -size * 0.6) if figures else (0, 0)
        return overlay(
            [
                *labels(names, "district_names", self.tokens, size=size, style="bold", lift=up),
                *labels(counts, "district_names", self.tokens, size=size, lift=down),
            ]
        )

    def _rows(self) -> pd.DataFrame:
        """name, figure and place of each district that is named."""
        if self.districts is None:
            return pd.DataFrame(columns=["label_lon", "label_lat", "name", "figure"], dtype=object)
        rows = self.districts
        if self.narrow:
            rows = rows.nlargest(FEW, "area_km2")
        name = (
            rows["name_ko"]
            .str.removesuffix("구")
            .where(rows["name_ko"].str.len() > 2, rows["name_ko"])
        )
        name = name if self.language == "ko" else rows["name_en"].str.removesuffix("-gu")
        return rows.assign(name=name, figure=self._figures(rows["gu_code"]))

    def _figures(self, codes: pd.Series) -> list[str]:
        """In ten thousands; the dash where unknown or too old to be told."""
        told = self.people is not None and self.about("people").state in ("live", "late")
        known = self.people.set_index("gu_code")["population"] if told else pd.Series(dtype=float)
        people = known.reindex(codes)
        return [f"{n / MYRIAD:.1f}" if n == n else "–" for n in people]
