"""The shape of every dong: official where BOUNDARIES=file.geojson gives it, else worked out.

Worked out is a power diagram inside the city limits whose cells have about the centres and areas
of the dongs.
"""

import logging
import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data import TM, Column, Feed, Unreadable
from data._boundaries import official
from data._cells import clipped, fitted, power_diagram

log = logging.getLogger(__name__)
LEAST = 0.25  # of its own area is the least a dong is drawn with: more weight until it has that


class DongShapes(Feed):
    """One row per dong."""

    title = "Shapes of the dongs"
    source = "Statistics Korea"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "gu_code": Column("str", "District", required=True),
        "land_km2": Column("float64", "Area of land", "km²", low=0),
        "geometry": Column("geometry", "Shape"),
    }

    def derive(
        self,
        dongs: pd.DataFrame,
        districts: pd.DataFrame,
        outline: gpd.GeoDataFrame,
        river: gpd.GeoDataFrame,
    ) -> gpd.GeoDataFrame | None:
        """Polygons in EPSG:4326; None until all four tables are there.

        ``land_km2`` is the official area less the share of the shape that is under water.
        """
        if any(table is None for table in (dongs, districts, outline, river)):
            return None
        dongs = dongs.merge(
            districts.set_index("gu_code")["name_ko"].rename("district"), on="gu_code"
        )
        shapes = self._official(dongs)
        if shapes is None:
            shapes = worked_out(dongs, outline)
        rows = dongs.set_index("dong").loc[shapes.index]
        wet = shapes.intersection(water(river)).area / shapes.area
        return gpd.GeoDataFrame(
            {
                "dong": rows.index.to_numpy(),
                "gu_code": rows["gu_code"].to_numpy(),
                "land_km2": (rows["area_km2"] * (1 - wet)).to_numpy(),
            },
            geometry=shapes.to_crs(4326).to_numpy(),
            crs=4326,
        )

    def _official(self, dongs: pd.DataFrame) -> gpd.GeoSeries | None:
        path = os.environ.get("BOUNDARIES")
        if not path:
            return None
        try:
            return official(Path(path), dongs, TM)
        except Unreadable as problem:
            log.error("%s: the dongs are drawn around their centres instead", problem)
            return None


def worked_out(dongs: pd.DataFrame, outline: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """The power diagram of the dongs inside the outline, by dong, in the city's TM metres."""
    centres = gpd.points_from_xy(dongs["lon"], dongs["lat"], crs=4326).to_crs(TM)
    limits = outline.to_crs(TM).union_all()
    xy = np.column_stack([centres.x, centres.y])
    area = dongs["area_km2"].to_numpy() * 1e6
    xy, weight = fitted(xy, area, limits)
    cells = power_diagram(xy, weight)
    while (cramped := shapely.area(cells) < LEAST * area).any():
        weight = np.where(cramped, weight + 0.05 * area, weight)
        cells = power_diagram(xy, weight)
    cells = clipped(cells, limits)
    return gpd.GeoSeries(cells, index=dongs["dong"].to_numpy(), crs=TM)


def water(river: gpd.GeoDataFrame) -> shapely.Geometry:
    """The river without its islands, in the city's TM metres."""
    parts = river.to_crs(TM).set_index("kind").geometry
    return parts.loc[["water"]].union_all().difference(parts.loc[["island"]].union_all())
