"""What millions of points cost: python -m tests.bench.raster [POINTS].

Ten million points, half of them around 4,000 places, counted in the finest squares by datashader,
numpy.histogram2d and a pandas groupby, each twice in a process of its own: seconds of the first
(datashader compiles) and of the second counting, peak memory beyond the points, and whether all
found the same. Then the pictures, and what a viewer's zoom costs: the server's CPU for a tile that
is held, asked for over one connection by a process of its own.
"""

import asyncio
import multiprocessing
import statistics
import sys
import time
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from queue import Queue

import numpy as np
import pandas as pd

from apps._once import Allowance
from data import clock
from data._counter import counted
from data._squares import COARSEST, EXTENT, SHAPE, tiles
from layers import layers
from layers._counted import counting, picture
from layers._counts import Counts
from tests.bench.meter import KB, MB, said
from tests.house import standing

POINTS, PLACES, ASKED, THIN = 10_000_000, 4_000, 5_000, 500
KIND = layers.bike_squares
spawn = multiprocessing.get_context("spawn")


def scattered(number: int) -> pd.DataFrame:
    """That many points with their weights, in whole metres."""
    rng = np.random.default_rng(1)
    west, south, east, north = EXTENT
    ends = np.array([[west, south], [east, north]])
    half = number // 2
    places = rng.uniform(*ends, (PLACES, 2))
    around = places[rng.integers(0, PLACES, half)] + rng.normal(0, 200, (half, 2))
    both = np.vstack([around, rng.uniform(*ends, (number - half, 2))]).round()
    weight = rng.integers(1, 5, number).astype(float)
    return pd.DataFrame({"x": both[:, 0], "y": both[:, 1], "weight": weight})


def by_histogram(points: pd.DataFrame) -> np.ndarray:
    """As ``counted``, by numpy."""
    west, south, east, north = EXTENT
    ends, y, x = [[south, north], [west, east]], points["y"], points["x"]
    return np.histogram2d(y, x, bins=SHAPE, range=ends, weights=points["weight"])[0][::-1]


def by_groupby(points: pd.DataFrame) -> np.ndarray:
    """As ``counted``, by pandas."""
    west, south, east, north = EXTENT
    wide = (east - west) / SHAPE[1]
    inside = points[points["x"].between(west, east, "left")]
    inside = inside[inside["y"].between(south, north, "left")]
    column = ((inside["x"] - west) / wide).astype("int64")
    row = ((inside["y"] - south) / wide).astype("int64")
    sums = inside["weight"].groupby(row * SHAPE[1] + column).sum()
    grid = np.zeros(SHAPE[0] * SHAPE[1])
    grid[sums.index] = sums
    return grid.reshape(SHAPE)[::-1]


WAYS = {"datashader": counted, "numpy.histogram2d": by_histogram, "pandas groupby": by_groupby}


def measured(way: str, number: int, told: Queue) -> None:
    """(seconds of each of two countings, bytes at the peak beyond the points, grid)."""
    points = scattered(number)
    Path("/proc/self/clear_refs").write_text("5")  # the peak of what was before is forgotten
    before = memory("VmRSS")
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        grid = WAYS[way](points)
        seconds.append(time.perf_counter() - began)
    told.put((seconds, memory("VmHWM") - before, grid))


def memory(name: str) -> int:
    """Bytes of this process, as Linux counts them under that name."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) * KB


def compared(number: int) -> np.ndarray:
    """Prints a line a way; returns the grid of the first."""
    grids = []
    for way in WAYS:
        told = spawn.Queue()
        process = spawn.Process(target=measured, args=(way, number, told))
        process.start()
        (first, second), peak, grid = told.get()
        process.join()
        grids.append(grid)
        line = f"  {way}: {said(first)} first, {said(second)} again, {peak / MB:.0f} MB"
        sys.stdout.write(line + f", {(grid != grids[0]).sum()} squares otherwise\n")
    return grids[0]


def ask(port: int, paths: list[str], told: Queue) -> None:
    """Ask for them, one after the other, ASKED times in all; puts seconds of each."""
    line, seconds = HTTPConnection("127.0.0.1", port), []
    for number in range(ASKED):
        began = time.perf_counter()
        line.request("GET", paths[number % len(paths)])
        line.getresponse().read()
        seconds.append(time.perf_counter() - began)
    told.put(seconds)


async def zoomed() -> tuple[float, list[float]]:
    """Seconds of this process' CPU for one tile that is held, and of each answer."""
    async with standing() as city:
        city.house.rasters.allowance = Allowance(1e9, 1e9)
        mark = counting(KIND).version
        there = [tile for level in (10, 11) for tile in tiles(level)]
        paths = [f"/raster/bike_squares/light-{mark}/{z}/{x}/{y}.png" for z, x, y in there]
        for path in paths:
            assert (await city.get(path))[0] == 200
        told = spawn.Queue()
        process = spawn.Process(target=ask, args=(city.port, paths, told))
        began = time.process_time()
        process.start()
        while told.empty():
            await asyncio.sleep(0.05)
        return (time.process_time() - began) / ASKED, told.get()


def main(number: int) -> None:
    """Print all of it."""
    sys.stdout.write(f"{number:,} points in {SHAPE[0]} x {SHAPE[1]} squares:\n")
    grid = compared(number)
    thin = grid / THIN  # that every step of the ramp is there
    counting(KIND).take(Counts(thin, clock.now() - timedelta(days=6), clock.now()))
    counts, sizes, seconds = counting(KIND).newest, [], []
    for level in range(COARSEST, KIND.finest + 1):
        for tile in tiles(level):
            began = time.process_time()
            sizes.append(len(picture(KIND, counts, "light", tile)))
            seconds.append(time.process_time() - began)
    sys.stdout.write(
        f"{len(sizes)} pictures of a theme: {sum(sizes) / 1e3:.0f} kB, the largest "
        f"{max(sizes) / 1e3:.1f} kB; {said(statistics.median(seconds))} each to make\n"
    )
    cpu, answers = asyncio.run(zoomed())
    sys.stdout.write(
        f"a tile that is held: {said(cpu)} of the server's CPU, "
        f"answered in {said(statistics.median(answers))}\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else POINTS)
