"""python -m tests.bench.viewers [VIEWERS [SECONDS]]: so many viewers on /, every update to each.

Prints the server's share of a core, its memory and bytes a viewer, and how long a tick takes to
reach them; says whether anybody missed one. The server, the practice city and the viewers are
processes of their own; what is counted is the server's process.
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import psutil

from apps._start import raise_limits
from tests.bench.meter import KB, MB, SHARED_BY, over, read, said, share
from tests.bench.onlookers import Onlooker, client, look
from tests.outage import city

AT_ONCE = 50  # who come together
SETTLE = 15.0  # seconds for the first frames
fork = multiprocessing.get_context("fork")


async def attend(address: str, viewers: int, pipe) -> None:
    """Come, say so, stay until told to go, and tell what was seen."""
    async with client() as session:
        there: list[Onlooker] = []
        while len(there) < viewers:
            many = min(AT_ONCE, viewers - len(there))
            there += await asyncio.gather(*(look(session, address) for _ in range(many)))
            if len(there) - many < viewers / 2 <= len(there):
                pipe.send(len(there))
                await asyncio.to_thread(pipe.recv)
        pipe.send(sum(one.got for one in there))
        while not pipe.poll() or between_ticks(there):
            await asyncio.sleep(0.05)
        pipe.send(report(there))
        for one in there:
            one.transport.abort()


def between_ticks(there: list[Onlooker]) -> bool:
    """Whether one may just be on its way: some have it, others not yet."""
    newest = max((one.ticks[-1][1] for one in there if one.ticks), default=0.0)
    return time.monotonic() - newest < 1.0


def report(there: list[Onlooker]) -> dict:
    """Over all viewers: who was lost, who missed a tick, who got another; when each came."""
    first: dict[int, float] = {}
    bytes_of: dict[int, set[bytes]] = {}
    for one in there:
        for number, at, digest in one.ticks[1:]:  # the first may hold several, caught up on
            first[number] = min(at, first.get(number, at))
            bytes_of.setdefault(number, set()).add(digest)
    last = max((one.ticks[-1][0] for one in there if one.ticks), default=0)
    gaps = sum(b[0] - a[0] != 1 for one in there for a, b in pairwise(one.ticks))
    late = [at - first[n] for one in there for n, at, _ in one.ticks[1:]]
    return {
        "lost": sum(one.lost for one in there),
        "gaps": gaps,
        "behind": sum(not one.ticks or one.ticks[-1][0] != last for one in there),
        "differing": sum(len(digests) > 1 for digests in bytes_of.values()),
        "ticks": len(first),
        "delivered": sum(len(one.ticks) for one in there),
        "beats": min(one.beats for one in there),
        "got": sum(one.got for one in there),
        "late": late,
    }


def crowd(address: str, viewers: int, pipe) -> None:
    """The process of the viewers."""
    raise_limits()
    asyncio.run(attend(address, viewers, pipe))


def stay(address: str, process: psutil.Process, viewers: int, seconds: float) -> tuple:
    """Readings while they came, while they stayed, from before until then, and of the later half
    of them; how many those are, the bytes got by the end of coming, the report."""
    here, there = fork.Pipe()
    before = read(process)
    crowding = fork.Process(target=crowd, args=(address, viewers, there))
    crowding.start()
    there.close()  # else its end would not be noticed here
    late = viewers - here.recv()
    half = read(process)
    here.send("go on")
    got = here.recv()
    came = read(process) - before
    stayed = over(process, seconds)
    now = read(process)
    here.send("go")
    told = here.recv()
    crowding.join()
    return came, stayed, now - before, now - half, late, got, told


def main(viewers: int, seconds: float) -> bool:
    """The table; whether every update reached everybody."""
    with tempfile.TemporaryDirectory() as folder, city(Path(folder), SIM_SPEED="60") as running:
        process = psutil.Process(running.app.pid)
        over(process, SETTLE)
        stay(running.served.address, process, 1, SETTLE)  # the page and its stream are made
        alone = stay(running.served.address, process, 1, seconds)[1]
        there = stay(running.served.address, process, viewers, seconds)
    came, stayed, total, later, late, got, told = there
    idle, busy = alone.loop / alone.wall, stayed.loop / stayed.wall
    missed = {name: told[name] for name in ("lost", "gaps", "behind", "differing")}
    rows = (
        ("viewers", f"{viewers} for {seconds:.0f} s; {SHARED_BY}"),
        ("ticks", f"{told['ticks']}, {told['delivered']} delivered, {told['beats']} beats each"),
        ("missed", ", ".join(f"{name} {number}" for name, number in missed.items())),
        ("CPU, share of a core", f"{stayed.cpu / stayed.wall:.1%} in all"),
        ("of the thread that serves", f"{busy:.1%} with them, {idle:.1%} with one"),
        ("its CPU a viewer and second", said((busy - idle) / viewers)),
        ("its CPU to open one", said((came.loop - idle * came.wall) / viewers)),
        ("opened", f"{viewers / came.wall:.0f} a second"),
        ("memory a viewer of the later half", f"{later.rss / late / KB:.1f} kB RSS"),
        ("memory in all", f"+{total.rss / MB:.1f} MB RSS, +{total.pss / MB:.1f} MB PSS"),
        ("sent", f"{(told['got'] - got) / viewers / seconds / KB:.2f} kB a viewer and second"),
        ("a tick's last viewer after its first", " ".join(
            f"p{part * 100:g} {said(share(told['late'], part))}" for part in (0.5, 0.95, 0.99, 1)
        )),
    )  # fmt: skip
    for name, value in rows:
        sys.stdout.write(f"{name:38} {value}\n")
    return not any(missed.values())


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:]]
    viewers, seconds = (*given, *(2000, 60)[len(given) :])
    sys.exit(not main(int(viewers), seconds))
