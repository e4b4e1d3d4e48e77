"""The stations of the subway, one a line, in the order of the line.

Source: KRIC national station data; see places/SOURCES.md. Cadence: never.
"""

import pandas as pd

from data import Column, Feed
from data._places import measures, table


class Stations(Feed):
    """One row per station and line; a transfer station has one row for each of its lines."""

    title = "Stations"
    source = "KRIC"
    url = "places/stations.csv"
    columns = {
        "station_id": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "line_id": Column("str", "Line", required=True),
        "line_ko": Column("str", "Line (Korean)"),
        "line_order": Column("float64", "Place on the line"),
        "branch": Column("str", "Branch"),
        "lon": Column("float64", "Longitude", "°", required=True),
        "lat": Column("float64", "Latitude", "°", required=True),
        "in_seoul": Column("bool", "In the city"),
        "lines_here": Column("str", "Lines here"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as they stand; ``lines_here`` joins line ids with |."""
        rows = table(body)
        rows = rows.assign(in_seoul=rows["in_seoul"] == "1")
        return measures(rows, "lon", "lat", "line_order")
