"""What a process costs: seconds of CPU and bytes of memory, as Linux counts them."""

import os
import time
from dataclasses import dataclass

import psutil

MB, KB = 2**20, 2**10
SHARED_BY = f"{os.cpu_count()} cores shared by server, practice city and viewers"


@dataclass(frozen=True)
class Reading:
    """At one moment: seconds of the wall clock, of CPU, bytes resident and proportional.

    ``loop`` is the CPU of the first thread alone: here the one that serves.
    """

    wall: float
    cpu: float
    loop: float
    rss: int
    pss: int

    def __sub__(self, before: "Reading") -> "Reading":
        mine, theirs = vars(self), vars(before)
        return Reading(**{name: mine[name] - theirs[name] for name in mine})


def read(process: psutil.Process) -> Reading:
    """Of that process alone; memory of the kernel (its socket buffers) is not in it."""
    times, memory = process.cpu_times(), process.memory_full_info()
    first = next(one for one in process.threads() if one.id == process.pid)
    loop = first.user_time + first.system_time
    return Reading(time.monotonic(), times.user + times.system, loop, memory.rss, memory.pss)


def over(process: psutil.Process, seconds: float) -> Reading:
    """What it costs in the next so many seconds."""
    before = read(process)
    time.sleep(seconds)
    return read(process) - before


def share(numbers: list[float], part: float) -> float:
    """The number below which that part of them lies; NaN of none."""
    ordered = sorted(numbers)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else float("nan")


def said(seconds: float) -> str:
    """A time in the unit it is read in."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
