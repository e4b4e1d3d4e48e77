"""How fast do the roads move?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame

SCOPES = {"downtown": "Downtown roads", "arterial": "City roads", "expressway": "Expressways"}


class RoadNow(Card):
    """Mean speed downtown, on all arterials and on the expressways, with the word for it."""

    title = "Roads"
    on = {"wall": 5, "mobile": 4}

    roads = Frame("road_summary", doc="Mean speeds by scope.")

    def facts(self) -> dict:
        """scopes: name, speed in km/h, band, number of links; empty while nothing is known."""
        about = self.about("roads")
        table = {} if self.roads is None else self.roads.set_index("scope")
        found = [s for s in SCOPES if shown(about) and s in getattr(table, "index", ())]
        return {
            "about": about,
            "scopes": [
                {
                    "scope": scope,
                    "name": self.say(SCOPES[scope]),
                    "speed": table.at[scope, "speed"],
                    "band": table.at[scope, "band"],
                    "links": table.at[scope, "links"],
                }
                for scope in found
            ],
        }
