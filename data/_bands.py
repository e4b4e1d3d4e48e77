"""How traffic flows, in the three bands of TOPIS (2016): go, slow, jam."""

from collections.abc import Iterable

import numpy as np

BELOW = {  # km/h: jam below the first, slow below the second
    "expressway": (30.0, 50.0),
    "arterial": (15.0, 25.0),
}


def band(speed: float, road_class: str) -> str:
    """``go``, ``slow`` or ``jam`` on a road of that class; ``""`` when the speed is unknown."""
    return bands(np.array([speed]), band_limits([road_class]))[0]


def band_limits(road_classes: Iterable[str]) -> np.ndarray:
    """(2, roads), km/h: below the first a road of that class is jammed, below the second slow."""
    return np.array([BELOW.get(x, BELOW["arterial"]) for x in road_classes]).reshape(-1, 2).T


def bands(speeds: np.ndarray, below: np.ndarray) -> list[str]:
    """``band`` of many roads at once, with their ``band_limits``."""
    level = np.where(np.isnan(speeds), 0, 1 + (speeds >= below[0]) + (speeds >= below[1]))
    return np.array(["", "jam", "slow", "go"], dtype=object)[level].tolist()
