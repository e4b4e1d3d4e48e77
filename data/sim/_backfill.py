"""Fills the past from the practice city: ``python -m data.sim._backfill 7d``.

A practice city of its own answers over HTTP as it would have then, every feed it plays reads it,
and the frames are kept as if they had come at that time. Ends where the practice city begins
(``SIM_START``), so that a start afterwards has a past. Real feeds keep their real past.
The time is cut into as many pieces as there are cores, each filled by a process of its own.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, BrokenExecutor, ProcessPoolExecutor, wait
from datetime import datetime, timedelta
from multiprocessing import get_context

import numpy as np
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from data import Keeper, clock, duration, feeds
from data._past import history
from data.sim._piece import piece
from data.sim._server import City

FINE, COARSE = timedelta(minutes=10), timedelta(hours=1)  # steps of the last day, and before it
HOURLY = 3.5  # what is asked once an hour, as the work of a step


def steps(end: datetime, span: timedelta) -> Iterator[datetime]:
    """The moments to ask at, oldest first, up to the last before ``end``."""
    when = end - span
    while when < end:
        yield when
        when += FINE if end - when <= timedelta(days=1) else COARSE


def clear(keeper: Keeper, first: datetime) -> None:
    """What was kept of that time goes: filled twice it would be there twice."""
    keeper.last.clear()
    for name in keeper.feeds:
        if (table := history.table(name, True)) is not None:
            table.delete(f"fetched_at >= '{first.isoformat()}'")


def pieces(moments: list[datetime], count: int) -> list[list[datetime]]:
    """The moments in at most that many runs, of about the same work."""
    new = [n == 0 or when.hour != moments[n - 1].hour for n, when in enumerate(moments)]
    work = np.cumsum(1 + HOURLY * np.array(new))
    run = np.ceil(work * count / work[-1]).astype(int) - 1
    cut = [[when for when, k in zip(moments, run, strict=True) if k == n] for n in range(count)]
    return [part for part in cut if part]


def main(span: str, cores: int) -> None:
    """Fill that much of the past. Raises ValueError when it is no duration, OSError when full."""
    end = City.from_environment().hands.start
    if not (moments := list(steps(end, duration(span)))):
        raise ValueError(f"{span} is no time to fill")
    clock.set(end, 0)
    os.environ["PRACTICE_CITY"] = "http://127.0.0.1:9"  # each piece has its own; none is asked here
    keeper = Keeper(feeds)
    clear(keeper, moments[0])
    spawn, frames = get_context("spawn"), 0
    with (
        spawn.Manager() as manager,
        ProcessPoolExecutor(cores, spawn) as workers,
        Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(), transient=not sys.stdout.isatty(),
        ) as progress,
    ):  # fmt: skip
        done = manager.Queue()
        task = progress.add_task("the past", total=len(moments))
        waiting = {workers.submit(piece, run, done) for run in pieces(moments, cores)}
        while waiting:
            ended, waiting = wait(waiting, timeout=0.2, return_when=FIRST_EXCEPTION)
            while not done.empty():
                progress.update(task, advance=1, description=f"{done.get():%Y-%m-%d %H:%M}")
            frames += sum(each.result() for each in ended)
    keeper.tidy()
    keeper.last.clear()  # of which piece its files are nobody knows
    sys.stdout.write(f"{frames:,} frames kept in {history.uri('', True)}\n")


if __name__ == "__main__":
    said = argparse.ArgumentParser(prog="./panel_serve.sh backfill")
    said.add_argument("span", nargs="?", default="7d", help="how far back: 36h, 7d (default)")
    said.add_argument("--cores", type=int, default=os.cpu_count(), help="default: all there are")
    try:
        told = said.parse_args()
        main(told.span, max(told.cores, 1))
    except BrokenExecutor as wrong:
        sys.exit(f"a process ended before its piece was filled: {wrong}")
    except (ValueError, OSError) as wrong:
        sys.exit(str(wrong))
