"""What can be booked with the city: courts, halls, courses, shows, health (공공서비스예약).

Source   data.seoul.go.kr, ListPublicReservation in its five kinds (Seoul Metropolitan Government,
         KOGL type 1)
Cadence  through the day; five questions and more a turn, for the long text of each row makes an
         answer heavy. That text (DTLCONT) and the telephone are never kept
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, link, lonlat, moments, pick, plain

KINDS = ("Culture", "Institution", "Sport", "Education", "Medical")
NAMES = {
    "service_id": ("SVCID",),
    "group": ("MAXCLASSNM",),
    "kind": ("MINCLASSNM",),
    "status": ("SVCSTATNM",),
    "name": ("SVCNM",),
    "fee_kind": ("PAYATNM",),
    "place": ("PLACENM",),
    "audience": ("USETGTINFO",),
    "district": ("AREANM",),
    "books_from": ("RCPTBGNDT",),
    "books_until": ("RCPTENDDT",),
    "starts_at": ("SVCOPNBGNDT",),
    "ends_at": ("SVCOPNENDDT",),
    "x": ("X",),
    "y": ("Y",),
    "link": ("SVCURL",),
}
TEXTS = ("group", "kind", "status", "name", "fee_kind", "place", "audience", "district")
TIMES = ("books_from", "books_until", "starts_at", "ends_at")
HOSTS = {"yeyak.seoul.go.kr"}


class Reservations(Feed):
    """One row per service; ``status`` is 접수중, 예약마감, 접수종료 or 안내중."""

    title = "Public reservations"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/ListPublicReservation"
    every = "12h"
    quiet = True
    daily = 10
    pages = 4
    key = ("service_id",)
    columns = {
        "service_id": Column("str", "Service id", required=True),
        "group": Column("str", "Group"),
        "kind": Column("str", "Kind"),
        "status": Column("str", "Booking status"),
        "name": Column("str", "Service", required=True),
        "fee_kind": Column("str", "Free or paid"),
        "place": Column("str", "Place"),
        "audience": Column("str", "For whom"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "books_from": Column(TIME, "Booked from"),
        "books_until": Column(TIME, "Booked until"),
        "starts_at": Column(TIME, "From"),
        "ends_at": Column(TIME, "Until"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "link": Column("str", "Link"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """The five services, 500 rows a page."""
        return [f"{self.url}{kind}/1/500/" for kind in KINDS]

    def next(self, body: bytes, url: str) -> str | None:
        """The next page, until a short one."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """X is the longitude; lon and lat are NaN for what takes place nowhere in the city."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        for name in TEXTS:
            rows[name] = rows[name].map(plain)
        for name in TIMES:
            rows[name] = moments(rows[name])
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(
            service_id=rows["service_id"].map(code),
            gu_code=gu_codes(rows["district"]),
            link=rows["link"].map(lambda address: link(address, HOSTS)),
        )
