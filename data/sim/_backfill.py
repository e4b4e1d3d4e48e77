"""Fills the past from the practice city: ``python -m data.sim._backfill 7d``.

A practice city of its own answers over HTTP as it would have then, every feed it plays reads it,
and the frames are kept as if they had come at that time. Ends where the practice city begins
(``SIM_START``), so that a start afterwards has a past. Real feeds keep their real past.
"""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from aiohttp import web
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from data import Feed, FeedError, Keeper, clock, derive, duration, feeds
from data._derive import in_order
from data._past import history
from data.sim._server import City

FINE, COARSE = timedelta(minutes=10), timedelta(hours=1)  # steps of the last day, and before it
MANY = 20  # questions: a feed that asks more in a turn is asked once an hour
TOGETHER = 12  # steps in one commit
log = logging.getLogger(__name__)


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


def steps(end: datetime, span: timedelta) -> Iterator[datetime]:
    """The moments to ask at, oldest first, up to the last before ``end``."""
    when = end - span
    while when < end:
        yield when
        when += FINE if end - when <= timedelta(days=1) else COARSE


class Backfill:
    """One filling of the past."""

    def __init__(self, city: City):
        self.hands = Told(city.hands.start)
        city.hands = self.hands
        self.keeper = Keeper(feeds)
        self._asked: dict[str, datetime] = {}

    async def run(self, span: timedelta) -> int:
        """Fill that long before the practice city's start; returns the frames kept."""
        moments = list(steps(self.hands.start, span))
        await asyncio.to_thread(self._clear, moments[0])
        for feed in feeds:
            if not feed.every and not feed.needs:
                await feed.refresh()
        frames = 0
        with Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(), transient=not sys.stdout.isatty(),
        ) as progress:  # fmt: skip
            task = progress.add_task("the past", total=len(moments))
            for number, moment in enumerate(moments, 1):
                self.hands.set(moment)
                frames += await self._step(moment)
                if number % TOGETHER == 0 or number == len(moments):
                    await asyncio.to_thread(self.keeper.write)
                    if self.keeper.problem:
                        raise OSError(self.keeper.problem)
                progress.update(task, advance=1, description=f"{moment:%Y-%m-%d %H:%M}")
        await asyncio.to_thread(self.keeper.tidy)
        return frames

    def _clear(self, first: datetime) -> None:
        """What was kept of that time goes: filled twice it would be there twice."""
        self.keeper.last.clear()
        for feed in self.keeper.feeds.values():
            table = history.table(feed.name, True)
            if table is not None:
                table.delete(f"fetched_at >= '{first.isoformat()}'")

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
        often = duration(feed.every) if feed.calls <= MANY else max(duration(feed.every), COARSE)
        return last is None or moment - last >= often


async def main(span: str) -> None:
    """Fill that much of the past. Raises ValueError when it is no duration."""
    city = City.from_environment()
    for feed in feeds:
        feed.shared = any(other.shares == feed.name for other in feeds)
    async with listening(city) as address:
        os.environ["PRACTICE_CITY"] = address
        frames = await Backfill(city).run(duration(span))
    sys.stdout.write(f"{frames:,} frames kept in {history.uri('', True)}\n")


if __name__ == "__main__":
    said = argparse.ArgumentParser(prog="./panel_serve.sh backfill")
    said.add_argument("span", nargs="?", default="7d", help="how far back: 36h, 7d (default)")
    try:
        asyncio.run(main(said.parse_args().span))
    except (ValueError, OSError) as wrong:
        sys.exit(str(wrong))
