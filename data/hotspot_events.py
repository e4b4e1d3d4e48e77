"""What is on at the busy places.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government, KOGL type 1)
Cadence  daily, read as the places have their turn (see hotspots)
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import KEEP, PLACE, URL, block, rows, times, told
from data._read import link, lonlat, moments, plain

NAMES = {
    "event": ("EVENT_NM",),
    "period": ("EVENT_PERIOD",),
    "venue": ("EVENT_PLACE",),
    "x": ("EVENT_X",),
    "y": ("EVENT_Y",),
    "pays": ("PAY_YN",),
    "link": ("URL",),
}
HOSTS = {"culture.seoul.go.kr"}
FEES = {"Y": "charged", "N": "free"}


class HotspotEvents(Feed):
    """One row per place and event. ``fee`` is charged, free, or "" when it is not told."""

    title = "Events at busy places"
    source = "Seoul Metropolitan Government"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "25m"
    key = ("area_cd",)
    keep = KEEP
    columns = PLACE | {
        "event": Column("str", "Event", required=True),
        "first_day": Column(TIME, "First day"),
        "last_day": Column(TIME, "Last day"),
        "venue": Column("str", "Venue"),
        "fee": Column("str", "Fee"),
        "link": Column("str", "Link"),
        "lon": Column("float64", "Longitude", "°", 126, 128),
        "lat": Column("float64", "Latitude", "°", 37, 38),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A period is written ``2026-08-18~2026-08-28``; one day alone is both first and last."""
        city = told(body)
        if not (events := block(city, "EVENT_STTS")):
            return empty(self.columns)
        found = rows(city, events, NAMES)
        days = [plain(period).split("~") for period in found["period"]]
        first, last = ([day[n].strip() for day in days] for n in (0, -1))
        places = [lonlat(x, y) for x, y in zip(found["x"], found["y"], strict=True)]
        found[["lon", "lat"]] = pd.DataFrame(places, found.index, ["lon", "lat"])
        return found.assign(
            event=found["event"].map(plain),
            first_day=moments(pd.Series(first, dtype=object)),
            last_day=moments(pd.Series(last, dtype=object)),
            venue=found["venue"].map(plain),
            fee=found["pays"].map(plain).map(FEES).fillna(""),
            link=found["link"].map(lambda address: link(address, HOSTS)),
            observed_at=times(city, found),
        )
