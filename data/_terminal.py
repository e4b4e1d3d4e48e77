"""The feeds in a terminal: polled here, and shown every second until Ctrl-C."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby

from rich.live import Live
from rich.table import Table
from rich.text import Text

from data._clock import clock
from data._errors import FeedError
from data._feed import Feed
from data._poll import Poller
from data._practice import keep_time

SIGNS = {"live": ("●", "green"), "late": ("◐", "yellow")}  # every other state is –
STATES = ("refused", "suspect", "silent", "late", "live")  # trouble is seen first
GROUPS = ("real", "practice", "no key", "derived", "table")
EVERY = 1.0  # seconds between two looks
UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def age(observed_at: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits; ``–`` when nothing was observed."""
    if observed_at is None:
        return "–"
    seconds = max(int((now - observed_at) / timedelta(seconds=1)), 0)
    for size, unit in UNITS:
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'s' * (number > 1)} ago"
    return "now"


def screen(feeds: list[Feed], whom: Callable[[Feed], str], now: datetime) -> Table:
    """Every feed in a row, grouped by where its numbers come from, trouble first in each group.

    Args:
        whom: tells that of a feed, in one of the words of GROUPS.
        now: the city's time, aware.
    """
    states = {feed.name: feed.state(now) for feed in feeds}
    counts = Counter(states.values())
    told = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    title = f"{now:%Y-%m-%d %H:%M:%S}   {told}"
    shown = Table(title=title, title_justify="left", box=None, expand=True)
    for name in ("state", "feed", "title", "source", "every", "age", "practice", "problem"):
        wide = {"title": 3, "source": 2, "problem": 3}.get(name)
        shown.add_column(name, no_wrap=True, overflow="ellipsis", ratio=wide)
    ordered = sorted(
        feeds, key=lambda f: (GROUPS.index(whom(f)), STATES.index(states[f.name]), f.name)
    )
    for group, members in groupby(ordered, key=whom):
        shown.add_row("", Text(group, style="bold"))
        for feed in members:
            shown.add_row(*_row(feed, now))
    return shown


def _row(feed: Feed, now: datetime) -> list[Text]:
    """Cells as plain text: what a source says is never read as markup."""
    state = feed.state(now)
    sign, style = SIGNS.get(state, ("–", "red" if state == "refused" else "dim"))
    if feed.frame is None:
        sign, style = "–", style if state == "refused" else "dim"
    words = [
        feed.name,
        feed.title,
        feed.source,
        feed.every or "never",
        age(feed.observed_at if feed.every else None, now),
        "practice" if feed.practice else "",
        " ".join(str(feed.problem or "").split()),
    ]
    return [Text(f"{sign} {state}", style=style), *map(Text, words)]


async def watch(whom: Callable[[Feed], str]) -> None:
    """Poll every feed and show them all, until cancelled."""
    from data import feeds

    logging.disable(logging.ERROR)  # the screen says who is lost
    everything = list(feeds)
    poller = Poller(everything)
    await _set_clock()
    beating = asyncio.create_task(_beat())
    try:
        with Live(auto_refresh=False, screen=True) as live:
            await poller.start()
            while True:
                live.update(screen(everything, whom, clock.now()), refresh=True)
                await asyncio.sleep(EVERY)
    finally:
        beating.cancel()
        await poller.stop()
        logging.disable(logging.NOTSET)


async def _beat() -> None:
    """The city's clock, kept right."""
    while True:
        await asyncio.sleep(EVERY * 10)
        await _set_clock()


async def _set_clock() -> None:
    """What the practice city does not tell now is asked again later."""
    try:
        await keep_time()
    except FeedError as problem:
        logging.getLogger(__name__).info("no time from the practice city: %s", problem)
