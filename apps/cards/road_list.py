"""Which roads move, and which do not?"""

import pandas as pd

from apps._format import shown
from apps.cards import Card
from layers import Frame

STREETS = 10


class RoadList(Card):
    """Every expressway, slowest first, and the slowest arterials."""

    title = "Main roads"
    on = {"wall": 13, "mobile": 10}

    roads = Frame("road_summary", doc="Mean speed by road.")

    def facts(self) -> dict:
        """expressways and streets: rows of name, speed in km/h, band, slowest link."""
        about = self.about("roads")
        there = self.roads is not None and shown(about)
        rows = self.roads[self.roads["scope"] == "road"] if there else None
        return {
            "about": about,
            "expressways": self._rows(rows, "expressway") if there else [],
            "streets": self._rows(rows, "arterial")[:STREETS] if there else [],
        }

    def _rows(self, rows, road_class: str) -> list[dict]:
        mine = rows[rows["road_class"] == road_class].sort_values("speed")
        names = mine["road"] if self.language == "ko" else short(mine["name_en"])
        return [
            {"name": name, "speed": row.speed, "band": row.band, "slowest": row.slowest}
            for name, row in zip(names, mine.itertuples(), strict=True)
        ]


def short(names: pd.Series) -> pd.Series:
    """English names as long as a list has room for: what is in brackets only to tell two apart."""
    names = names.str.replace(" Expressway", " Expwy", regex=False)
    bare = names.str.split(" (", regex=False).str[0]
    which = names.str.extract(r"\((\w+)")[0].fillna("")
    return bare.where(~bare.duplicated(keep=False), (bare + " " + which).str.strip())
