"""Does everything that should tell us something tell it?"""

from apps.cards import Card
from data import feeds


class SystemsSeen(Card):
    """One tick per feed that asks a portal: live, late, or silent."""

    title = "Systems"
    on = {"wall": 10, "mobile": 16}

    def facts(self) -> dict:
        """ticks: title and state of each feed that asks; live, late, down: how many."""
        asking = [feed for feed in feeds if feed.every and not feed.needs]
        states = [(self.say(feed.title), feed.state(self.moment)) for feed in asking]
        live = sum(state == "live" for _, state in states)
        late = sum(state == "late" for _, state in states)
        return {
            "ticks": states,
            "live": live,
            "late": late,
            "down": len(states) - live - late,
        }
