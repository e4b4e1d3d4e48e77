"""What the city itself announces.

Source   Seoul Metropolitan Government, mediahub, WordPress RSS at MEDIAHUB_URL; titles and links
         only (copyright). Its shape is from memory, not yet seen
Cadence  some a day, on working days
"""

import pandas as pd

from data import TIME, Column, Feed
from data._news import rss

HOSTS = ("mediahub.seoul.go.kr",)


class CityNews(Feed):
    """One row per announcement of the last three days."""

    title = "News of the city"
    source = "Seoul Metropolitan Government"
    licence = "Title and link only"
    url = "{mediahub}/feed"
    every = "30m"
    lag = "1d"
    key = ("link",)
    keep = "3d"
    columns = {
        "link": Column("str", "Link", required=True),
        "title": Column("str", "Headline", required=True),
        "observed_at": Column(TIME, "Published", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The items; one without a link to the city falls."""
        return rss(body, HOSTS)
