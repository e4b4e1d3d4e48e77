"""Headlines of the last days.

Source   Yonhap News Agency, RSS 2.0 at YNA_URL; titles and links only (copyright)
Cadence  every few minutes
"""

import pandas as pd

from data import TIME, Column, Feed
from data._news import rss

HOSTS = ("www.yna.co.kr",)


class News(Feed):
    """One row per article of the last three days."""

    title = "News"
    source = "Yonhap News Agency"
    licence = "Title and link only"
    url = "{yna}/rss/news.xml"
    every = "5m"
    lag = "30m"
    key = ("link",)
    keep = "3d"
    columns = {
        "link": Column("str", "Link", required=True),
        "title": Column("str", "Headline", required=True),
        "observed_at": Column(TIME, "Published", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The items; one without a link to the agency falls."""
        return rss(body, HOSTS)
