"""Points counted by datashader in a process of its own: ``python -m data._counter``.

datashader and numba take seconds to import and to compile, and a hundred megabytes: a process
that ends costs the server neither. It reads an Arrow stream of x, y (metres, EPSG:3857) and weight
and writes one grid of ``data/_squares.py`` as float64.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow

from data._squares import EXTENT, SHAPE

ROOT = Path(__file__).parents[1]
NICE = 10  # steps behind whoever serves
POINTS = pyarrow.schema([(name, pyarrow.float64()) for name in ("x", "y", "weight")])


class Uncountable(Exception):
    """The process could not count; its last words say why."""


def counted(points: pd.DataFrame) -> np.ndarray:
    """A grid (SHAPE, the north first) of the weights of points in each square; 0 where none lies.

    Args:
        points: x, y (metres, EPSG:3857) and weight. Those outside are left out.
    """
    import datashader

    west, south, east, north = EXTENT
    high, wide = SHAPE
    canvas = datashader.Canvas(wide, high, x_range=(west, east), y_range=(south, north))
    summed = canvas.points(points, "x", "y", datashader.sum("weight"))
    return np.nan_to_num(summed.to_numpy())[::-1]


def count_points(parts: Iterable[pd.DataFrame]) -> np.ndarray:
    """The grid of all those points, counted elsewhere; blocks. Raises Uncountable.

    Args:
        parts: as ``counted`` takes them, one in memory at a time; without a point nothing is
            started.
    """
    some = (part for part in parts if len(part))
    if (first := next(some, None)) is None:
        return np.zeros(SHAPE)
    pipe = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([sys.executable, "-m", __name__], cwd=ROOT, **pipe) as process:
        said: list[bytes] = []
        ear = threading.Thread(target=lambda: said.append(process.stderr.read()))
        ear.start()
        try:
            with pyarrow.ipc.new_stream(process.stdin, POINTS) as stream:
                for part in chain([first], some):
                    rows = pyarrow.Table.from_pandas(part, POINTS, preserve_index=False)
                    stream.write_table(rows)
            process.stdin.close()
            told = process.stdout.read()
        except OSError:
            told = b""
        ear.join()
    if len(told) != 8 * np.prod(SHAPE):
        words = b"".join(said).decode(errors="replace").strip().splitlines()
        raise Uncountable(words[-1][:200] if words else "it ended without a word")
    return np.frombuffer(told).reshape(SHAPE)


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Count what comes until there is no more."""
    os.nice(NICE)
    grid = np.zeros(SHAPE)
    for batch in pyarrow.ipc.open_stream(source):
        grid += counted(batch.to_pandas())
    target.write(grid.tobytes())


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
