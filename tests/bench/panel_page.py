"""python -m tests.bench.panel_page [OURS [PANEL [SECONDS]]]: a viewer of / here and in stock Panel.

One practice city, two servers after one another: ours, and stock_page. To each come so many
viewers who do what a browser does: ours ask for the page, listen to its stream, ask for the
island and pull its document; Panel's ask for the page and pull its document. Static files (the
same Bokeh for both) are not asked for.

Counted is the server's own process, each time less what it costs with half as many viewers:
growth of its memory once all have come and stayed; CPU while they came and while they stayed, of
the thread that serves. In both the frames are asked for and drawn in other threads, which is no
viewer's cost. An hour of the city passes in each minute: let the seconds be whole minutes.
"""

import asyncio
import multiprocessing
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from apps._live import TICK
from apps._start import raise_limits
from tests.bench.meter import KB, SHARED_BY, over, read, said
from tests.bench.onlookers import Socket, client, get, look, look_at_map
from tests.outage import City, city
from tests.serving import free_port

SETTLE = 15.0  # seconds for the first frames
fork = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Cost:
    """Of one viewer: bytes resident and proportional, seconds of CPU to open, and a tick."""

    rss: float
    pss: float
    opening: float
    tick: float
    sent: float
    patches: float
    idle: float  # of the serving thread, share of a core with half as many
    busy: float  # with all of them

    def rows(self, panel: "Cost") -> list[tuple[str, str, str, str]]:
        """Lines of the table: what, here, in Panel, how many times less."""
        kinds = (
            ("memory, RSS", "rss", lambda n: f"{n / KB:,.1f} kB"),
            ("memory, PSS", "pss", lambda n: f"{n / KB:,.1f} kB"),
            ("CPU to open", "opening", said),
            ("CPU a tick", "tick", said),
        )
        return [
            (what, show(getattr(self, name)), show(getattr(panel, name)),
             f"{getattr(panel, name) / max(getattr(self, name), 1e-9):,.0f}")
            for what, name, show in kinds
        ]  # fmt: skip


async def ours(session, address: str) -> Callable[[], tuple[int, int]]:
    """One viewer of our page; then (bytes, patches) so far."""
    stream, island = await asyncio.gather(look(session, address), look_at_map(session, address))
    return lambda: (stream.got + island.got, len(stream.ticks) + island.kinds["PATCH-DOC"])


async def panels(session, address: str) -> Callable[[], tuple[int, int]]:
    """One viewer of Panel's."""
    html = (await get(session, address + "/")).decode()
    socket = Socket(session)
    token = re.search(r'"token":"([^"]+)"', html)[1]
    await socket.open(f"{address.replace('http', 'ws', 1)}/ws", token, ready=True)
    return lambda: (socket.got, socket.kinds["PATCH-DOC"])


async def attend(come: Callable, address: str, viewers: int, together: int, pipe) -> None:
    """Come, say so, stay until told to go, and tell what was got meanwhile."""
    async with client() as session:
        there, arrived = [], []
        while len(there) < viewers:
            many = min(together, viewers - len(there))
            there += await asyncio.gather(*(come(session, address) for _ in range(many)))
            arrived += [time.monotonic()] * many
        before = [one() for one in there]
        pipe.send(sum(time.monotonic() - at for at in arrived))
        while not pipe.poll():
            await asyncio.sleep(0.1)
        after = [one() for one in there]
        pipe.send([sum(a[i] - b[i] for a, b in zip(after, before, strict=True)) for i in (0, 1)])


def crowd(*given) -> None:
    """The process of the viewers."""
    raise_limits()
    asyncio.run(attend(*given))


@contextmanager
def present(come: Callable, address: str, viewers: int, together: int) -> Iterator[list]:
    """So many viewers. The list tells for how many seconds those who had come were there until all
    had; once they have gone also the bytes and patches since."""
    here, there = fork.Pipe()
    process = fork.Process(target=crowd, args=(come, address, viewers, together, there))
    process.start()
    there.close()
    told = [here.recv()]
    yield told
    here.send(None)
    told.extend(here.recv())
    process.join()


def cost(process, come, address: str, viewers: int, together: int, seconds: float) -> Cost:
    """What each of so many viewers more costs, when half as many are there already.

    The first make the page itself, and fill memory that the server once had and gave up. What the
    server does by itself varies: it is looked at before the others come and after.
    """
    with present(come, address, viewers // 2, together):
        time.sleep(SETTLE)
        alone = [over(process, seconds)]
        before = read(process)
        with present(come, address, viewers, together) as told:
            came = read(process) - before
            stayed = over(process, seconds)
            grown = read(process) - before
        time.sleep(SETTLE)
        alone.append(over(process, seconds))
    idle = sum(one.loop for one in alone) / sum(one.wall for one in alone)
    a_second = (stayed.loop / stayed.wall - idle) / viewers
    there, sent, patches = told
    return Cost(
        rss=grown.rss / viewers,
        pss=grown.pss / viewers,
        opening=(came.loop - idle * came.wall - a_second * there) / viewers,
        tick=a_second * TICK,
        sent=sent / viewers / seconds * TICK,
        patches=patches / viewers / seconds * TICK,
        idle=idle,
        busy=stayed.loop / stayed.wall,
    )


@contextmanager
def stock(running: City) -> Iterator[tuple[psutil.Process, str]]:
    """The same content in stock Panel, asking the same practice city."""
    port = free_port()
    process = running.run("tests.bench.stock_page", str(port), stderr=subprocess.DEVNULL)
    try:
        yield psutil.Process(process.pid), f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def main(viewers: int, panel_viewers: int, seconds: float) -> None:
    """Both, and the table."""
    with tempfile.TemporaryDirectory() as folder, city(Path(folder), SIM_SPEED="60") as running:
        process = psutil.Process(running.app.pid)
        time.sleep(SETTLE)
        here = cost(process, ours, running.served.address, viewers, 50, seconds)
        running.kill()
        with stock(running) as (process, address):
            time.sleep(SETTLE)
            there = cost(process, panels, address, panel_viewers, 2, seconds)
    table = [("a viewer of /", "here", "stock Panel", "times less"), *here.rows(there)]
    counts = [("viewers more", f"{viewers}", f"{panel_viewers}", "")]
    counts += [("sent a tick", f"{here.sent / KB:.1f} kB", f"{there.sent / KB:.1f} kB", "")]
    counts += [("messages a tick", f"{here.patches:.2f}", f"{there.patches:.2f}", "")]
    counts += [("its share of a core", f"{here.busy:.0%}", f"{there.busy:.0%}", "")]
    counts += [("with half of them", f"{here.idle:.0%}", f"{there.idle:.0%}", "")]
    for row in table + counts:
        sys.stdout.write("{:20} {:>14} {:>14} {:>12}\n".format(*row))
    sys.stdout.write(f"{seconds:.0f} s each; {SHARED_BY}\n")


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:]]
    ours_many, panel_many, seconds = (*given, *(1500, 4, 60)[len(given) :])
    sys.exit(main(int(ours_many), int(panel_many), seconds))
