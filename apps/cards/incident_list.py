"""What holds traffic up, and where?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame

MOST = 7


class IncidentList(Card):
    """The gravest incidents, numbered and shaped like their pins on the map."""

    title = "Incidents"
    on = {"wall": 8, "mobile": 9}

    incidents = Frame("incidents_ranked", doc="Incidents, the gravest first.")

    def facts(self) -> dict:
        """count of all; rows of number, shape, title, kind, since, closure, at most MOST."""
        about = self.about("incidents")
        there = self.incidents is not None and shown(about)
        return {
            "about": about,
            "known": there,
            "count": len(self.incidents) if there else 0,
            "rows": self._rows() if there else [],
        }

    def _rows(self) -> list[dict]:
        ko = self.language == "ko"
        first = self.incidents.head(MOST).itertuples()
        return [
            {
                "number": number,
                "shape": row.shape,
                "title": _title(row) if ko else row.road_en.split(" (")[0],
                "kind": row.detail_name if ko else row.detail_name_en,
                "since": None if row.started_at is None else row.started_at,
                "closure": row.closure if ko else row.closure_en,
            }
            for number, row in enumerate(first, 1)
        ]


def _title(row) -> str:
    """The road and where on it; without a road the first words of the announcement."""
    if not row.road:
        return row.text.split("\n")[0][:24]
    return row.road.split("(")[0]
