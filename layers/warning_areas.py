"""Where a weather warning is in force: the four parts of the city, by its level."""

import holoviews as hv
import numpy as np
import pandas as pd
import shapely

from layers import Frame, Layer
from layers._areas import PARTS, districts, hatched
from layers._districts import clear, named
from layers._labels import labels
from layers._layer import overlay
from layers._spots import fresh, table, tips
from layers._tips import seconds

GRAVEST = "warning"
DENSE = {"advisory": 1, GRAVEST: 3}


class WarningAreas(Layer):
    """Hatched in ink, thinly for an advisory and densely for a warning, with its words."""

    title = "Weather warnings"
    subject = "Safety"
    on = {"city": 66}
    hidden = ("city",)

    warnings = Frame("weather_warnings", doc="Warnings in force.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")
    districts = Frame("districts", doc="Where names stand that its words must not cover.")

    def draw(self) -> hv.Overlay:
        """Areas under an advisory, under a warning, then their words."""
        rows, found = self.parts(), {level: [] for level in DENSE}
        names = named(self.districts, self.language, self.narrow)
        taken, words = names[["x", "y"]].to_numpy(float), []
        for row in rows.itertuples():
            found[row.level].append((row.shape, row.tip, row.at))
            words.append((*clear(row.shape, row.words, taken), row.words))
        size = self.tokens.px("t1" if self.narrow else "t2")
        areas = [hatched(self, found[level], DENSE[level], "ink-3") for level in DENSE]
        said = labels(words, "warning_areas", self.tokens, size=size, style="bold")
        return overlay([*areas, *said])

    def parts(self) -> pd.DataFrame:
        """A row per part of the city with a warning: level (the gravest), words, tip, at, shape."""
        cells = districts(self)
        names = ("area_code", "area", "kind", "kind_en", "level", "level_en", "issued_at")
        rows, made = table(fresh(self, "warnings"), *names), []
        rows = rows[rows["level_en"].isin(DENSE)]
        for code, some in rows.groupby("area_code"):
            shapes = [cells[gu] for gu in PARTS.get(code, ()) if gu in cells]
            if not shapes:
                continue
            kind, level = (
                some[n if self.language == "ko" else f"{n}_en"] for n in ("kind", "level")
            )
            said = ", ".join(dict.fromkeys(kind + " " + level))
            worst = GRAVEST if (some["level_en"] == GRAVEST).any() else "advisory"
            (tip,) = tips([some["area"].iloc[0]], [said])
            at = np.nanmax(seconds(some["issued_at"]))
            made.append((worst, said, tip, at, shapely.union_all(shapes)))
        return pd.DataFrame(made, columns=["level", "words", "tip", "at", "shape"])

    def legend(self) -> list[tuple[str, str]]:
        """The two levels."""
        marks = (("hatch-1", "Advisory"), ("hatch-3", "Warning in force"))
        return [(mark, self.say(word)) for mark, word in marks]
