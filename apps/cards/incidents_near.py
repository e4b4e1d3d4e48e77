"""What holds traffic up near here?"""

from apps._format import shown
from apps.cards import Card
from apps.cards._near import far, nearest, place, short
from layers import Frame

AROUND = 3000.0  # metres
MOST = 3
ROOM = 27  # letters of English on a line


class IncidentsNear(Card):
    """How many incidents there are within AROUND, and the nearest of all, with their distance."""

    title = "Incidents"

    incidents = Frame("incidents_ranked", doc="Incidents, the gravest first.")
    stations = Frame("stations", doc="Where this station is.")

    def facts(self) -> dict:
        """count near and of the whole city, None while unknown; rows, at most MOST."""
        about = self.about("incidents")
        known = self.incidents is not None and shown(about)
        ranked = self.incidents.reset_index(drop=True) if known else None
        near = nearest(ranked, place(self.stations, self.station))
        return {
            "about": about,
            "known": known,
            "around": round(AROUND / 1000),
            "count": int((near["metres"] <= AROUND).sum()) if len(near) else 0,
            "all": len(ranked) if known else None,
            "rows": [self._row(row) for row in near.head(MOST).itertuples()],
        }

    def _row(self, row) -> dict:
        """number: its rank in the city, as on the map."""
        ko = self.language == "ko"
        title = row.road.split("(")[0] if ko else row.road_en.split(" (")[0]
        kind, closure = (
            (row.detail_name, row.closure) if ko else (row.detail_name_en, row.closure_en)
        )
        says = ", ".join(filter(None, [kind, closure]))
        return {
            "number": row.Index + 1,
            "shape": row.shape,
            "title": short(title or row.text.split("\n")[0], 8 if ko else 17),
            "says": says if ko or len(says) <= ROOM else closure or short(says, ROOM),
            "far": far(row.metres),
        }
