"""Streets that are closed to cars at times (보행전용거리), with their hours.

Source: press of 2013-2019 and knowledge of ours; see places/SOURCES.md. Cadence: never.
"""

import geopandas as gpd

from data import Column, Feed
from data._places import measures, shaped, table


class PedestrianStreetHours(Feed):
    """One row per street. ``times`` is the hours as a rule (see the table's head), "" if not known.

    ``mark``: where the street was found, or that it is known. Lines are drawn by hand.
    """

    title = "Hours of pedestrian streets"
    source = "Seoul Metropolitan Government"
    url = "places/pedestrian_streets.csv"
    mark = "estimate"
    columns = {
        "street_id": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "hours_ko": Column("str", "Hours (Korean)"),
        "hours_en": Column("str", "Hours (English)"),
        "times": Column("str", "Hours as a rule"),
        "length_m": Column("float64", "Length", "m", 10, 10_000),
        "gu_code": Column("str", "District"),
        "mark": Column("str", "How we know"),
        "geometry": Column("geometry", "Course"),
    }

    def parse(self, body: bytes, url: str) -> gpd.GeoDataFrame:
        """Rows with LineStrings in EPSG:4326."""
        return shaped(measures(table(body), "length_m"))
