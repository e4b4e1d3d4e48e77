"""The 25 districts (자치구) of Seoul.

Source: Seoul Metropolitan Government, Statistics Korea; see places/SOURCES.md. Cadence: never.
"""

import pandas as pd

from data import Column, Feed
from data._places import measures, table


class Districts(Feed):
    """One row per district."""

    title = "Districts"
    source = "Seoul Metropolitan Government"
    url = "places/districts.csv"
    columns = {
        "gu_code": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "lon": Column("float64", "Longitude", "°", required=True),
        "lat": Column("float64", "Latitude", "°", required=True),
        "label_lon": Column("float64", "Longitude of the label", "°"),
        "label_lat": Column("float64", "Latitude of the label", "°"),
        "area_km2": Column("float64", "Area", "km²", low=0),
        "population": Column("float64", "Registered residents", "people", low=0),
        "neighbours": Column("str", "Neighbouring districts"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows with the centre of the district and the place of its name; codes joined by |."""
        numbers = ("lon", "lat", "label_lon", "label_lat", "area_km2", "population")
        return measures(table(body), *numbers)
