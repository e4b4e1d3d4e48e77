"""How many of those who are there are 65 and over."""

from functools import partial

import holoviews as hv
import numpy as np
import pandas as pd

from data import by_age, known
from layers import Frame, Layer
from layers._dongs import called, codes, dongs
from layers._spots import tips
from layers._tips import each

LIMITS = (0.07, 0.14, 0.20, 0.28)  # an ageing, an aged, a super-aged society (UN); twice aged
WORDS = {"young": "Under 20", "grown": "20 to 39", "middle": "40 to 64", "old": "65 and over"}


class CrowdAges(Layer):
    """A darker tone the larger their share; a dong of which a group is withheld is left empty.

    Of the newest hour that was published, days ago.
    """

    title = "Share of 65 and over"
    subject = "People"
    on = {"city": 12}
    hidden = ("city",)
    timed = "people"

    shapes = Frame("dong_shapes", doc="Polygons of the dongs.")
    people = Frame("population_by_age", doc="Living population by age; the newest hour is drawn.")
    dongs = Frame("dongs", doc="What each dong is called.")

    def draw(self) -> hv.Polygons:
        """One polygon a dong: ``colour``, ``tip`` and ``area``, its code."""
        rows = self.rows()
        old = rows["old"].to_numpy("float64")
        steps = np.where(np.isnan(old), 0, 1 + np.searchsorted(LIMITS, old, side="right"))
        tones = np.array([self.tokens[tone] for tone in self._tones()])[steps]
        told = {"colour": tones.tolist(), "tip": self._tips(rows), "area": codes(self)}
        return dongs(self, told, color="colour", line_color="colour", line_width=0.7)

    def legend(self) -> list[tuple[str, str]]:
        """The tones by the share at which each begins."""
        words = [f"< {LIMITS[0]:.0%}", *(f"{limit:.0%}" for limit in LIMITS)]
        return list(zip(self._tones()[1:], words, strict=True))

    def rows(self) -> pd.DataFrame:
        """The fraction of each age in each dong, in the order of the shapes."""
        told = self.people is not None and self.about("people").state in ("live", "late")
        if not told or self.people.empty:
            return pd.DataFrame(dict.fromkeys(WORDS, np.nan), codes(self))
        newest = self.people[self.people["observed_at"] == self.people["observed_at"].max()]
        return by_age(newest.drop_duplicates("dong", keep="last").set_index("dong")).reindex(
            codes(self)
        )

    def _tones(self) -> list[str]:
        return ["paper", *(f"much-{step}" for step in range(1, 6))]

    def _tips(self, rows: pd.DataFrame) -> list[str]:
        """Name, then the share of each age, the oldest first."""
        said = [each(rows[age].round(2), partial(self._share, age)) for age in reversed(WORDS)]
        return tips(called(self), *said)

    def _share(self, age: str, share: float) -> str:
        return f"{self.say(WORDS[age])} {share:.0%}" if known(share) else ""
