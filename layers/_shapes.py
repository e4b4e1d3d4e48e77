"""Shapes as a canvas wants them: Web Mercator metres, few points, lists of corners."""

from collections.abc import Sequence

import geopandas as gpd
import holoviews as hv
import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from layers._layer import dims

MERCATOR = 3857
STRETCH = 1.2617  # Mercator metres to a true metre, in Seoul (1 / cos 37.56°)
ROUND = 1.0  # metres: nothing finer leaves the house
_to_mercator = Transformer.from_crs(4326, MERCATOR, always_xy=True)


def metres(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame with its geometry in Web Mercator, EPSG:3857."""
    return frame.to_crs(MERCATOR)


def points(lon, lat) -> tuple[np.ndarray, np.ndarray]:
    """(x, y) in Web Mercator of degrees; NaN stays NaN."""
    x, y = _to_mercator.transform(np.asarray(lon, float), np.asarray(lat, float))
    lost = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(lost, np.nan, np.round(x)), np.where(lost, np.nan, np.round(y))


def corners(ring) -> np.ndarray:
    """(n, 2) whole metres."""
    return np.round(shapely.get_coordinates(ring), 0)


def area(shape: BaseGeometry, **values: object) -> list[dict]:
    """What hv.Polygons takes for a polygon or several, holes and all, each with those values."""
    parts = [
        p for p in shapely.get_parts(shape) if isinstance(p, shapely.Polygon) and not p.is_empty
    ]
    return [
        {
            **_xy(part.exterior),
            "holes": [[corners(hole) for hole in part.interiors]],
            **values,
        }
        for part in parts
    ]


def line(shape: BaseGeometry, **values: object) -> list[dict]:
    """What hv.Contours takes for a line or several, each with those values."""
    parts = [p for p in shapely.get_parts(shape) if not p.is_empty]
    return [{**_xy(part), **values} for part in parts]


def many(kind: type[hv.Path], rows: list[dict], values: Sequence[str]) -> hv.Path:
    """An element of that kind of rows that ``line`` or ``area`` made, with those vdims.

    HoloViews looks at the first alone: looking at each of 5,000 takes it most of a second.
    """
    made = kind(rows[:1], dims("x", "y"), dims(*values))
    made.data = made.data + rows[1:]
    return made


def _xy(ring) -> dict:
    found = corners(ring)
    return {"x": found[:, 0], "y": found[:, 1]}


def thinned(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoSeries:
    """Neighbouring areas with fewer corners, still without a gap between them."""
    return gpd.GeoSeries(
        shapely.coverage_simplify(frame.geometry.to_numpy(), tolerance),
        index=frame.index,
        crs=frame.crs,
    )
