"""The shape of every district: its dongs, dissolved."""

import geopandas as gpd
import pandas as pd
import shapely

from data import TM, Column, Feed


class DistrictShapes(Feed):
    """One row per district."""

    title = "Shapes of the districts"
    source = "Statistics Korea"
    columns = {
        "gu_code": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "geometry": Column("geometry", "Shape"),
    }

    def derive(
        self, dong_shapes: gpd.GeoDataFrame, districts: pd.DataFrame
    ) -> gpd.GeoDataFrame | None:
        """Polygons in EPSG:4326, in the order of the districts; None until both are there."""
        if dong_shapes is None or districts is None:
            return None
        metres = dong_shapes.to_crs(TM)
        whole = metres.groupby("gu_code").geometry.agg(shapely.union_all, grid_size=0.01)
        names = districts.set_index("gu_code").loc[lambda rows: rows.index.isin(whole.index)]
        shapes = gpd.GeoSeries(whole.loc[names.index], crs=TM).to_crs(4326)
        rows = names[["name_ko", "name_en"]].reset_index()
        return gpd.GeoDataFrame(rows, geometry=shapes.to_numpy(), crs=4326)
