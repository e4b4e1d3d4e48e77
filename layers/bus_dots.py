"""Where the buses are that somebody asked about."""

from collections.abc import Hashable

import holoviews as hv

from layers import Frame, Layer
from layers._spots import count, fresh, spots, table, tips


class BusDots(Layer):
    """A hexagon per bus: full where it is full, hollow where seats are free."""

    title = "Buses"
    subject = "Movement"
    on = {"city": 70, "near": 70}
    hidden = ("city", "near")

    buses = Frame("bus_positions", doc="Buses of the routes that are looked at.")

    def draw(self) -> hv.Points:
        """Points with fill by crowding; of an unknown crowding half."""
        names = ("crowding", "crowding_en", "low_floor", "lon", "lat", "observed_at")
        rows = table(fresh(self, "buses"), *names)
        fill = {"Seats free": 0.0, "Usual": 0.5}
        words = rows["crowding" if self.language == "ko" else "crowding_en"]
        low = [self.say("low floor") if there is True else "" for there in rows["low_floor"]]
        rows = rows.assign(
            fill=[fill.get(word, 1.0 if word else 0.5) for word in rows["crowding_en"]],
            tip=tips([self.say("Bus")] * len(rows), words, low),
        )
        return spots(self, rows, ("fill",), marker="hex", scale=1.2)

    def told(self) -> Hashable:
        """Each route has its own age."""
        return (*super().told(), *count(self, "buses"))

    def legend(self) -> list[tuple[str, str]]:
        """By how crowded it is."""
        marks = (("hex-hollow", "Seats free"), ("hex", "Crowded"))
        return [(mark, self.say(word)) for mark, word in marks]
