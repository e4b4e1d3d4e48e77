"""Fixed squares of Web Mercator over the city: a tile of the usual XYZ scheme has SIDE x SIDE.

All levels cut the same ground: a square of one level is four of the next, so that what is counted
in the finest squares is counted in all of them, and no square belongs to two tiles.
"""

import math
from collections.abc import Iterator

import numpy as np

from data._city import BOUNDS

COARSEST, FINEST = 9, 12
SIDE = 128  # squares along a tile: 485 m true at the coarsest level, 61 m at the finest
EDGE = math.pi * 6378137.0  # metres at 180 degrees

Tile = tuple[int, int, int]  # level, column from the west, row from the north


def _place(lon: float, lat: float, level: int) -> tuple[int, int]:
    """Column and row of the tile a place lies in."""
    north = math.asinh(math.tan(math.radians(lat))) / math.pi
    return int((lon + 180) / 360 * 2**level), int((1 - north) / 2 * 2**level)


def reach(level: int) -> tuple[int, int, int, int]:
    """First column, first row, columns and rows of the tiles over the city."""
    west, south, east, north = BOUNDS
    (left, top), (right, low) = _place(west, north, level), _place(east, south, level)
    return left, top, right - left + 1, low - top + 1


def tiles(level: int) -> Iterator[Tile]:
    """The tiles over the city, row by row from the north."""
    left, top, columns, rows = reach(level)
    for row in range(top, top + rows):
        for column in range(left, left + columns):
            yield level, column, row


def bounds(tile: Tile) -> tuple[float, float, float, float]:
    """West, south, east, north in metres, EPSG:3857."""
    level, column, row = tile
    wide = 2 * EDGE / 2**level
    west, north = column * wide - EDGE, EDGE - row * wide
    return west, north - wide, west + wide, north


LEFT, TOP, COLUMNS, ROWS = reach(FINEST)
SHAPE = (ROWS * SIDE, COLUMNS * SIDE)  # of a grid: the finest squares, the north first
EXTENT = (
    *bounds((FINEST, LEFT, TOP + ROWS - 1))[:2],
    *bounds((FINEST, LEFT + COLUMNS - 1, TOP))[2:],
)


def cut(grid: np.ndarray, tile: Tile) -> np.ndarray:
    """The (SIDE, SIDE) squares of a tile, the north first, each the sum of the finest in it.

    Args:
        grid: of SHAPE; nothing is known to lie outside.
        tile: one of ``tiles``. Raises KeyError for any other.
    """
    level, column, row = tile
    if not COARSEST <= level <= FINEST or tile not in set(tiles(level)):
        raise KeyError(f"no tile {tile}: levels {COARSEST} to {FINEST} over the city")
    finer = 2 ** (FINEST - level)
    top, left = (row * finer - TOP) * SIDE, (column * finer - LEFT) * SIDE
    whole = np.zeros((SIDE * finer, SIDE * finer))
    rows, columns = (_within(at, len(whole), size) for at, size in ((top, ROWS), (left, COLUMNS)))
    whole[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] = grid[
        rows, columns
    ]
    return whole.reshape(SIDE, finer, SIDE, finer).sum(axis=(1, 3))


def middles(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Degrees east and north of the middles of those finest squares."""
    west, _, east, north = EXTENT
    wide = (east - west) / SHAPE[1]
    x, y = west + (columns + 0.5) * wide, north - (rows + 0.5) * wide
    return x / EDGE * 180, np.degrees(np.arctan(np.sinh(y / EDGE * np.pi)))


def _within(first: int, count: int, tiles_there: int) -> slice:
    """Of that many squares from the first those that the grid has."""
    return slice(max(first, 0), min(first + count, tiles_there * SIDE))
