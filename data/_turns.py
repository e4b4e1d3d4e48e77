"""Whose turn it is, when there is more to ask than a key allows."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from data._age import duration
from data._portals import Portal

DAY = 86_400.0
SPARE = 1.1  # a share lasts a day also when some calls are made twice


def share(portal: Portal, daily: int) -> float:
    """Calls a day that are ours: ``daily`` of the usual key, more of a larger one, infinite of a
    lifted one and of the practice city.
    """
    return portal.allowance * daily / portal.daily


def paced(every: str, calls: int, rate: float) -> str:
    """How often a source can be asked: ``every``, or less often on a key too small for that.

    Args:
        every: how often it is worth asking.
        calls: how many calls one turn takes.
        rate: our calls a day; infinite for a lifted key.
    """
    least = SPARE * DAY * calls / rate if rate > 0 else 0.0
    return every if duration(every).total_seconds() >= least else f"{round(least)}s"


class Turns:
    """Spreads a day's calls evenly over the day and fairly over everybody who wants one."""

    def __init__(self):
        self._credit, self._at = 1.0, None  # calls we may make now; when that was worked out
        self._asked: dict[str, datetime] = {}

    def take(
        self,
        everybody: Sequence[str],
        now: datetime,
        rate: float,
        weights: Mapping[str, float] | None = None,
    ) -> list[str]:
        """Whom to ask now: those who waited longest, in the order given among equals.

        Args:
            everybody: who wants to be asked, the most important first.
            now: aware.
            rate: calls a day, spread over the day; infinite asks everybody.
            weights: a wait counts that many times; 1 for who has none.
        """
        if math.isinf(rate):
            return list(everybody)
        if self._at is not None:
            earned = (now - self._at).total_seconds() * rate / DAY
            self._credit = min(self._credit + max(earned, 0), max(1.0, rate / 24))
        self._at = now
        first = datetime.min.replace(tzinfo=now.tzinfo)

        def waited(name: str) -> float:
            since = (now - self._asked.get(name, first)).total_seconds()
            return since * (weights or {}).get(name, 1)

        waiting = sorted(everybody, key=waited, reverse=True)
        chosen = waiting[: int(self._credit)]
        self._credit -= len(chosen)
        self._asked |= dict.fromkeys(chosen, now)
        return chosen

    def again(self) -> None:
        """A call came to nothing: at least one may be made now, of somebody else."""
        self._credit = max(self._credit, 1.0)
