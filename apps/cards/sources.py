"""Who says all this?"""

from apps.cards import Card
from apps.cards._attribution import cited
from data import clock


class Sources(Card):
    """One line: whose figures stand on this page, by name, and what of it is practice."""

    title = "Sources"
    on = {"wall": 99, "mobile": 99}

    def facts(self) -> dict:
        """sources, each once; practice: all of it, "partly" or none."""
        here = cited(self.page, bool(self.station))
        names = (name for feed in here for name in self.say(feed.source).split(", "))
        return {
            "sources": list(dict.fromkeys(filter(None, names))),
            "practice": clock.practice,
            "partly": not clock.practice and any(feed.practice for feed in here),
        }
