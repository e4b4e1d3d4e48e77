"""How do the systems of how many are where fare?"""

from datetime import datetime

from markupsafe import Markup

from apps.cards import Card
from apps.cards._board import board, news


class BoardPeople(Card):
    """A row for each system of the theme that a feed brings."""

    title = "People"
    whole = True
    on = {"status": 14}

    def take(self, now: datetime | None = None) -> bool:
        """Whether one of them fares otherwise than before."""
        return news(self, now, self.title)

    def html(self) -> Markup:
        """The rows."""
        return board(self)
