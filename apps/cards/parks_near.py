"""Where can I walk among trees?"""

from apps._walk import on_foot
from apps.cards import Card
from apps.cards._near import far, nearest, place, short
from layers import Frame

MOST = 10


class ParksNear(Card):
    """The larger parks nearest to this station, and how long it takes to walk to them."""

    title = "Parks"

    parks = Frame("parks", doc="Larger parks, as points with their area.")
    stations = Frame("stations", doc="Where this station is.")

    def facts(self) -> dict:
        """rows, nearest first: name, far, minutes on foot, area in hectares or None."""
        name = "name_ko" if self.language == "ko" else "name_en"
        near = nearest(self.parks, place(self.stations, self.station)).head(MOST)
        rows = [
            {
                "name": short(getattr(row, name), 22),
                "far": far(row.metres),
                "minutes": on_foot(row.metres),
                "area": row.area_m2 / 1e4 if row.area_m2 > 0 else None,
            }
            for row in near.itertuples(index=False)
        ]
        return {"about": self.about("parks"), "rows": rows}
