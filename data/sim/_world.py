"""The practice city: one world, from one seed, the same at the same time for everybody who asks.

Nothing is kept and nothing runs: each part answers for any moment, past or to come, so that last
week can be asked for as well as now.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from data._city import ZONE
from data.sim._air import Air
from data.sim._bikes import Bikes
from data.sim._gatherings import Gatherings
from data.sim._people import People
from data.sim._roads import Roads, links
from data.sim._trains import Trains
from data.sim._troubles import Troubles
from data.sim._weather import Weather

Part = TypeVar("Part")
GREAT_RAIN = "2022-08-08T20:00+09:00"


class World:
    """Weather, people, roads, trains … that agree with each other."""

    def __init__(self, seed: int = 1):
        self.seed = seed
        self.weather = Weather(seed)
        self.gatherings = Gatherings(seed, self.weather)
        self.people = People(seed, self.weather, self.gatherings)
        found = links(seed)
        self.troubles = Troubles(seed, self.weather, self.gatherings, found)
        self.roads = Roads(seed, self.weather, found, self.troubles)
        self.trains = Trains(seed)
        self.bikes = Bikes(seed, self.weather)
        self.air = Air(seed, self.weather)
        self._parts: dict[Callable, object] = {}

    def part(self, make: Callable[["World"], Part]) -> Part:
        """A part that a few services share (rivers, lifts …), made of this world when first asked.

        Args:
            make: a class or function of this world; the same one gives the same part.
        """
        if make not in self._parts:
            self._parts[make] = make(self)
        return self._parts[make]


class Hands:
    """The clock of the practice city.

    Args:
        start: its time now: ISO 8601, or ``now`` for the time of this machine.
        speed: city seconds a second.
    """

    def __init__(self, start: str = GREAT_RAIN, speed: float = 60.0):
        began = datetime.now(ZONE) if start == "now" else datetime.fromisoformat(start)
        self.start = began if began.tzinfo else began.replace(tzinfo=ZONE)
        self.start = self.start.astimezone(ZONE)
        self.speed, self._since = speed, time.monotonic()

    def now(self) -> datetime:
        """The present moment in the practice city."""
        return self.start + timedelta(seconds=(time.monotonic() - self._since) * self.speed)
