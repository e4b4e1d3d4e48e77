"""A frame as bytes: JSON, CSV, GeoJSON and Parquet. Pure: the same frame gives the same bytes.

Unknown is null, in CSV an empty cell. Times are ISO 8601 with their zone, places are WGS 84
(EPSG:4326), longitude first.
"""

import io

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
    return msgspec.json.encode(head | {"columns": described(columns), "rows": _rows(frame)})


def _csv(frame: pd.DataFrame, columns: Columns, head: dict) -> bytes:
    told = pd.DataFrame(frame).copy()
    for name in told:
        if isinstance(told[name].dtype, pd.DatetimeTZDtype):
            told[name] = told[name].map(lambda t: t.isoformat(), na_action="ignore")
    if "geometry" in told:
        told["geometry"] = shapely.to_wkt(frame["geometry"].to_numpy(dtype=object))
    return told.to_csv(index=False).encode("utf-8-sig")  # the mark by which Excel knows UTF-8


def _geojson(frame: pd.DataFrame, columns: Columns, head: dict) -> bytes:
    if not places(columns):
        raise NoPlaces
    left_out = ["geometry"] if "geometry" in columns else ["lon", "lat"]
    features = [
        {"type": "Feature", "geometry": shape, "properties": row}
        for shape, row in zip(_shapes(frame), _rows(frame.drop(columns=left_out)), strict=True)
    ]
    top = {"type": "FeatureCollection"} | head | {"columns": described(columns)}
    return msgspec.json.encode(top | {"features": features})


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
