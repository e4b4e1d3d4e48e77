"""Keeps every feed fresh: one task a feed; only at a start do slow ones let quick ones go first."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Iterable
from datetime import timedelta

from data._age import duration, period
from data._clock import clock
from data._derive import derive, in_order
from data._errors import FeedError, NoRows, Refused
from data._feed import Feed

log = logging.getLogger(__name__)
FAILURES = 5  # in a row, before the breaker opens
PROBE, SLOWEST = 60.0, 300.0  # seconds between tries once it has, doubling
JITTER = 0.2
SLOW, PATIENCE = timedelta(hours=1), 10.0  # asked less often, a feed lets others go first so long


def pause(feed: Feed, failures: int, shake: float) -> float:
    """Seconds of this machine until the feed is asked again.

    Args:
        failures: how many tries in a row have failed.
        shake: from -1 to 1, how far to stray from the plan (polls must not march in step).
    """
    usual = period(feed.pace[0]).total_seconds() / max(clock.speed, 1e-9)
    if isinstance(feed.problem, NoRows):  # it does answer
        failures = 0
    if failures:  # what is asked once a day is not given up for a day
        usual = min(usual, SLOWEST / max(clock.speed, 1))
    if failures >= FAILURES:
        usual = max(usual, min(PROBE * 2 ** (failures - FAILURES), SLOWEST) / max(clock.speed, 1))
    if isinstance(feed.problem, Refused) and feed.problem.wait:
        usual = max(usual, min(max(feed.problem.wait, 1), 3600) / max(clock.speed, 1))
    return max(usual * (1 + JITTER * shake if failures else 1 + 0.05 * shake), 0.2)


class Poller:
    """Asks each feed at its own pace and works out the derived ones, until stopped."""

    def __init__(self, feeds: Iterable[Feed]):
        self._all = feeds
        self.feeds = {feed.name: feed for feed in feeds}
        self.beats: dict[str, float] = {}  # feed: when its task last made progress, loop time
        self._tasks: dict[str, asyncio.Task] = {}
        self._watchers: list = []
        self._soon: dict[str, asyncio.Event] = {}
        self._hearing: dict[str, tuple[list, set[str]]] = {}  # answers, and who heard them
        self._quick: set[str] = set()  # of the feeds asked often, who has not had a turn yet
        self._begun = asyncio.Event()  # all of those have

    async def tables(self) -> None:
        """Read our own, which never change, and work out what stands on nothing else."""
        for feed in in_order(f for f in self.feeds.values() if not f.every):
            if feed.frame is None:
                await (derive(feed, self.feeds) if feed.needs else feed.refresh())

    async def start(self) -> None:
        """Read our own tables, then begin."""
        await self.tables()
        for feed in self.feeds.values():
            self._prepare(feed)
        asking = [f for f in self.feeds.values() if f.every and not f.needs and not f.shares]
        self._quick = {f.name for f in asking if duration(f.every) <= SLOW}
        for name in self.feeds:
            self._begin(name)

    async def join(self) -> None:
        """Begin with the feeds that have come since."""
        new = {feed.name: feed for feed in self._all if feed.name not in self.feeds}
        self.feeds |= new
        if new:
            await self.tables()
        for feed in new.values():
            self._prepare(feed)
            self._begin(feed.name)

    async def stop(self) -> None:
        """Let every task go."""
        for feed, watcher in self._watchers:
            feed.param.unwatch(watcher)
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def hurry(self, name: str) -> None:
        """Ask that feed now rather than at its next turn: somebody began to look."""
        if name in self._soon:
            self._soon[name].set()

    def _prepare(self, feed: Feed) -> None:
        if feed.needs or feed.shares:
            self._soon[feed.name] = asyncio.Event()
            self._watch(feed)
        if feed.follows:
            self._follow(feed)

    def _begin(self, name: str) -> None:
        feed = self.feeds[name]
        if feed.needs:
            self._tasks[name] = asyncio.create_task(self._derive(feed), name=name)
        elif feed.shares:
            self._tasks[name] = asyncio.create_task(self._share(feed), name=name)
        elif feed.every:
            self._soon[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._keep(feed), name=name)

    def _watch(self, feed: Feed) -> None:
        what = ["answers", "problem"] if feed.shares else "frame"
        for need in [feed.shares] if feed.shares else feed.needs:
            source = self.feeds.get(need)
            if source is None:
                log.warning("%s needs %s, which is not here", feed.name, need)
                continue
            source.shared = source.shared or bool(feed.shares)
            soon = self._soon[feed.name]
            self._watchers.append((source, source.param.watch(lambda _, s=soon: s.set(), what)))
        self._soon[feed.name].set()

    def _follow(self, feed: Feed) -> None:
        """Its ``wanted`` is what a column of another feed holds, in that order, each value once."""
        name, column = feed.follows
        source = self.feeds.get(name)
        if source is None:
            log.warning("%s follows %s, which is not here", feed.name, name)
            return

        def look(_=None) -> None:
            held = () if source.frame is None else tuple(dict.fromkeys(source.frame[column]))
            if held and held != feed.wanted:
                feed.wanted = held
                self.hurry(feed.name)

        self._watchers.append((source, source.param.watch(look, "frame")))
        look()

    async def _keep(self, feed: Feed) -> None:
        failures, shaker = 0, random.Random(feed.name)
        if self._quick and feed.name not in self._quick:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._begun.wait(), PATIENCE)
        while True:
            try:
                await feed.refresh()
            except Exception:
                log.exception("%s could not be refreshed", feed.name)
            self._quick.discard(feed.name)
            if not self._quick:
                self._begun.set()
            failures = failures + 1 if feed.problem else 0
            self.beats[feed.name] = asyncio.get_running_loop().time()
            soon = self._soon[feed.name]
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(soon.wait(), pause(feed, failures, shaker.uniform(-1, 1)))
            soon.clear()

    async def _derive(self, feed: Feed) -> None:
        soon = self._soon[feed.name]
        while True:
            await soon.wait()
            soon.clear()
            try:
                await derive(feed, self.feeds)
            except Exception:
                log.exception("%s could not be worked out", feed.name)
            self.beats[feed.name] = asyncio.get_running_loop().time()

    async def _share(self, feed: Feed) -> None:
        soon, source = self._soon[feed.name], self.feeds.get(feed.shares)
        while True:
            await soon.wait()
            soon.clear()
            try:
                if source is not None and source.problem:
                    feed.lose(source.problem)
                elif source is not None and source.answers:
                    answers = source.answers
                    await feed.hear(answers)
                    self._heard(feed, answers)
            except FeedError as problem:
                feed.lose(problem)
            except Exception:
                log.exception("%s could not be read", feed.name)
            self.beats[feed.name] = asyncio.get_running_loop().time()

    def _heard(self, feed: Feed, answers: list) -> None:
        """Let answers go once everybody who shares them has heard them."""
        source = self.feeds[feed.shares]
        if self._hearing.get(source.name, (None,))[0] is not answers:
            self._hearing[source.name] = answers, set()
        self._hearing[source.name][1].add(feed.name)
        sharers = {other.name for other in self.feeds.values() if other.shares == source.name}
        if self._hearing[source.name][1] == sharers and source.answers is answers:
            del self._hearing[source.name]
            source.answers = ()
