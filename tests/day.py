"""A day on which portals fail, and what the data side makes of it; a bench and a test share it."""

import asyncio
import contextlib
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pandas as pd
import psutil

from apps._start import first_clock
from data import Feed, Keeper, Poller, clock
from data.sim._world import GREAT_RAIN
from tests.conftest import LOOKED_AT


@dataclass
class Told:
    """What came of a day, of every feed by its name; times are the city's.

    Attributes:
        began, ended: when it did; ``bad``: (seconds from then, service, kind) of each bad answer.
        said: (when, "lost" or "back") as logged.
        turns: from when to when it was asked; ``taken``: how many frames came of it.
        seen: every ``observed_at`` of every frame taken.
        kept: of them those that the past has.
        rss: bytes of this process at the end of the day.
    """

    began: datetime
    ended: datetime | None = None
    bad: list[tuple[float, str, str]] = field(default_factory=list)
    said: dict[str, list] = field(default_factory=lambda: defaultdict(list))
    turns: dict[str, list[tuple]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen: dict[str, set] = field(default_factory=lambda: defaultdict(set))
    kept: dict[str, set] = field(default_factory=dict)
    rss: int = 0


class Listener(logging.Handler):
    """Writes down who is lost and who is back, and under "" what else was said."""

    def __init__(self, told: Told):
        super().__init__(logging.WARNING)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        line = re.match(r"(\w+) (lost|back)\b", record.getMessage())
        name, what = line.groups() if line else ("", record.getMessage())
        self._told.said[name].append((clock.now(), what))


@contextlib.contextmanager
def listening(told: Told) -> Iterator[None]:
    """What data says in the log meanwhile is written down."""
    listener = Listener(told)
    logging.getLogger("data").addHandler(listener)
    yield
    logging.getLogger("data").removeHandler(listener)


def begin(mine: Sequence[Feed], told: Told) -> None:
    """Somebody looks at what is asked on demand; each turn and frame from now on is noted."""

    async def turn(feed: Feed, refresh: Callable) -> None:
        start = clock.now()
        await refresh()
        told.turns[feed.name].append((start, clock.now()))

    def note(feed: Feed) -> None:
        told.taken[feed.name] += 1
        if not len(feed.frame) or (feed.keep and "observed_at" not in feed.columns):
            return  # no row, or one that says the same again and is kept once, as first told
        rows = feed.frame.get("observed_at", pd.Series([feed.observed_at]))
        told.seen[feed.name] |= set(pd.to_datetime(rows).dropna().unique())

    for feed in mine:
        feed.wanted = LOOKED_AT.get(feed.name, ())
        feed.param.watch(lambda _, f=feed: note(f), "fetched_at")
        feed.refresh = partial(turn, feed, feed.refresh)


def look_back(mine: Sequence[Feed], told: Told) -> None:
    """What the past has of each."""
    for feed in mine:
        if feed.every:
            past = feed.since(told.began - timedelta(days=9000), clock.now() + timedelta(days=90))
            told.kept[feed.name] = set(past["observed_at"].unique())


async def lived(mine: Sequence[Feed], seconds: float, bad: Path) -> Told:
    """Those feeds polled and kept so many city seconds; PRACTICE_CITY and CITY_CACHE are set."""
    await first_clock()
    told = Told(datetime.fromisoformat(GREAT_RAIN))
    keeper, poller = Keeper(mine), Poller(mine)
    begin(mine, told)
    keeper.start()
    with listening(told):
        await poller.start()
        while (clock.now() - told.began).total_seconds() < seconds:
            await asyncio.sleep(1)
        told.ended, told.rss = clock.now(), psutil.Process().memory_info().rss
        await poller.stop()
        await asyncio.to_thread(keeper.stop)
    look_back(mine, told)
    told.bad = [(float(s), n, k) for s, n, k in map(str.split, bad.read_text().splitlines())]
    return told
