"""The main roads and the bridges over the Han, in sections of a few kilometres.

Source: OpenStreetMap, way points ours; see places/SOURCES.md. Cadence: never.
"""

import geopandas as gpd

from data import Column, Feed
from data._places import measures, shaped, table


class Roads(Feed):
    """One row per section of a road."""

    title = "Main roads"
    source = "© OpenStreetMap contributors"
    licence = "ODbL"
    url = "places/roads.csv"
    columns = {
        "road_id": Column("str", "Road", required=True),
        "section": Column("str", "Section", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "road_class": Column("str", "Class", required=True),
        "lanes_total": Column("float64", "Lanes", low=1),
        "speed_limit_kmh": Column("float64", "Speed limit", "km/h", low=1),
        "geometry": Column("geometry", "Course"),
    }

    def parse(self, body: bytes, url: str) -> gpd.GeoDataFrame:
        """Rows with LineStrings; the class is expressway, arterial or bridge."""
        return shaped(measures(table(body), "lanes_total", "speed_limit_kmh"))
