"""What of the kept past was counted for the layers of layers/_counted.py, and what went wrong."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Protocol

import numpy as np
import pandas as pd

from data import Uncountable, clock, count_points
from layers._shapes import points

log = logging.getLogger(__name__)
DAYS = 7  # today and the six before it
HELD = 2  # countings held: a browser may still ask for the tiles of the one before
DAY = timedelta(days=1)


class Countable(Protocol):
    """A kind of layer whose points are counted."""

    def points(self, start: datetime, end: datetime) -> pd.DataFrame:
        """Points of that stretch: lon, lat (degrees), weight, at (TIME); each in one stretch."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Weights in each of the finest squares, from the first that is kept until then (aware)."""

    grid: np.ndarray
    start: datetime
    until: datetime

    @property
    def version(self) -> str:
        """Another one for other counts."""
        return blake2s(self.grid.tobytes(), digest_size=6).hexdigest()


class Counting:
    """The countings of one kind of layer; ``again`` makes a new one, in any thread."""

    def __init__(self, kind: type[Countable]):
        self.kind, self.problem, self.tried = kind, "", False
        self._held: list[tuple[str, Counts]] = []
        self._ended: Counts | None = None  # of the days that are over

    @property
    def newest(self) -> Counts | None:
        """None while nothing is counted, or nothing was there to be."""
        return self._held[-1][1] if self._held else None

    @property
    def version(self) -> str:
        """Of the newest; "" without one."""
        return self._held[-1][0] if self._held else ""

    def find(self, version: str) -> Counts | None:
        """Those of that version, if they are held still."""
        return dict(self._held).get(version)

    def again(self) -> None:
        """Count the last days up to now; what cannot be counted is said once. Blocks."""
        until = clock.now()
        today = until.replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            if self._ended is None or self._ended.until != today:
                self._ended = self._counted(today - (DAYS - 1) * DAY, today)
            now = self._counted(today, until)
        except Uncountable as problem:
            if not self.problem:
                log.error("%s cannot be counted: %s", self.kind.__name__, problem)
            self.problem = str(problem)
            return
        self.problem = ""
        first = self._ended.start if self._ended.grid.any() else now.start
        self.take(Counts(self._ended.grid + now.grid, first, until))

    def take(self, counts: Counts) -> None:
        """The newest from now on; of nothing there is none."""
        self.tried = True
        others = [held for held in self._held if held[0] != counts.version]
        held = [*others, (counts.version, counts)][-HELD:]
        self._held = held if counts.grid.any() else []

    def _counted(self, start: datetime, end: datetime) -> Counts:
        first: list[datetime] = [end]
        return Counts(count_points(self._parts(start, end, first)), min(first), end)

    def _parts(
        self, start: datetime, end: datetime, first: list[datetime]
    ) -> Iterator[pd.DataFrame]:
        """Points in metres, a day at a time; when the first was is put to ``first``."""
        while start < end:
            rows = self.kind.points(start, min(start + DAY, end)).dropna()
            first += [rows["at"].min().to_pydatetime()] if len(rows) else []
            x, y = points(rows["lon"], rows["lat"])
            yield pd.DataFrame({"x": x, "y": y, "weight": rows["weight"].astype(float)})
            start += DAY
