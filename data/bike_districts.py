"""Public bikes by district.

Source   bike_stations, district_shapes
Cadence  that of bike_stations
"""

import geopandas as gpd
import pandas as pd

from data import Column, Feed


class BikeDistricts(Feed):
    """One row per district, and one with gu_code ``""`` for the stations that have no place yet."""

    title = "Public bikes by district"
    source = "Seoul Metropolitan Government"
    every = "15m"
    columns = {
        "gu_code": Column("str", "Code"),
        "stations": Column("int64", "Stations", low=0),
        "racks": Column("float64", "Racks", low=0),
        "bikes": Column("float64", "Bikes", low=0),
        "without": Column("int64", "Stations without a bike", low=0),
    }

    def derive(
        self, bike_stations: pd.DataFrame, district_shapes: gpd.GeoDataFrame
    ) -> pd.DataFrame | None:
        """A station that does not tell its bikes is counted in neither bikes nor without."""
        if bike_stations is None or district_shapes is None or bike_stations.empty:
            return None
        points = gpd.points_from_xy(bike_stations["lon"], bike_stations["lat"], crs=4326)
        places = gpd.GeoDataFrame(bike_stations, geometry=points)
        inside = places.sjoin(district_shapes[["gu_code", "geometry"]], predicate="within")
        inside = inside[~inside.index.duplicated()]
        codes = inside["gu_code"].reindex(bike_stations.index).fillna("")
        told = bike_stations.assign(without=bike_stations["bikes"] == 0)
        sums = told.groupby(codes.rename("gu_code")).agg(
            stations=("station_id", "size"),
            racks=("racks", "sum"),
            bikes=("bikes", "sum"),
            without=("without", "sum"),
        )
        return sums.reset_index()
