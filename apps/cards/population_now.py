"""How many people are in the city now?"""

import numpy as np
import pandas as pd

from apps._format import city_people, known, shown, weekday
from apps.cards import Card
from data import clock
from layers import Frame


class PopulationNow(Card):
    """The hero figure, and how it compares with the same moment of yesterday and a week ago."""

    title = "People in Seoul now"
    on = {"wall": 2, "mobile": 2}

    people = Frame("city_people", doc="The hours of the day and the newest value.")

    def facts(self) -> dict:
        """figure, as printed; last_week and yesterday, fractions or None; weekday of last week."""
        about = self.about("people")
        newest = self._newest(about) if shown(about) else {}
        here = newest.get("today")
        return {
            "about": about,
            "figure": city_people(here, self.language),
            "known": known(here),
            "last_week": _against(here, newest.get("last_week")),
            "yesterday": _against(here, newest.get("yesterday")),
            "weekday": weekday(about.observed_at or clock.now(), self.language),
        }

    def _newest(self, about) -> dict[str, float]:
        """People at the newest time; the past days between their hours by straight line."""
        if self.people is None or self.people.empty:
            return {}
        moment = pd.Timestamp(about.observed_at)
        rows = self.people.sort_values("observed_at")
        hours = rows[rows["observed_at"] == rows["observed_at"].dt.floor("h")]
        since = (hours["observed_at"] - moment).dt.total_seconds()
        past = {n: np.interp(0, since, hours[n]) for n in ("yesterday", "last_week")}
        today = rows.loc[rows["observed_at"] == moment, "today"]
        return {"today": today.iloc[-1] if len(today) else None, **past}


def _against(here: float | None, then: float | None) -> float | None:
    """The change as a fraction of then; None when either is unknown."""
    return here / then - 1 if known(here) and known(then) and then > 0 else None
