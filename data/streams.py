"""The streams that run to the Han River, as centre lines.

Source: OpenStreetMap; see places/SOURCES.md. Cadence: never.
"""

import geopandas as gpd

from data import Column, Feed
from data._places import shaped, table


class Streams(Feed):
    """One row per stream."""

    title = "Streams"
    source = "© OpenStreetMap contributors"
    licence = "ODbL"
    url = "places/streams.csv"
    columns = {
        "stream_id": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "geometry": Column("geometry", "Course"),
    }

    def parse(self, body: bytes, url: str) -> gpd.GeoDataFrame:
        """Rows with LineStrings in EPSG:4326."""
        return shaped(table(body))
