"""How much of the city do we see now, and how much did we in the last 24 hours?"""

from datetime import datetime

from apps._strip import CELLS, SIGNS, UNKNOWN, strips
from apps.cards import Card
from apps.cards._board import connected, news, seen


class BoardSeen(Card):
    """The head of the board: one figure, what exactly it counts, and its 24 hours."""

    title = "How much of the city we see now"
    whole = True
    on = {"status": 2}

    def take(self, now: datetime | None = None) -> bool:
        """Whether one of the systems fares otherwise than before."""
        return news(self, now)

    def facts(self) -> dict:
        """seen: how many are what; bars: of each quarter hour, the live share of those looked at,
        None where nobody looked.
        """
        cells = [strips.cells(feed) for _, feed in connected() if feed]
        quarters = [[mine[n] for mine in cells if mine[n] != UNKNOWN] for n in range(CELLS)]
        return {
            "seen": seen(self.moment, fared=self.fared),
            "bars": [q.count(SIGNS["live"]) / len(q) if q else None for q in quarters],
        }
