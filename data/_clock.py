"""What time it is in the city.

With real portals that is the time of this machine; while every feed comes from the practice
city it is the practice city's own clock, which may start on another day and run faster.
Everything that asks for the time asks here, so that a test can turn the hands.
"""

import time
from datetime import datetime, timedelta

from data._city import ZONE


class Clock:
    """The city's time, aware (Asia/Seoul), and how many city seconds a second lasts."""

    def __init__(self):
        self.real()

    def real(self) -> None:
        """Follow this machine's clock."""
        self._base, self._since, self.speed = None, 0.0, 1.0

    def set(self, now: datetime, speed: float) -> None:
        """Run from ``now`` on, ``speed`` city seconds a second; 0 stands still (tests)."""
        self._base, self._since, self.speed = now.astimezone(ZONE), time.monotonic(), speed

    @property
    def practice(self) -> bool:
        """Whether the hands were set rather than read off this machine."""
        return self._base is not None

    def now(self) -> datetime:
        """The present moment in the city."""
        if self._base is None:
            return datetime.now(ZONE)
        return self._base + timedelta(seconds=(time.monotonic() - self._since) * self.speed)


clock = Clock()
