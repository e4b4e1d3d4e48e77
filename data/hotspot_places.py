"""The 121 places of which the city tells how crowded they are.

Source: Seoul Open Data Plaza; see places/SOURCES.md. Cadence: never.
"""

import pandas as pd

from data import Column, Feed
from data._places import measures, table


class HotspotPlaces(Feed):
    """One row per place; the point is the middle of its stops.

    ``weight`` is how often it has its turn when a key does not allow for all; ``mark`` says whether
    its code was found or is inferred.
    """

    title = "Busy places"
    source = "Seoul Metropolitan Government"
    url = "places/hotspots.csv"
    columns = {
        "area_cd": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "category_ko": Column("str", "Category"),
        "category_en": Column("str", "Category (English)"),
        "weight": Column("float64", "Weight", low=0, high=10),
        "lon": Column("float64", "Longitude", "°", required=True),
        "lat": Column("float64", "Latitude", "°", required=True),
        "gu_code": Column("str", "District"),
        "mark": Column("str", "How we know"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as they stand; no district for a place outside the city."""
        return measures(table(body), "weight", "lon", "lat")
