"""Where is what?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame


class CityMap(Card):
    """The place of the map island, its legend and what must be named beside it."""

    title = "Map of Seoul"
    on = {"wall": 11, "mobile": 8}

    people = Frame("population_now", doc="Living population by dong.")
    speeds = Frame("road_summary", doc="Whether there are speeds to colour the roads by.")

    def facts(self) -> dict:
        """Whether people and speeds are on the map now; about that which it shows."""
        people, speeds = self.about("people"), self.about("speeds")
        return {
            "about": speeds if self.page == "kiosk" else people,
            "people": self.people is not None and shown(people),
            "roads": self.speeds is not None and shown(speeds),
        }
