"""Our own tables of places: one csv each in ``places/``, its source in the lines that begin with #.

A shape is a cell ``points``: "lon lat|lon lat|…", degrees, EPSG:4326.
"""

import io

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from data._errors import Unreadable


def table(body: bytes) -> pd.DataFrame:
    """The rows of a csv of ours, every cell as it is written; an empty one is ``""``."""
    rows = b"\n".join(line for line in body.splitlines() if not line.startswith(b"#"))
    return pd.read_csv(io.BytesIO(rows), dtype=str, keep_default_na=False)


def measures(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The rows with those columns as float64; an empty cell is NaN. Raises ValueError on words."""
    return rows.assign(**{name: pd.to_numeric(rows[name]).astype("float64") for name in names})


def shaped(rows: pd.DataFrame, areas: bool | pd.Series = False) -> gpd.GeoDataFrame:
    """The rows with their ``points`` as ``geometry``: lines, or polygons where ``areas`` is true.

    Raises Unreadable when a row has too few points.
    """
    areas = pd.Series(areas, index=rows.index)
    shapes = [_shape(p, a) for p, a in zip(rows["points"], areas, strict=True)]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=4326)


def _shape(points: str, area: bool) -> BaseGeometry:
    corners = [tuple(map(float, point.split())) for point in points.split("|")]
    if len(corners) < (3 if area else 2):
        raise Unreadable(f"a shape of {len(corners)} points")
    return Polygon(corners) if area else LineString(corners)
