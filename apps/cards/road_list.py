"""Which roads move, and which do not?"""

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
        ko = self.language == "ko"
        mine = rows[rows["road_class"] == road_class].sort_values("speed")
        return [
            {
                "name": (row.road if ko else row.name_en.replace(" Expressway", " Expwy")),
                "speed": row.speed,
                "band": row.band,
                "slowest": row.slowest,
            }
            for row in mine.itertuples()
        ]
