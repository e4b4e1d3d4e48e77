"""The board: every system of the city that we know of, and how each fares now."""

from collections.abc import Iterator

from apps._page import Page
from apps.cards import cards
from data import System, systems


class Status(Page):
    """320 to 1920 px wide, light or dark as the viewer's system says."""

    url = "/status"
    title = "Board"
    purpose = "every system, and whether we see it now"

    @staticmethod
    def themes() -> Iterator[tuple[str, str, list[System]]]:
        """(card, title, systems that no feed brings) of each theme, in the order of the board."""
        titles = dict.fromkeys(system.theme_en for system in systems())
        for card in cards.on("status"):
            if card.title in titles:
                idle = [s for s in systems() if s.theme_en == card.title and not s.feed]
                yield card.__module__.rpartition(".")[2], card.title, idle
