"""Places given a new life (도시재생, 잘생겼다 서울): what each is, and what it was before.

Source: Seoul Metropolitan Government; see places/SOURCES.md. Cadence: never.
"""

import pandas as pd

from data import Column, Feed
from data._places import measures, table


class RenewedPlaces(Feed):
    """One row per place; ``mark`` says whether its point was found or is placed from memory."""

    title = "Renewed places"
    source = "Seoul Metropolitan Government"
    url = "places/renewed_places.csv"
    columns = {
        "place_id": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "opened": Column("float64", "Opened", "year", 1900, 2100),
        "before_ko": Column("str", "Before (Korean)"),
        "before_en": Column("str", "Before (English)"),
        "gu_code": Column("str", "District", required=True),
        "lon": Column("float64", "Longitude", "°", required=True),
        "lat": Column("float64", "Latitude", "°", required=True),
        "mark": Column("str", "How we know"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as they stand."""
        return measures(table(body), "opened", "lon", "lat")
