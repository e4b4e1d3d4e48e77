"""The larger parks of Seoul, as points with their area.

Source: Seoul Metropolitan Government; see places/SOURCES.md. Cadence: never.
"""

import pandas as pd

from data import Column, Feed
from data._places import measures, table


class Parks(Feed):
    """One row per park; the point is its middle."""

    title = "Parks"
    source = "Seoul Metropolitan Government"
    url = "places/parks.csv"
    columns = {
        "park_id": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "area_m2": Column("float64", "Area", "m²", low=0),
        "lon": Column("float64", "Longitude", "°", required=True),
        "lat": Column("float64", "Latitude", "°", required=True),
        "gu_code": Column("str", "District"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as they stand; no district for a park outside the city."""
        return measures(table(body), "area_m2", "lon", "lat")
