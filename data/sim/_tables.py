"""The places of the city as the facts have them, and distances between them."""

import csv
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from pyproj import Transformer

from data._city import TM

HERE = Path(__file__).parents[1] / "places"
ACROSS, UP = 111_320 * math.cos(math.radians(37.55)), 110_990  # metres a degree here


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of ``data/places/<name>.csv``; lines that begin with # tell where it is from."""
    with (HERE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def column(name: str, field: str) -> np.ndarray:
    """One column as float64, an empty cell NaN."""
    return np.array([float(row[field] or "nan") for row in table(name)])


@cache
def points(name: str) -> np.ndarray:
    """Where the rows are: (n, 2) metres east and north of 127°E 37.5°N, flat."""
    return metres(column(name, "lon"), column(name, "lat"))


def metres(lon, lat) -> np.ndarray:
    """Degrees as (n, 2) metres east and north of 127°E 37.5°N; right to 0.1 % in the city."""
    return np.stack([(np.asarray(lon) - 127) * ACROSS, (np.asarray(lat) - 37.5) * UP], axis=-1)


def nearness(here: np.ndarray, there: np.ndarray, reach: float) -> np.ndarray:
    """(n, m): 1 at the same place, falling to 0.6 at ``reach`` metres and to 0 far away."""
    gap = ((here[:, None, :] - there[None, :, :]) ** 2).sum(axis=-1)
    return np.exp(-gap / (2 * reach**2))


@cache
def _projection() -> Transformer:
    return Transformer.from_crs(4326, TM, always_xy=True)


def projected(places: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Degrees as metres of EPSG:5181, the way the portals give places."""
    return list(_projection().itransform(places))
