"""What is usual in a place at an hour of the week, and how it strays from that."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

SLOTS = 7 * 24  # hours of a week, from Monday 0:00
SPREAD = 0.06  # from week to week, as a fraction, until two weeks are held (assumed)
SHRUNK = 0.1  # of the covariance is left to its diagonal: a few weeks are few
HALF = pd.Timedelta(minutes=30)


@dataclass(frozen=True)
class Usual:
    """The weeks held, by hour of the week.

    Attributes:
        level: (SLOTS, n) mean logarithm of the people; NaN where no week is known.
        weeks: (SLOTS, n) how many weeks each stands on.
        spread: (n, n) covariance of the deviations from it, each over ``size`` of its hour.
        size: (SLOTS, 1) how far the dongs usually stray at that hour, as a fraction.
    """

    level: np.ndarray
    weeks: np.ndarray
    spread: np.ndarray
    size: np.ndarray


def usual(rows: pd.DataFrame, names: list[str]) -> Usual:
    """Of hourly rows with dong, observed_at and population, the dongs in the order of names.

    A dong that is not known, or empty, is NaN there; the spread is assumed until two weeks are
    held, half of it common to all dongs.
    """
    times, when = np.unique(rows["observed_at"].to_numpy("datetime64[us]"), return_inverse=True)
    hours = pd.DatetimeIndex(times, tz="UTC").tz_convert("Asia/Seoul")
    where = pd.Index(names).get_indexer(rows["dong"])
    people = rows["population"].to_numpy(dtype="float64")
    known = (where >= 0) & (people > 0)
    told = np.full((len(times), len(names)), np.nan)
    told[when[known], where[known]] = np.log(people[known])
    slots = (hours.day_of_week * 24 + hours.hour).to_numpy()
    there = np.isfinite(told)
    sums, weeks = np.zeros((SLOTS, len(names))), np.zeros((SLOTS, len(names)))
    np.add.at(sums, slots, np.where(there, told, 0.0))
    np.add.at(weeks, slots, there)
    level = np.divide(sums, weeks, out=np.full_like(sums, np.nan), where=weeks > 0)
    strayed = np.where(there, told - level[slots], 0.0)
    free = np.maximum(weeks - 1, 0)
    if free.sum() < 24 * len(names):  # less than a day is known twice
        assumed = SPREAD**2 * (0.5 + 0.5 * np.eye(len(names)))
        return Usual(level, weeks, assumed, np.ones((SLOTS, 1)))
    size = _size((strayed**2).sum(axis=1), free.sum(axis=1), slots)
    strayed /= size[slots]
    found = strayed.T @ strayed / max(free.sum(axis=0).mean(), 1.0)
    return Usual(level, weeks, (1 - SHRUNK) * found + SHRUNK * np.diag(np.diag(found)), size)


def _size(squares: np.ndarray, free: np.ndarray, slots: np.ndarray) -> np.ndarray:
    """(SLOTS, 1) root mean square of deviations, of a time of day on working days and weekends."""
    kinds = (slots // 24 > 4) * 24 + slots % 24
    week = (np.arange(SLOTS) // 24 > 4) * 24 + np.arange(SLOTS) % 24
    sums, counts = np.bincount(kinds, squares, 48), np.bincount(week, free, 48)
    known = np.divide(sums, counts, out=np.full(48, np.nan), where=counts > 0)
    return np.sqrt(np.where(np.isfinite(known), known, np.nanmean(known)))[week][:, None]


def between(
    table: np.ndarray, when: pd.DatetimeIndex, which: np.ndarray | None = None
) -> np.ndarray:
    """(len(when), n): a table by hour of the week (SLOTS, n) at those moments, in a smooth curve.

    The value of an hour is its mean. NaN where one of the two hours around is unknown.

    Args:
        table: of logarithms, counts or sizes.
        when: aware (Asia/Seoul).
        which: one column a moment instead of all: (len(when),).
    """
    since = when - HALF
    first = (since.day_of_week * 24 + since.hour).to_numpy()
    part = ((since - since.floor("h")) / pd.Timedelta(hours=1)).to_numpy()
    part = part[:, None] if which is None else part
    here = (first,) if which is None else (first, which)
    there = ((first + 1) % SLOTS, *here[1:])
    bend = np.nan_to_num(np.roll(table, -1, axis=0) - 2 * table + np.roll(table, 1, axis=0))
    middle = table - bend / 24  # what it was at half past, where the curve of its means is bent
    bow = part * (1 - part) / 2 * ((1 - part) * bend[here] + part * bend[there])
    return (1 - part) * middle[here] + part * middle[there] - bow
