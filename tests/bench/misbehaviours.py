"""python -m tests.bench.misbehaviours [NAME …]: seconds and memory that each misbehaviour costs.

Server and client are processes of their own for each. Held against SAFETY, rows 2 to 9: within the
deadline + 0.5 s, and 25 MB.
"""

import asyncio
import multiprocessing
import os
import re
import sys
import time
from pathlib import Path

from data import FeedError
from data._envelope import seoul
from data._fetch import fetch
from tests.hostile import BEHAVIOURS, hostile

URL = "{seoul}/{seoul_key}/json/RealtimeCityAir/1/25/"
DEADLINE = 5.0
fork = multiprocessing.get_context("fork")


def serve(behaviour: str, pipe) -> None:
    """The server; it tells its address and stays until it is ended."""

    async def run():
        async with hostile(behaviour) as city:
            pipe.send(city.address)
            await asyncio.Event().wait()

    asyncio.run(run())


def most() -> float:
    """The most memory this process has had since the last reset, MB; Linux keeps that itself."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) / 1024


def ask(behaviour: str) -> None:
    """One question to it, and a line of what that came to."""
    here, there = fork.Pipe()
    server = fork.Process(target=serve, args=(behaviour, there))
    server.start()
    os.environ["PRACTICE_CITY"] = here.recv()

    async def once():
        body = await fetch(URL, deadline=DEADLINE)
        return await asyncio.to_thread(seoul, body)

    Path("/proc/self/clear_refs").write_text("5")
    before = most()
    start = time.perf_counter()
    try:
        said = f"{len(asyncio.run(once()))} rows"
    except FeedError as error:
        said = f"{type(error).__name__}: {error}"
    took = time.perf_counter() - start
    server.terminate()
    line = f"{behaviour:18} {took:5.2f} s  +{most() - before:5.1f} MB  {said}\n"
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    for name in sys.argv[1:] or BEHAVIOURS:
        client = fork.Process(target=ask, args=(name,))
        client.start()
        client.join()
