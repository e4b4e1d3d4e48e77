"""How often a key has been used today: never over 90 % of what it allows, also after a restart.

The day is the city's. The counts are kept in ``calls.json`` in ``$CITY_CACHE``, else in
``~/.cache/civic-mayors-office``, added to what other processes have written and replaced whole.
The practice city and a lifted key (``…_DAILY=unlimited``) have no limit and are not counted.
"""

import atexit
import json
import logging
import math
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from data._clock import clock
from data._errors import Refused
from data._folder import folder
from data._portals import Portal
from data._turns import share

log = logging.getLogger(__name__)
MOST = 0.9  # of the allowance: the rest is for people, and for what we did not count
EVERY = 3.0  # seconds between two writes
LONGEST = 3600.0  # seconds a source is left alone at most


class Budget:
    """The calls of today by portal and by feed.

    Args:
        folder: where the counts are kept; None: as the environment says.
    """

    def __init__(self, folder: Path | None = None):
        self._folder = folder
        self._day = ""
        self._calls: Counter[str] = Counter()  # of everybody, as far as we know
        self._new: Counter[str] = Counter()  # of them those not written yet
        self._saved = -math.inf
        self._said = False

    def spend(self, portal: Portal, feed: str = "", daily: int = 0) -> None:
        """Count one call. Raises Refused, with the time to wait, when it would be one too many.

        Args:
            portal: whose key is used.
            feed: who asks.
            daily: that feed's share of the usual key's calls a day; 0: none of its own.
        """
        if math.isinf(portal.allowance):
            return
        self._turn()
        limits = {portal.name: math.floor(MOST * portal.allowance)}
        if feed and daily:
            limits[f"{portal.name}/{feed}"] = math.floor(share(portal, daily))
        for name, limit in limits.items():
            if self._calls[name] >= limit:
                raise Refused(f"today's {limit} calls of {name} are used up", wait=self._rest())
        self._calls.update(limits.keys())
        self._new.update(limits.keys())
        if time.monotonic() - self._saved > EVERY:
            self.save()

    def spent(self, name: str) -> int:
        """Calls made today by a portal (``seoul``) or one of its feeds (``seoul/incidents``)."""
        self._turn()
        return self._calls[name]

    def save(self) -> None:
        """Add what is new to the file."""
        self._saved = time.monotonic()
        if not self._new:
            return
        self._calls = self._kept() + self._new
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=self.file.parent, prefix="calls", delete=False
            ) as draft:
                json.dump({"day": self._day, "calls": self._calls}, draft)
            Path(draft.name).replace(self.file)
        except OSError as error:
            if not self._said:
                log.warning("calls are counted in memory only: %s", error.strerror)
            self._said = True
            return
        self._new = Counter()

    @property
    def file(self) -> Path:
        """Where the counts are kept."""
        return Path(self._folder or folder()) / "calls.json"

    def _turn(self) -> None:
        """A new day begins with nothing spent, a new process with what the file says."""
        today = f"{clock.now():%Y-%m-%d}"
        if today != self._day:
            if self._day:
                self.save()
            self._day, self._new = today, Counter()
            self._calls = self._kept()

    def _kept(self) -> Counter:
        """What the file says of today."""
        try:
            told = json.loads(self.file.read_text("utf-8"))
            if told["day"] == self._day:
                return Counter({str(n): int(c) for n, c in told["calls"].items()})
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            log.warning("the counts of today's calls cannot be read, counting from 0")
        return Counter()

    def _rest(self) -> float:
        now: datetime = clock.now()
        tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return min(max((tomorrow - now).total_seconds(), 1.0), LONGEST)


budget = Budget()
atexit.register(budget.save)
