"""python -m tests.bench.hostile [AT_ONCE]: 30 feeds x 24 misbehaviours, and how the others fare.

One process polls 30 feeds every 2 s from a server that gives each its recorded replies, except to
those whose turn it is to be misled: so many at once (6), until each has failed twice. A second
process polls the same feeds, at the same time, from a server that never misbehaves. Prints of each
misbehaviour how old the others' frames became, in periods, beside those of the second process, and
how much memory each has more than at the beginning. Fails when a frame or its age was lost, when a
feed was not back with its first question after, when one in a hundred of the others' frames missed
a question, or for 50 MB.
"""

import asyncio
import logging
import multiprocessing
import os
import sys
import time

import psutil

import data._fetch
from data import Feed, Poller, clock, feeds
from data._age import period
from tests.bench.meter import MB, share
from tests.conftest import NOW
from tests.misled import chosen, serve

CHOSEN = (
    "never", "drip_headers", "drip_body", "endless_header", "endless_body", "endless_nothing",
    "says_it_is_huge", "gzip_bomb", "double_gzip", "short_body", "bad_length", "bad_chunk",
    "close_at_once", "close_mid_body", "garbage", "not_http", "html", "empty", "broken_server",
    "redirect_inside", "cp949", "deep_json", "many_objects", "billion_laughs",
)  # fmt: skip
FEEDS, EVERY, DEADLINE = 30, "2s", 2.0
OLDEST = 2.0  # periods: who is as old as that has missed a question
SLACK = 0.5  # periods more than where nobody misbehaves: this machine may be busy
MORE = 50  # MB
PATIENCE = 60.0  # seconds in which a feed must have failed twice, or be back
WARM = 20.0  # seconds of ordinary polls before memory is compared
fork = multiprocessing.get_context("fork")


class Watch:
    """The feeds while they are polled.

    Attributes:
        failed: how often in a row each has failed.
        held: what each had when it first did: frame, its time, when it was fetched.
    """

    def __init__(self, mine: list[Feed]):
        self.feeds, self.failed, self.held = {f.name: f for f in mine}, {}, {}
        for feed in mine:
            self.failed[feed.name] = 0
            feed.param.watch(lambda _, f=feed: self._note(f), ["problem"], onlychanged=False)

    def _note(self, feed: Feed) -> None:
        if feed.problem is None:
            self.failed[feed.name] = 0
        else:
            if not self.failed[feed.name]:
                self.held[feed.name] = feed.frame, feed.observed_at, feed.fetched_at
            self.failed[feed.name] += 1

    def ages(self, but=()) -> list[float]:
        """How long ago each frame was fetched, in periods."""
        return [
            (clock.now() - f.fetched_at) / period(f.every)
            for f in self.feeds.values()
            if f.name not in but and f.fetched_at
        ]

    async def until(self, true, but=(), patience=PATIENCE) -> list[float]:
        """The ages meanwhile, ten times a second; until that is so, or patience ends."""
        seen, end = [], time.monotonic() + patience
        while not true() and time.monotonic() < end:
            await asyncio.sleep(0.1)
            seen += self.ages(but)
        return seen


def memory() -> float:
    """What is resident of this process, MB."""
    return psutil.Process().memory_info().rss / MB


async def mislead(watch: Watch, names: list[str], behaviour: str, pipe) -> tuple[list, list[str]]:
    """Those feeds are misled until each has failed twice; the others' ages, and what was wrong."""
    pipe.send(dict.fromkeys(names, behaviour))
    ages = await watch.until(lambda: all(watch.failed[name] >= 2 for name in names), names)
    wrong = [f"{n} does not fail of {behaviour}" for n in names if watch.failed[n] < 2]
    for name in names:
        feed, (frame, seen, fetched) = watch.feeds[name], watch.held.get(name, (None, None, None))
        if feed.frame is not frame or (feed.observed_at, feed.fetched_at) != (seen, fetched):
            wrong.append(f"{name} lost its frame or its age by {behaviour}")
    pipe.send({})
    before = dict(watch.failed)
    most = {name: before[name] for name in names}

    def back() -> bool:
        for name in names:
            most[name] = max(most[name], watch.failed[name])
        return not any(watch.failed[name] for name in names)

    ages += await watch.until(back, names)
    if not back():
        wrong.append(f"not back after {behaviour}: {[n for n in names if watch.failed[n]]}")
    late = [n for n in names if most[n] > before[n] + 1]  # one may have been on its way
    return ages, wrong + [f"{n} back too late after {behaviour}" for n in late]


async def polled(address: str, names: list[str], work) -> object:
    """What work makes of the feeds while they are polled from there."""
    os.environ["PRACTICE_CITY"], data._fetch.DEADLINE = address, DEADLINE
    logging.getLogger("data").setLevel(logging.ERROR)
    clock.set(NOW, 1)
    mine = [type(n, (type(feeds[n]),), {"every": EVERY})(name=n) for n in names]
    watch, poller = Watch(mine), Poller(mine)
    await poller.start()
    await watch.until(lambda: all(f.fetched_at for f in mine))
    try:
        return await work(watch)
    finally:
        await poller.stop()


def beside(names: list[str], pipe) -> None:
    """The second process: polls the same from a server that behaves; tells the ages when asked."""

    async def work(watch: Watch) -> None:
        seen = []
        while (heard := pipe.recv() if pipe.poll() else None) != "end":
            seen += watch.ages()
            if heard:
                pipe.send((seen, memory()))
                seen = []
            await asyncio.sleep(0.1)

    asyncio.run(polled(pipe.recv(), names, work))


async def rounds(watch: Watch, at_once: int, server, second) -> list[str]:
    """Every misbehaviour against every feed; a line each, and what was wrong."""
    names, found, most = list(watch.feeds), [], 0.0
    await watch.until(lambda: False, patience=WARM)
    second.send("ages")
    began, beside_began = memory(), second.recv()[1]
    out = sys.stdout.write
    out(f"{'':18} others, periods old     where nobody misbehaves\n")
    for behaviour in CHOSEN:
        second.send("ages")
        second.recv()
        ages, wrong, start = [], [], time.monotonic()
        for first in range(0, FEEDS, at_once):
            more, problems = await mislead(watch, names[first : first + at_once], behaviour, server)
            ages, wrong = ages + more, wrong + problems
        second.send("ages")
        control, rss = second.recv()
        grown, beside_grown = memory() - began, rss - beside_began
        most = max(most, grown)
        if share(ages, 0.99) > max(OLDEST, share(control, 0.99) + SLACK):
            wrong.append(f"others missed a question during {behaviour}")
        told = "  ".join(
            f"{share(a, 0.5):5.2f} 99 % {share(a, 0.99):5.2f} most {max(a):5.2f}"
            for a in (ages, control)
        )
        cost = f"{grown:+4.0f} MB {beside_grown:+4.0f} MB {time.monotonic() - start:4.0f} s"
        out(f"{behaviour:18} {told}  {cost} {len(wrong)} wrong\n")
        sys.stdout.flush()
        found += wrong
    if most > MORE:
        found.append(f"{most:.0f} MB more than at the beginning")
    return found


def main(at_once: int) -> bool:
    """Whether all was as it should be."""
    replies, pipes = chosen(FEEDS), [fork.Pipe() for _ in range(3)]
    told = {path: (name, body) for name, found in replies.items() for path, body in found.items()}
    works = [(serve, told), (serve, told), (beside, list(replies))]
    children = [
        fork.Process(target=work, args=(what, there), daemon=True)
        for (work, what), (_, there) in zip(works, pipes, strict=True)
    ]
    for child in children:
        child.start()
    (server, _), (behaving, _), (second, _) = pipes
    address = server.recv()
    second.send(behaving.recv())
    work = lambda watch: rounds(watch, at_once, server, second)  # noqa: E731
    found = asyncio.run(polled(address, list(replies), work))
    sys.stdout.write("\n".join(found or [f"{FEEDS} x {len(CHOSEN)}: all as it should be"]) + "\n")
    for child in children:
        child.terminate()
    return not found


if __name__ == "__main__":
    sys.exit(not main(int(sys.argv[1]) if len(sys.argv) > 1 else 6))
