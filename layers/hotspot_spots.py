"""How crowded the city's 121 busiest places are."""

from collections.abc import Hashable

import holoviews as hv

from data import figure
from layers import Frame, Layer
from layers._spots import count, fresh, named, spots, table, tips

LEVELS = {  # size and filling
    "Relaxed": (1.2, 0.0),
    "Normal": (1.6, 0.35),
    "Slightly crowded": (2.2, 0.7),
    "Crowded": (2.9, 1.0),
}


class HotspotSpots(Layer):
    """A disc per place, larger and fuller with the crowd; one that tells nothing has none."""

    title = "Busy places"
    subject = "People"
    on = {"city": 77, "near": 77}
    hidden = ("city", "near")

    hotspots = Frame("hotspots", doc="People and crowding by place.")

    def draw(self) -> hv.Points:
        """Points with size and fill, the fullest last."""
        names = ("name_ko", "name_en", "level", "level_en", "people_min", "people_max")
        rows = table(fresh(self, "hotspots"), *names, "lon", "lat", "observed_at")
        rows = rows[rows["level_en"].isin(LEVELS)]
        words = rows["level" if self.language == "ko" else "level_en"]
        people = [
            self.say("{low}–{high} people", low=figure(low), high=figure(high))
            for low, high in zip(rows["people_min"], rows["people_max"], strict=True)
        ]
        rows = rows.assign(
            size=[LEVELS[word][0] for word in rows["level_en"]],
            fill=[LEVELS[word][1] for word in rows["level_en"]],
            tip=tips(named(self, rows), words, people),
        ).sort_values("size", kind="stable")
        return spots(self, rows, ("size", "fill"))

    def told(self) -> Hashable:
        """Each place has its turn, and its own age."""
        return (*super().told(), *count(self, "hotspots"))

    def legend(self) -> list[tuple[str, str]]:
        """The four words of the portal."""
        marks = ("circle-hollow", "circle-half", "circle-half", "circle")
        return [(mark, self.say(word)) for mark, word in zip(marks, LEVELS, strict=True)]
