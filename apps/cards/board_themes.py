"""Which themes of the city do we see, and where is something missing?"""

from datetime import datetime

from apps.cards import Card, cards
from apps.cards._board import connected, fares, news, seen
from data import systems


class BoardThemes(Card):
    """Every theme of the board as a way to it: how many live of the connected, a tick each."""

    title = "Themes"
    whole = True
    on = {"status": 3}

    def take(self, now: datetime | None = None) -> bool:
        """Whether one of the systems fares otherwise than before."""
        return news(self, now)

    def facts(self) -> dict:
        """themes in the order of the board: id, title, seen, systems as (name, state)."""
        titles = {system.theme_en for system in systems()}
        return {"themes": [self._theme(k) for k in cards.on("status") if k.title in titles]}

    def _theme(self, kind: type[Card]) -> dict:
        ours = connected(kind.title)
        said = [
            (one.said("name", self.language), fares(feed, self.moment, self.fared).state)
            for one, feed in ours
        ]
        return {
            "id": kind.__module__.rpartition(".")[2],
            "title": kind.title,
            "seen": seen(self.moment, kind.title, self.fared),
            "systems": said,
        }
