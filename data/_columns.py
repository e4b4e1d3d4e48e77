"""What a column of a frame holds: its type, its meaning, its unit, its range."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import xarray as xr

from data._errors import Unreadable

TIME = "datetime64[us, Asia/Seoul]"
MAY_DROP = 0.2  # a batch that loses more of its rows than this is refused whole

Frame = pd.DataFrame | gpd.GeoDataFrame | xr.Dataset


@dataclass(frozen=True)
class Column:
    """One column: its dtype, what to call it, the unit of a measure, and what it may be.

    Args:
        dtype: a pandas dtype; ``TIME`` for aware times, ``"geometry"`` for shapes (EPSG:4326).
        label: English name, the key of the word files.
        unit: as on a street sign; empty for names and codes.
        low, high: the plausible range; a number outside it becomes NaN.
        required: a row without this value is dropped and counted.
        step: the largest believable change between two observations (data/_doubt.py).
        apart: how far from the median of all rows a value may be at least.
        near: how far from every one of its nearest neighbours on the ground a value may be.
    """

    dtype: str
    label: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    required: bool = False
    step: float | None = None
    apart: float | None = None
    near: float | None = None


def empty(columns: dict[str, Column]) -> pd.DataFrame:
    """A frame of those columns without a row: the answer was that there is nothing."""
    return pd.DataFrame(
        {
            n: pd.Series(dtype="object" if c.dtype == "geometry" else c.dtype)
            for n, c in columns.items()
        }
    )


def check(frame: Frame, columns: dict[str, Column]) -> Frame:
    """The frame with exactly the declared columns, in their order and types.

    A row without a required value is dropped; ``frame.attrs["dropped"]`` counts them.
    Raises Unreadable when a column is missing, cannot be cast, or over a fifth of the rows fell.
    """
    if isinstance(frame, xr.Dataset):
        _present(set(map(str, frame.variables)), columns)
        return frame
    _present(set(map(str, frame.columns)), columns)
    try:
        plain = {n: c.dtype for n, c in columns.items() if c.dtype != "geometry"}
        result = frame[list(columns)].astype(plain)
    except (TypeError, ValueError, OverflowError) as error:
        raise Unreadable(f"a column is not of its type: {str(error)[:200]}") from error
    for name, column in columns.items():
        if column.low is not None or column.high is not None:
            result[name] = result[name].where(result[name].between(*_bounds(column)))
    required = [n for n, c in columns.items() if c.required]
    kept = result.dropna(subset=required)
    kept = kept[(kept[[n for n in required if columns[n].dtype == "str"]] != "").all(axis=1)]
    dropped = len(result) - len(kept)
    if dropped > MAY_DROP * len(result):
        raise Unreadable(f"{dropped} of {len(result)} rows lack {', '.join(required)}")
    kept = kept.reset_index(drop=True)
    kept.attrs = {**frame.attrs, "dropped": dropped}
    return kept


def _bounds(column: Column) -> tuple[float, float]:
    low = float("-inf") if column.low is None else column.low
    return low, float("inf") if column.high is None else column.high


def _present(names: set[str], columns: dict[str, Column]) -> None:
    missing = [name for name in columns if name not in names]
    if missing:
        raise Unreadable(f"no column {', '.join(missing)} among {', '.join(sorted(names))}"[:300])
