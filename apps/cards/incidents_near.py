"""What holds traffic up near here?"""

from apps._format import shown
from apps.cards import Card
from apps.cards._near import far, nearest, place, short
from layers import Frame

AROUND = 3000.0  # metres
MOST = 3


class IncidentsNear(Card):
    """How many incidents there are within AROUND, and the nearest; else the city's gravest."""

    title = "Incidents"

    incidents = Frame("incidents_ranked", doc="Incidents, the gravest first.")
    stations = Frame("stations", doc="Where this station is.")

    def facts(self) -> dict:
        """count near and of the whole city, None while unknown; rows, at most MOST."""
        about = self.about("incidents")
        known = self.incidents is not None and shown(about)
        ranked = self.incidents.reset_index(drop=True) if known else None
        near = nearest(ranked, place(self.stations, self.station), AROUND)
        first = near if len(near) else ranked.head(MOST) if known else near
        return {
            "about": about,
            "known": known,
            "around": round(AROUND / 1000),
            "count": len(near) if known else None,
            "all": len(ranked) if known else None,
            "rows": [self._row(row) for row in first.head(MOST).itertuples()],
        }

    def _row(self, row) -> dict:
        """number: its rank in the city, as on the map."""
        ko = self.language == "ko"
        title = row.road.split("(")[0] if ko else row.road_en.split(" (")[0]
        return {
            "number": row.Index + 1,
            "shape": row.shape,
            "title": short(title or row.text.split("\n")[0], 11 if ko else 20),
            "kind": row.detail_name if ko else row.detail_name_en,
            "far": far(row.metres) if hasattr(row, "metres") else None,
            "closure": row.closure if ko else row.closure_en,
        }
