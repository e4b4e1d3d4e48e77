"""How many public bikes stand ready?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame


class BikesNow(Card):
    """Bikes in the racks of the city, and stations without one."""

    title = "Public bikes"
    on = {"wall": 15, "mobile": 14}

    bikes = Frame("bike_districts", doc="Public bikes by district.")

    def facts(self) -> dict:
        """bikes, racks, stations, without: the city's sums; None while nothing is known."""
        about = self.about("bikes")
        there = self.bikes is not None and len(self.bikes) and shown(about)
        names = ("bikes", "racks", "stations", "without")
        return {"about": about} | {n: self.bikes[n].sum() if there else None for n in names}
