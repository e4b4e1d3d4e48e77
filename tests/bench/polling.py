"""python -m tests.bench.polling [FEEDS [MINUTES]]: 290 feeds in real time, beside a thread a feed.

The real feeds, each repeated under other names, at their own periods, ask a practice city at real
time; then the same questions are asked the plain way: a thread a feed, urllib and pandas, nothing
checked, dated, merged or derived. Each way is a process of its own. Prints its share of one core
in the first minute and after, and its memory. Fails above a fifth of a core.
"""

import asyncio
import itertools
import json
import logging
import multiprocessing
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import suppress
from io import BytesIO
from urllib.parse import quote
from urllib.request import urlopen

import pandas as pd
import psutil

from data import Feed, Poller, clock, duration, feeds, keep_time
from data._fetch import URL_SIGNS
from data._portals import expand
from tests.bench.meter import MB, read
from tests.conftest import LOOKED_AT
from tests.serving import ROOT

FEEDS, MINUTES = 290, 6.0
BEGUN = 60.0  # seconds until everybody has had a first turn
MOST = 0.2  # of a core
spawn = multiprocessing.get_context("spawn")


def many(number: int) -> list[Feed]:
    """So many feeds: the real ones, then copies of them; tables of ours come on top."""
    tables = [feed for feed in feeds if not feed.every and not feed.needs]
    real = [feed for feed in feeds if feed.every]
    made = list(real)
    for again in itertools.count(2):
        for feed in real:
            if len(made) >= number:
                for one in made:
                    one.wanted = LOOKED_AT.get(re.sub(r"_\d+$", "", one.name), ())
                return tables + made[:number]
            copy = type(feed)(name=f"{feed.name}_{again}")
            feeds._things[copy.name] = copy  # a question is counted for a feed on the shelf
            made.append(copy)
    return made


def house(number: int, told) -> None:
    """Our way."""
    logging.disable(logging.WARNING)

    async def run() -> None:
        await keep_time()
        poller = Poller(many(number))
        await poller.start()
        count = [0]
        for feed in poller.feeds.values():
            feed.param.watch(lambda _: count.__setitem__(0, count[0] + 1), "fetched_at")
        while True:
            await asyncio.sleep(1)
            told.value = count[0]

    asyncio.run(run())


def plain(number: int, told) -> None:
    """A thread a feed that asks, reads, and sleeps."""
    asyncio.run(keep_time())

    def keep(feed: Feed) -> None:
        while True:
            began = time.monotonic()
            with suppress(Exception):
                for url in feed.urls(clock.now()):
                    feed.latest = _pages(feed, url)
                with told.get_lock():
                    told.value += 1
            time.sleep(max(duration(feed.every).total_seconds() - (time.monotonic() - began), 0))

    for feed in many(number):
        if feed.portal and not feed.shares:
            threading.Thread(target=keep, args=(feed,), daemon=True).start()
    threading.Event().wait()


def _pages(feed: Feed, url: str) -> list[pd.DataFrame]:
    found = []
    while url:
        with urlopen(quote(expand(url), safe=URL_SIGNS), timeout=10) as answer:
            body = answer.read()
        found.append(_table(body))
        url = feed.next(body, url)
    return found


def _table(body: bytes) -> pd.DataFrame:
    """The longest list in an answer, as pandas makes it a table."""
    if body.lstrip()[:1] == b"<":
        return pd.read_xml(BytesIO(body), xpath=".//row|.//item|.//itemList", parser="etree")
    if body.lstrip()[:1] not in (b"{", b"["):
        return pd.read_csv(BytesIO(body))
    lists, waiting = [[]], [json.loads(body)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            lists.append(one)
        waiting += one.values() if isinstance(one, dict) else []
    return pd.DataFrame(max(lists, key=len))


def measured(way, number: int, seconds: float) -> float:
    """A line of what it costs; its share of a core once begun."""
    told = spawn.Value("i", 0)
    child = spawn.Process(target=way, args=(number, told), daemon=True)
    child.start()
    process, began = psutil.Process(child.pid), time.monotonic()
    while not told.value:
        time.sleep(0.1)
    start, most = read(process), 0
    time.sleep(BEGUN)
    settled, first = read(process), told.value
    while time.monotonic() - began < BEGUN + seconds:
        time.sleep(1)
        most = max(most, process.memory_info().rss)
    cost, whole = read(process) - settled, read(process) - start
    first_minute = (whole.cpu - cost.cpu) / (whole.wall - cost.wall)
    sys.stdout.write(
        f"{way.__name__:6} first minute {first_minute:6.1%} of a core, then "
        f"{cost.cpu / cost.wall:6.1%} for {cost.wall:4.0f} s and "
        f"{told.value - first} turns; memory at most {most / MB:5.0f} MB, "
        f"{process.num_threads()} threads\n"
    )
    sys.stdout.flush()
    child.kill()
    return cost.cpu / cost.wall


def main(number: int, minutes: float) -> bool:
    """Whether we stay below a fifth of a core."""
    command = [sys.executable, "-u", "-m", "data.sim", "--port", "0"]
    settings = os.environ | {"SIM_SPEED": "1"}
    city = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)
    os.environ["PRACTICE_CITY"] = re.search(r"http\S+", city.stdout.readline())[0]
    time.sleep(5)
    try:
        ours = measured(house, number, minutes * 60)
        theirs = measured(plain, number, minutes * 60)
    finally:
        city.terminate()
        city.wait()
    sys.stdout.write(f"{ours / theirs:.1f} times the plain way, which checks and derives nothing\n")
    return ours <= MOST


if __name__ == "__main__":
    said = sys.argv[1:]
    sys.exit(
        not main(int(said[0]) if said else FEEDS, float(said[1]) if len(said) > 1 else MINUTES)
    )
