"""The 425 dongs (행정동) of Seoul, as of April 2021.

Source: Statistics Korea SGIS; see places/SOURCES.md. Cadence: never.
Odd: the table writes codes with 10 digits, the living population with 8; the first 8 are the same.
"""

import pandas as pd

from data import Column, Feed
from data._places import measures, table


class Dongs(Feed):
    """One row per dong."""

    title = "Dongs"
    source = "Statistics Korea"
    url = "places/dongs.csv"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "gu_code": Column("str", "District", required=True),
        "lon": Column("float64", "Longitude", "°", required=True),
        "lat": Column("float64", "Latitude", "°", required=True),
        "area_km2": Column("float64", "Area", "km²", low=0),
        "population_registered": Column("float64", "Registered residents", "people", low=0),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows with the first 8 digits of the code as ``dong`` and the centre of the area."""
        rows = table(body)
        rows = rows.assign(dong=rows["dong_code"].str[:8])
        return measures(rows, "lon", "lat", "area_km2", "population_registered")
