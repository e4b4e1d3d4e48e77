"""Columns of many moments, small enough to travel at once."""

import base64
from collections.abc import Sequence

import numpy as np


def packed(days: Sequence[list[dict[str, list]] | None]) -> list[dict[str, dict]]:
    """The columns of each element over all moments. A moment that is not known, or that has other
    rows than most, has the values of the one before it; who reads knows which are known.
    """
    known = [day for day in days if day is not None]
    if not known:
        return []
    return [
        {
            name: told
            for name in known[-1][part]
            if (told := _packed([day and day[part].get(name) for day in days])) is not None
        }
        for part in range(len(known[-1]))
    ]


def _packed(course: Sequence[list | None]) -> dict | None:
    """A column of every moment; None when it is the same all the time."""
    rows = len(next(column for column in reversed(course) if column is not None))
    values: dict[object, int] = {}
    index = np.zeros((len(course), rows), dtype="<u2")
    for k, column in enumerate(course):
        if column is None or len(column) != rows:
            index[k] = index[k - 1] if k else 0
        else:
            index[k] = [values.setdefault(value, len(values)) for value in column]
    if not rows or (index == index[0]).all():
        return None
    wide = len(values) > 256
    told = base64.b64encode(index.astype("<u2" if wide else "u1").tobytes()).decode()
    return {"values": list(values), "wide": wide, "index": told}
