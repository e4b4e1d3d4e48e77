"""Chance that repeats: the same key gives the same number, in every process, anywhere."""

import hashlib
from functools import lru_cache

import numpy as np


@lru_cache(maxsize=200_000)
def chance(*key) -> float:
    """A number from 0 up to 1 that belongs to that key."""
    digest = hashlib.blake2b(repr(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def among(low: float, high: float, *key) -> float:
    """A number between low and high that belongs to that key."""
    return low + (high - low) * chance(*key)


def pick(choices, *key):
    """One of the choices, always the same for that key."""
    return choices[int(chance(*key) * len(choices))]


@lru_cache(maxsize=20_000)
def chances(n: int, *key) -> np.ndarray:
    """n numbers from 0 up to 1 that belong to that key; not to be written to."""
    numbers = np.random.default_rng(int(chance(*key) * 2**63)).random(n)
    numbers.flags.writeable = False
    return numbers


def drift(hours: float, step: float, *key) -> float:
    """A smooth wandering between -1 and 1 that changes its mind every ``step`` hours."""
    k, part = divmod(hours / step, 1.0)
    before, after = chance(*key, int(k)), chance(*key, int(k) + 1)
    return 2 * (before + (after - before) * _smooth(part)) - 1


def drifts(n: int, hours: float, step: float, *key) -> np.ndarray:
    """n such wanderings, each its own."""
    k, part = divmod(hours / step, 1.0)
    before, after = chances(n, *key, int(k)), chances(n, *key, int(k) + 1)
    return 2 * (before + (after - before) * _smooth(part)) - 1


def _smooth(part: float) -> float:
    return part * part * (3 - 2 * part)


def swell(hours: float, rise: tuple[float, float], fall: tuple[float, float]) -> float:
    """0 before the rise begins, 1 between, 0 after the fall has ended; smooth."""
    up = min(max((hours - rise[0]) / max(rise[1] - rise[0], 1e-9), 0), 1)
    down = min(max((hours - fall[0]) / max(fall[1] - fall[0], 1e-9), 0), 1)
    return _smooth(up) * (1 - _smooth(down))
