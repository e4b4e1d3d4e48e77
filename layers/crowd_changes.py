"""Where more or fewer people are than a week ago at this hour."""

import holoviews as hv
import numpy as np
import pandas as pd

from data import DASH, changes, figure, known
from layers import Frame, Layer
from layers._dongs import called, codes, dongs, middles
from layers._layer import marked, overlay
from layers._spots import NARROWER, tips
from layers._tips import each

SOME, MANY = 0.10, 0.30  # fractions of the week before
TONES = ("paper", "land-0", "land-0", "land-1", "much-1", "much-2")  # unknown, many fewer, …
MARKS = {"triangle": (4, 5), "inverted_triangle": (2, 1)}  # by the steps of TONES: hollow, full
SIZE = {"hand": 7.0, "wall": 14.0, "kiosk": 24.0}  # screen px


class CrowdChanges(Layer):
    """A triangle up where more, down where fewer are, full where by far; as before where the
    estimate cannot tell. A dong that is not known, now or then, is left empty.
    """

    title = "People, against a week ago"
    subject = "People"
    on = {"city": 11}
    hidden = ("city",)
    timed = "people"

    shapes = Frame("dong_shapes", doc="Polygons of the dongs.")
    people = Frame("population_now", doc="Living population by dong and time; the newest is drawn.")
    days = Frame("living_population", doc="Published days, of which one is a week ago.")
    dongs = Frame("dongs", doc="What each dong is called.")

    def draw(self) -> hv.Overlay:
        """A polygon a dong with ``colour``, ``tip`` and ``area``, its code; then the triangles."""
        rows = self.rows()
        steps = self._steps(rows)
        tones = np.array([self.tokens[tone] for tone in TONES])[steps]
        told = {"colour": tones.tolist(), "tip": self._tips(rows), "area": codes(self)}
        look = dict(color="colour", line_color="colour", line_width=0.7)
        marks = [self._marks(steps, marker) for marker in MARKS]
        return overlay([dongs(self, told, **look), *marks])

    def _marks(self, steps: np.ndarray, marker: str) -> hv.Points:
        some, many = MARKS[marker]
        there = np.isin(steps, (some, many))
        full = np.where(steps[there] == many, 1.0, 0.0)
        size = SIZE[self.surface] * (NARROWER if self.narrow else 1)
        return hv.Points(np.column_stack([middles(self)[there], full]), ["x", "y"], "full").opts(
            marker=marker,
            size=size,
            color=self.tokens["ink"],
            fill_alpha="full",
            line_width=size / 5,
            hooks=[marked("crowd_changes")],
        )

    def legend(self) -> list[tuple[str, str]]:
        """Many fewer to many more."""
        some, many = f"{SOME:.0%}", f"{MANY:.0%}"
        fewer = [("inverted_triangle", f"−{many}"), ("inverted_triangle-hollow", f"−{some}")]
        more = [("triangle-hollow", f"+{some}"), ("triangle", f"+{many}")]
        return [*fewer, ("land-1", self.say("As a week ago")), *more]

    def rows(self) -> pd.DataFrame:
        """people, change and unsure of each dong, in the order of the shapes."""
        told = self.about("people").state in ("live", "late")
        rows = changes(self.people if told else None, self.days).reindex(codes(self))
        return rows.assign(unsure=rows["unsure"].eq(True))

    def _steps(self, rows: pd.DataFrame) -> np.ndarray:
        """Which of TONES each dong has."""
        change = rows["change"].to_numpy("float64")
        far = np.sign(change) * ((abs(change) >= SOME) * 1 + (abs(change) >= MANY))
        far = np.where(rows["unsure"], 0, far)
        return np.where(np.isnan(change), 0, 3 + np.nan_to_num(far)).astype(int)

    def _tips(self, rows: pd.DataFrame) -> list[str]:
        """Name, how far from a week ago, people now."""
        change = each(rows["change"].round(2), self._word)
        doubt = self.say("within the estimate's error")
        unsure = [doubt if there else "" for there in rows["unsure"].tolist()]
        there = each(rows["people"], lambda n: self.say("{n} people", n=figure(n)))
        return tips(called(self), change, unsure, there)

    def _word(self, change: float) -> str:
        return f"{change:+.0%}".replace("-", "−") if known(change) else DASH
