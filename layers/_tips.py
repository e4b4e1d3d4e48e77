"""What a mark says of itself: a line of plain text, its name, then values with their units."""

from collections.abc import Callable, Sequence

import holoviews as hv
import numpy as np
import pandas as pd

from data import DASH, figure, known
from layers._columns import FAR, elements

BETWEEN = " · "  # the name and each value
MOST = 500  # rows of a table that is read aloud


def tip(name: str, *values: str) -> str:
    """``강남역 · 7대 / 거치대 12``; a value that is not told ("") is left out."""
    return BETWEEN.join(part for part in (name, *values) if part)


def measure(value: float | None, unit: str, digits: int = 0) -> str:
    """``18 km/h`` that is never broken apart; the dash for an unknown value, which has no unit."""
    return f"{figure(value, digits)}\u00a0{unit}" if known(value) else DASH


def each(values: Sequence[float] | pd.Series, word: Callable[[float], str]) -> list[str]:
    """What word says of every number; asked once for equal ones, as few numbers are many marks'."""
    different, which = np.unique(np.asarray(values, "float64"), return_inverse=True)
    words = [word(n) for n in different.tolist()]
    return [words[i] for i in which.tolist()]


def seconds(moments: pd.Series) -> np.ndarray:
    """Seconds since 1970 of aware moments; NaN where there is none."""
    plain = pd.to_datetime(moments, utc=True).dt.tz_localize(None).astype("datetime64[s]")
    return np.where(plain.isna(), np.nan, plain.to_numpy().astype("int64"))


def tips(drawn: hv.Element | hv.Overlay) -> pd.DataFrame:
    """tip and at (seconds since 1970, NaN) of every mark, the topmost and last drawn first.

    What is only shown from afar counts marks that are there one by one.
    """
    speaking = [one for one in elements(drawn) if has_tips(one) and one.group != FAR]
    parts = [_told(element) for element in reversed(speaking)]
    rows = pd.concat(parts) if parts else pd.DataFrame({"tip": [], "at": []})
    return rows.astype({"tip": "str", "at": "float64"}).drop_duplicates(ignore_index=True)


def has_tips(element: hv.Element) -> bool:
    """Whether its marks say something."""
    return any(dimension.name == "tip" for dimension in element.vdims)


def _told(element: hv.Element) -> pd.DataFrame:
    names = [d.name for d in element.vdims if d.name in ("tip", "at")]
    if isinstance(element, hv.Path):
        rows = {name: [row[name] for row in element.data] for name in names}
    else:
        rows = {name: element.dimension_values(name) for name in names}
    return pd.DataFrame({"at": np.nan} | rows, index=range(len(rows["tip"]))).iloc[::-1]
