"""Shows, exhibitions, festivals and courses: what is on today and in the weeks to come.

Source   data.seoul.go.kr, culturalEventInfo (Seoul Metropolitan Government, KOGL type 1)
Cadence  daily. Newest start first, years of it: asked by date, today and two months; %20 is any
         kind and any title. Which dates of an event the portal compares is not known; what is over
         tells so by ``ends_at``

Who performs, and whom to call, are never kept.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import link, lonlat, moments, pick, plain

NAMES = {
    "title": ("TITLE",),
    "kind": ("CODENAME",),
    "place": ("PLACE",),
    "district": ("GUNAME",),
    "starts_at": ("STRTDATE",),
    "ends_at": ("END_DATE",),
    "fee_kind": ("IS_FREE",),
    "fee": ("USE_FEE",),
    "audience": ("USE_TRGT",),
    "organiser": ("ORG_NAME",),
    "x": ("LOT",),
    "y": ("LAT",),
    "link": ("HMPG_ADDR",),
}
TEXTS = ("title", "kind", "place", "district", "fee_kind", "fee", "audience", "organiser")
HOSTS = {"culture.seoul.go.kr"}


class CultureEvents(Feed):
    """One row per event; both days are whole days, midnight to midnight of the day after the last.

    ``hours`` is "" where the portal does not tell them; lon and lat are NaN without a place.
    """

    title = "Culture events"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/culturalEventInfo/1/1000/%20/%20/"
    every = "12h"
    quiet = True
    daily = 9
    pages = 2
    key = ("title", "place", "starts_at")
    columns = {
        "title": Column("str", "Event", required=True),
        "kind": Column("str", "Kind"),
        "place": Column("str", "Place"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "starts_at": Column(TIME, "From", required=True),
        "ends_at": Column(TIME, "Until", required=True),
        "hours": Column("str", "Hours"),
        "fee_kind": Column("str", "Free or paid"),
        "fee": Column("str", "Fee"),
        "audience": Column("str", "For whom"),
        "organiser": Column("str", "Organiser"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "link": Column("str", "Link"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """Today, this month and the next."""
        later = now.replace(day=1) + timedelta(days=31)
        return [
            f"{self.url}{when}" for when in (f"{now:%Y-%m-%d}", f"{now:%Y-%m}", f"{later:%Y-%m}")
        ]

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """LOT and LAT exchanged, as older answers have them, are put right by their range."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        hours = rows["PRO_TIME"].map(plain) if "PRO_TIME" in rows else ""  # not in older answers
        rows = pick(rows, NAMES)
        for name in TEXTS:
            rows[name] = rows[name].map(plain)
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(
            gu_code=gu_codes(rows["district"]),
            starts_at=moments(rows["starts_at"]),
            ends_at=moments(rows["ends_at"]).dt.normalize() + pd.Timedelta(days=1),
            hours=hours,
            link=rows["link"].map(lambda address: link(address, HOSTS)),
        )
