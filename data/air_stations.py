"""Where the air is measured: 25 stations of the districts and 15 beside roads.

Source   Seoul Metropolitan Government; see places/SOURCES.md. Cadence: never.
"""

import pandas as pd

from data import Column, Feed
from data._places import measures, table


class AirStations(Feed):
    """One row per station; a district's station bears the name of the district."""

    title = "Air stations"
    source = "Seoul Metropolitan Government"
    url = "places/air_stations.csv"
    columns = {
        "station_id": Column("str", "Station id", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "type": Column("str", "Type"),
        "gu_code": Column("str", "District", required=True),
        "lon": Column("float64", "Longitude", "°", required=True),
        "lat": Column("float64", "Latitude", "°", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Type is urban or roadside."""
        return measures(table(body), "lon", "lat")
