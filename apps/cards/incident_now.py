"""How many incidents are there now?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame


class IncidentNow(Card):
    """How many, and the gravest of them."""

    title = "Incidents"
    on = {"mobile": 6}

    incidents = Frame("incidents_ranked", doc="Incidents, the gravest first.")

    def facts(self) -> dict:
        """count, None while unknown; road, kind and shape of the gravest, empty when none."""
        about = self.about("incidents")
        there = self.incidents is not None and shown(about)
        row = self.incidents.iloc[0] if there and len(self.incidents) else {}
        ko = self.language == "ko"
        return {
            "about": about,
            "count": len(self.incidents) if there else None,
            "road": row.get("road" if ko else "road_en", "").split("(")[0].strip(),
            "kind": row.get("detail_name" if ko else "detail_name_en", ""),
            "shape": row.get("shape", ""),
        }
