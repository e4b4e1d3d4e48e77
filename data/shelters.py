"""Earthquake shelters outdoors (지진옥외대피장소): school yards, parks.

Source   data.seoul.go.kr, TlEtqkP (Seoul Metropolitan Government, KOGL type 1); names of fields
         from those who read the service, no answer of it is recorded
Cadence  now and then; asked once a day
"""

import pandas as pd

from data import Feed
from data._shelters import COLUMNS, page_after, shelters


class Shelters(Feed):
    """One row per shelter; lon and lat are NaN where the portal gives no place in the city."""

    title = "Earthquake shelters outdoors"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/TlEtqkP/1/1000/"
    every = "1d"
    daily = 4
    columns = COLUMNS

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The fields both lists of shelters have."""
        return shelters(body)
