"""The lines of the subway with their official colours.

Source: KRIC national station data; see places/SOURCES.md. Cadence: never.
"""

import geopandas as gpd

from data import Column, Feed
from data._places import shaped, table


class Lines(Feed):
    """One row per branch of a line, drawn from station to station."""

    title = "Subway lines"
    source = "KRIC"
    url = "places/lines.csv"
    columns = {
        "line_id": Column("str", "Line", required=True),
        "subway_id": Column("str", "Line in the arrival service"),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "colour": Column("str", "Colour"),
        "branch": Column("str", "Branch"),
        "is_loop": Column("bool", "A loop"),
        "stations": Column("str", "Stations"),
        "geometry": Column("geometry", "Course"),
    }

    def parse(self, body: bytes, url: str) -> gpd.GeoDataFrame:
        """Rows with LineStrings in EPSG:4326; ``stations`` joins station ids with |."""
        rows = table(body)
        return shaped(rows.assign(is_loop=rows["is_loop"] == "1"))
