"""One piece of the past, filled by a practice city of its own (data/sim/_backfill.py)."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from queue import Queue

from aiohttp import web

from data import Feed, FeedError, Keeper, clock, derive, duration, feeds
from data._derive import in_order
from data.sim._server import City

MANY, SELDOM = 20, timedelta(hours=1)  # questions; a feed that asks more does so seldom
TOGETHER = 12  # steps in one commit
TRIES = 8  # to commit: the others commit to the same tables


class Told:
    """The hands of the practice city, set by us."""

    speed = 0.0

    def __init__(self, start: datetime):
        self.start = self._now = start

    def now(self) -> datetime:
        """As last set."""
        return self._now

    def set(self, now: datetime) -> None:
        """Both clocks, the practice city's and ours."""
        self._now = now
        clock.set(now, 0)


@asynccontextmanager
async def listening(city: City) -> AsyncIterator[str]:
    """Its address on this machine, while it answers."""
    runner = web.AppRunner(city.app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class Backfill:
    """One filling of a piece of the past, by a practice city of its own."""

    def __init__(self, city: City):
        self.hands = Told(city.hands.start)
        city.hands = self.hands
        self.keeper = Keeper(feeds)
        self._asked: dict[str, datetime] = {}

    async def run(self, moments: Sequence[datetime], reached: Callable[[datetime], None]) -> int:
        """Ask at each of those moments and say when it is done; returns the frames kept."""
        self.hands.set(moments[0])
        for feed in feeds:
            if not feed.every and not feed.needs:
                await feed.refresh()
        frames = 0
        for number, moment in enumerate(moments, 1):
            self.hands.set(moment)
            frames += await self._step(moment)
            if number % TOGETHER == 0 or number == len(moments):
                await self._write()
            reached(moment)
        return frames

    async def _write(self) -> None:
        """Commit; again when another process was quicker to. Raises OSError."""
        for _ in range(TRIES):
            await asyncio.to_thread(self.keeper.write)
            if not self.keeper.problem:
                return
            await asyncio.sleep(random.uniform(0.1, 0.5))
        raise OSError(self.keeper.problem)

    async def _step(self, moment: datetime) -> int:
        """Ask who is due, then work out the rest; returns how many frames came."""
        played = [f for f in feeds if f.portal and f.portal.practice and not f.shares]
        due = [feed for feed in played if self._due(feed, moment)]
        for feed in due:
            if feed.follows:
                source = feeds[feed.follows[0]].frame
                held = () if source is None else tuple(dict.fromkeys(source[feed.follows[1]]))
                feed.wanted = held
        self._asked |= dict.fromkeys((feed.name for feed in due), moment)
        await asyncio.gather(*(feed.refresh() for feed in due))
        new = [feed for feed in due if feed.fetched_at == moment]
        for feed in feeds:
            if feed.shares and feeds[feed.shares] in new and feeds[feed.shares].answers:
                try:
                    await feed.hear(feeds[feed.shares].answers)
                    new.append(feed)
                except FeedError as problem:
                    feed.lose(problem)
        for feed in in_order(feeds):
            if not feed.needs:
                continue
            if feed.every and any(feeds[n] in new for n in feed.needs if n in dir(feeds)):
                await derive(feed, {f.name: f for f in feeds})
                new += [feed] if feed.fetched_at == moment else []
            elif feed.frame is None:
                await derive(feed, {f.name: f for f in feeds})
        for feed in new:
            self.keeper.take(feed)
        return len(new)

    def _due(self, feed: Feed, moment: datetime) -> bool:
        last = self._asked.get(feed.name)
        often = duration(feed.every) if feed.calls <= MANY else max(duration(feed.every), SELDOM)
        return last is None or moment - last >= often


async def filled(moments: Sequence[datetime], reached: Callable[[datetime], None]) -> int:
    """Fill that piece; returns the frames kept."""
    city = City.from_environment()
    for feed in feeds:
        feed.shared = any(other.shares == feed.name for other in feeds)
    async with listening(city) as address:
        os.environ["PRACTICE_CITY"] = address
        return await Backfill(city).run(moments, reached)


def piece(moments: Sequence[datetime], done: Queue) -> int:
    """As ``filled``, in a process of its own."""
    return asyncio.run(filled(moments, done.put))
