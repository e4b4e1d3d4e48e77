"""The Seoul Trail (서울둘레길) and the walk along the city wall (한양도성), as lines.

Source: press and web pages, lines drawn by hand; see places/SOURCES.md. Cadence: never.
"""

import geopandas as gpd

from data import Column, Feed
from data._places import measures, shaped, table


class TrailLines(Feed):
    """One row per course, in walking order; its line is right to about 300 m.

    ``mark``: how the length is known: found, known or estimate. Minutes are from memory.
    """

    title = "Trail lines"
    source = "Seoul Metropolitan Government"
    url = "places/trail_lines.csv"
    mark = "estimate"
    columns = {
        "trail_id": Column("str", "Code", required=True),
        "group_ko": Column("str", "Group (Korean)", required=True),
        "group_en": Column("str", "Group (English)", required=True),
        "course": Column("str", "Course number"),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "length_km": Column("float64", "Length", "km", 0.05, 200),
        "difficulty_ko": Column("str", "Difficulty (Korean)"),
        "difficulty_en": Column("str", "Difficulty (English)"),
        "duration_min": Column("float64", "Time needed", "min", 1, 3000),
        "start_ko": Column("str", "Start (Korean)"),
        "end_ko": Column("str", "End (Korean)"),
        "mark": Column("str", "How we know"),
        "geometry": Column("geometry", "Course"),
    }

    def parse(self, body: bytes, url: str) -> gpd.GeoDataFrame:
        """Rows with LineStrings in EPSG:4326."""
        return shaped(measures(table(body), "length_km", "duration_min"))
