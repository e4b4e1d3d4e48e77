"""How many people are around this station, and when are there most?"""

import pandas as pd

from apps._format import known, shown, weekday
from apps.cards import Card
from apps.cards._near import nearest, place
from data import clock
from layers import Frame

AROUND = 1000.0  # metres from the station to the middle of a dong that counts
WEEK = pd.Timedelta(days=7)


class PeopleHere(Card):
    """The people in the dongs around the station, against a week ago; that day hour by hour."""

    title = "People around"

    people = Frame("population_now", doc="Living population by dong, the newest.")
    past = Frame("living_population", doc="Living population by dong and hour, of the last weeks.")
    stations = Frame("stations", doc="Where this station is.")
    dongs = Frame("dongs", doc="Where the dongs are.")

    def facts(self) -> dict:
        """people, and against a week ago, None when one dong is unknown; names; 24 hours."""
        about = self.about("people")
        near = nearest(self.dongs, place(self.stations, self.station), AROUND)
        codes = [] if near.empty else list(near["dong"])
        moment = pd.Timestamp(about.observed_at or clock.now())
        there = shown(about) and codes
        people = self._sum(self.people, codes, moment) if there else None
        hours = self._hours(codes, moment.floor("D") - WEEK) if there else [None] * 24
        before = hours[moment.hour]
        most = max((h for h in range(24) if known(hours[h])), key=hours.__getitem__, default=None)
        name = "name_ko" if self.language == "ko" else "name_en"
        return {
            "about": about,
            "people": people,
            "against": people / before - 1 if known(people) and before else None,
            "names": [] if near.empty else [n.removesuffix("-dong") for n in near[name]],
            "hours": [None if h is None else h / hours[most] for h in hours],
            "present": moment.hour,
            "most": most,
            "weekday": weekday(moment, self.language),
        }

    def _hours(self, codes: list[str], day: pd.Timestamp) -> list[float | None]:
        """The 24 hours of that day."""
        if self.past is None or self.past.empty:
            return [None] * 24
        rows = self.past[self.past["dong"].isin(codes)]
        return [self._sum(rows, codes, day + pd.Timedelta(hours=h)) for h in range(24)]

    def _sum(self, rows, codes: list[str], moment: pd.Timestamp) -> float | None:
        """All those dongs together at that time; None when one of them is not known."""
        if rows is None or rows.empty:
            return None
        then = rows[rows["dong"].isin(codes) & (rows["observed_at"] == moment)]
        values = then.drop_duplicates("dong", keep="last")["population"].dropna()
        return float(values.sum()) if len(values) == len(codes) else None
