"""Where is the next public bike?"""

from apps._format import shown
from apps._walk import on_foot
from apps.cards import Card
from apps.cards._near import far, nearest, place, short
from layers import Frame

MOST = 16
LETTERS = 12  # of a name: the portal has them in Korean only


class BikesNear(Card):
    """The rental stations nearest to this station, with the bikes that stand there."""

    title = "Public bikes"

    bikes = Frame("bike_stations", doc="Rental stations with their bikes.")
    stations = Frame("stations", doc="Where this station is.")

    def facts(self) -> dict:
        """rows, nearest first: name, bikes and racks (None unknown), far, minutes on foot."""
        about = self.about("bikes")
        here = place(self.stations, self.station)
        near = nearest(self.bikes if shown(about) else None, here).head(MOST)
        rows = [
            {
                "name": short(row.name, LETTERS),
                "bikes": row.bikes,
                "racks": row.racks,
                "far": far(row.metres),
                "minutes": on_foot(row.metres),
            }
            for row in near.itertuples(index=False)
        ]
        return {
            "about": about,
            "rows": rows,
            "bikes": near["bikes"].sum() if rows else None,
            "room": MOST - len(rows),
        }
