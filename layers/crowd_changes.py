"""Where more or fewer people are than a week ago at this hour."""

import holoviews as hv
import numpy as np
import pandas as pd

from data import DASH, changes, figure, known
from layers import Frame, Layer
from layers._areas import APART, Hatched
from layers._dongs import called, codes, dongs
from layers._spots import tips
from layers._tips import each

SOME, MANY = 0.10, 0.30  # fractions of the week before
TONES = ("land-0", "land-1", "much-2", "much-4")  # unknown, as before or fewer, more, many more
LINES = (0.0, 0.5, 1.0)  # how strong the lines over a dong are: fewer, many fewer


class CrowdChanges(Layer):
    """More a darker tone, fewer lines across; as before where an estimate cannot tell.

    A dong that is not known, now or then, has the emptiest tone.
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

    def draw(self) -> hv.Polygons:
        """One polygon a dong: ``colour``, ``lines``, ``tip`` and ``area``, its code."""
        rows = self.rows()
        tones = np.array([self.tokens[tone] for tone in TONES])[self._more(rows)]
        told = {"colour": tones.tolist(), "lines": self._fewer(rows).tolist()}
        told |= {"tip": self._tips(rows), "area": codes(self)}
        return dongs(
            self,
            told,
            Hatched,
            color="colour",
            line_color="colour",
            line_width=0.7,
            hatch_pattern="/",
            hatch_color=self.tokens["ink-2"],
            hatch_scale=APART[self.surface],
            hatch_weight=self.tokens.px("hair"),
            hatch_alpha="lines",
        )

    def legend(self) -> list[tuple[str, str]]:
        """Many fewer to many more."""
        some, many = f"{SOME:.0%}", f"{MANY:.0%}"
        fewer = [("hatch-3", f"−{many}"), ("hatch-1", f"−{some}")]
        more = [("much-2", f"+{some}"), ("much-4", f"+{many}")]
        return [*fewer, ("land-1", self.say("As a week ago")), *more]

    def rows(self) -> pd.DataFrame:
        """people, change and unsure of each dong, in the order of the shapes."""
        told = self.about("people").state in ("live", "late")
        rows = changes(self.people if told else None, self.days).reindex(codes(self))
        return rows.assign(unsure=rows["unsure"].eq(True))

    def _more(self, rows: pd.DataFrame) -> np.ndarray:
        """Which of TONES each dong has."""
        change = rows["change"].to_numpy("float64")
        steps = np.where(rows["unsure"], 0, (change >= SOME) * 1 + (change >= MANY))
        return np.where(np.isnan(change), 0, 1 + steps)

    def _fewer(self, rows: pd.DataFrame) -> np.ndarray:
        """How strong its lines are."""
        change = rows["change"].to_numpy("float64")
        steps = np.where(rows["unsure"], 0, (change <= -SOME) * 1 + (change <= -MANY))
        return np.array(LINES)[steps]

    def _tips(self, rows: pd.DataFrame) -> list[str]:
        """Name, how far from a week ago, people now."""
        change = each(rows["change"].round(2), self._word)
        doubt = self.say("within the estimate's error")
        unsure = [doubt if there else "" for there in rows["unsure"].tolist()]
        there = each(rows["people"], lambda n: self.say("{n} people", n=figure(n)))
        return tips(called(self), change, unsure, there)

    def _word(self, change: float) -> str:
        return f"{change:+.0%}".replace("-", "−") if known(change) else DASH
