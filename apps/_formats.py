"""A frame as bytes: JSON, CSV, GeoJSON and Parquet. Pure: the same frame gives the same bytes.

Unknown is null, in CSV an empty cell. Times are ISO 8601 with their zone, places are WGS 84
(EPSG:4326), longitude first.
"""

import io
from collections.abc import Iterable, Iterator

import msgspec
import numpy as np
import pandas as pd
import pyarrow
import pyarrow.parquet
import shapely

from data import Column

KINDS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}
PACKS = {"json", "csv", "geojson"}  # formats that gzip makes smaller; Parquet is packed already
BLOCK = 1_000  # rows written without a pause
Columns = dict[str, Column]


class NoPlaces(Exception):
    """The rows of this frame are nowhere: it has neither shapes nor longitude and latitude."""


def encoded(form: str, frame: pd.DataFrame, columns: Columns, head: dict) -> bytes:
    """The frame in one of KINDS.

    Args:
        form: which.
        frame: its columns are those of ``columns``.
        columns: what each is.
        head: what stands beside the rows; plain values. CSV has no place for it.

    Raises NoPlaces for GeoJSON of a frame without any.
    """
    return {"json": _json, "csv": _csv, "geojson": _geojson, "parquet": _parquet}[form](
        frame, columns, head
    )


def described(columns: Columns) -> dict[str, dict]:
    """What each column is, for readers."""
    return {n: {"label": c.label, "unit": c.unit, "dtype": c.dtype} for n, c in columns.items()}


def places(columns: Columns) -> bool:
    """Whether a frame of those columns can be GeoJSON."""
    return "geometry" in columns or {"lon", "lat"} <= set(columns)


def _json(frame: pd.DataFrame, columns: Columns, head: dict) -> bytes:
    return _listed(head | {"columns": described(columns)}, "rows", map(_rows, _blocks(frame)))


def _csv(frame: pd.DataFrame, columns: Columns, head: dict) -> bytes:
    parts = ["\ufeff"]  # the mark by which Excel knows UTF-8
    for block in _blocks(frame):
        told = pd.DataFrame(block).copy()
        for name in told:
            if isinstance(told[name].dtype, pd.DatetimeTZDtype):
                told[name] = told[name].map(lambda t: t.isoformat(), na_action="ignore")
        if "geometry" in told:
            told["geometry"] = shapely.to_wkt(block["geometry"].to_numpy(dtype=object))
        parts.append(told.to_csv(index=False, header=len(parts) == 1))
    return "".join(parts).encode()


def _geojson(frame: pd.DataFrame, columns: Columns, head: dict) -> bytes:
    if not places(columns):
        raise NoPlaces
    top = {"type": "FeatureCollection"} | head | {"columns": described(columns)}
    return _listed(top, "features", map(_features, _blocks(frame)))


def _parquet(frame: pd.DataFrame, columns: Columns, head: dict) -> bytes:
    told = pd.DataFrame(frame).copy()
    told.attrs = {}
    extra = {b"city": msgspec.json.encode(head)}
    if "geometry" in told:
        told["geometry"] = shapely.to_wkb(told["geometry"].to_numpy(dtype=object))
        shapes = {"encoding": "WKB", "geometry_types": []}  # no crs said means WGS 84
        geo = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": shapes}}
        extra[b"geo"] = msgspec.json.encode(geo)
    table = pyarrow.Table.from_pandas(told, preserve_index=False)
    fields = [f.with_metadata(_meant(columns[f.name])) for f in table.schema]
    schema = pyarrow.schema(fields, table.schema.metadata | extra)
    pyarrow.parquet.write_table(table.cast(schema), out := io.BytesIO(), compression="zstd")
    return out.getvalue()


def _meant(column: Column) -> dict[str, str]:
    return {"label": column.label, "unit": column.unit}


def _blocks(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Its rows, so many at a time: between two blocks the loop of the server has its turn."""
    for first in range(0, max(len(frame), 1), BLOCK):
        yield frame.iloc[first : first + BLOCK]


def _listed(top: dict, name: str, blocks: Iterable[list[dict]]) -> bytes:
    """An object as JSON, with the items of all blocks in one list of that name at its end."""
    items = b",".join(filter(None, (msgspec.json.encode(block)[1:-1] for block in blocks)))
    start = msgspec.json.encode(top | {name: []}).removesuffix(b"]}")
    return start + items + b"]}"


def _features(frame: pd.DataFrame) -> list[dict]:
    left_out = ["geometry"] if "geometry" in frame else ["lon", "lat"]
    rows = _rows(pd.DataFrame(frame).drop(columns=left_out))
    return [
        {"type": "Feature", "geometry": shape, "properties": row}
        for shape, row in zip(_shapes(frame), rows, strict=True)
    ]


def _rows(frame: pd.DataFrame) -> list[dict]:
    """A dict a row, of what JSON knows; msgspec writes NaN as null."""
    values = [_values(frame[name]) for name in frame]
    return [dict(zip(frame, row, strict=True)) for row in zip(*values, strict=True)]


def _values(column: pd.Series) -> list:
    if column.name == "geometry":
        return _geometries(column.to_numpy(dtype=object))
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [None if t is pd.NaT else t.to_pydatetime() for t in column]
    if column.dtype.kind in "fib":
        return column.tolist()
    return column.astype(object).where(column.notna(), None).tolist()


def _shapes(frame: pd.DataFrame) -> list:
    """A geometry a row; None for a row without a place."""
    if "geometry" in frame:
        return _geometries(frame["geometry"].to_numpy(dtype=object))
    lon, lat = frame["lon"].to_numpy("float64"), frame["lat"].to_numpy("float64")
    known = np.isfinite(lon) & np.isfinite(lat)
    return [
        {"type": "Point", "coordinates": [x, y]} if there else None
        for x, y, there in zip(lon.tolist(), lat.tolist(), known, strict=True)
    ]


def _geometries(shapes: np.ndarray) -> list:
    return [None if t is None else msgspec.Raw(t.encode()) for t in shapely.to_geojson(shapes)]
