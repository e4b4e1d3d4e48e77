"""Who says all this?"""

from apps.cards import Card
from data import clock, feeds


class Sources(Card):
    """One line: every source by name, and what is practice."""

    title = "Sources"
    on = {"wall": 99, "mobile": 99}

    def facts(self) -> dict:
        """sources, each once; practice: all of it, "partly" or none."""
        names = dict.fromkeys(self.say(feed.source) for feed in feeds if feed.source)
        some = any(feed.practice for feed in feeds)
        return {
            "sources": list(names),
            "practice": clock.practice,
            "partly": some and not clock.practice,
        }
