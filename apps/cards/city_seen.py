"""How much of the city do we see now?"""

from datetime import datetime

from apps.cards import Card
from apps.cards._board import connected, fares, news, seen


class CitySeen(Card):
    """One figure, and a tick for each system that a feed brings: live, late, or neither."""

    title = "Systems"
    present = True
    on = {"wall": 10, "mobile": 16}

    def take(self, now: datetime | None = None) -> bool:
        """Whether one of them fares otherwise than before."""
        return news(self, now)

    def facts(self) -> dict:
        """systems: name and state of each connected system; seen: how many are what."""
        systems = [
            (system.said("name", self.language), fares(feed, self.moment).state)
            for system, feed in connected()
        ]
        return {"systems": systems, "seen": seen(self.moment)}
