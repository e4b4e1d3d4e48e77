"""How do the systems of what citizens say and are told fare?"""

from datetime import datetime

from markupsafe import Markup

from apps.cards import Card
from apps.cards._board import board, news


class BoardVoice(Card):
    """A row for each system of the theme that a feed brings."""

    title = "Citizens' voice"
    whole = True
    on = {"status": 21}

    def take(self, now: datetime | None = None) -> bool:
        """Whether one of them fares otherwise than before."""
        return news(self, now, self.title)

    def html(self) -> Markup:
        """The rows."""
        return board(self)
