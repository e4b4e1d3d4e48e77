"""The limits of the city.

Source: juso.go.kr boundaries, thinned to 156 points; see places/SOURCES.md. Cadence: never.
"""

import geopandas as gpd

from data import Column, Feed
from data._places import shaped, table


class Outline(Feed):
    """One row: the city."""

    title = "City limits"
    source = "juso.go.kr"
    url = "places/outline.csv"
    columns = {
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "geometry": Column("geometry", "Shape"),
    }

    def parse(self, body: bytes, url: str) -> gpd.GeoDataFrame:
        """One Polygon in EPSG:4326."""
        return shaped(table(body), areas=True)
