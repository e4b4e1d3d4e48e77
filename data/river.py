"""The Han River between the city limits, its islands, and its banks beyond.

Source: OpenStreetMap; see places/SOURCES.md. Cadence: never.
"""

import geopandas as gpd

from data import Column, Feed
from data._places import shaped, table


class River(Feed):
    """One row per part: the water and each island as a polygon, each bank outside as a line."""

    title = "Han River"
    source = "© OpenStreetMap contributors"
    licence = "ODbL"
    url = "places/han_river.csv"
    columns = {
        "part": Column("str", "Part", required=True),
        "kind": Column("str", "Kind", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "geometry": Column("geometry", "Shape"),
    }

    def parse(self, body: bytes, url: str) -> gpd.GeoDataFrame:
        """Rows of kind water (islands not cut out), island or bank."""
        rows = table(body)
        return shaped(rows, areas=rows["kind"].ne("bank"))
