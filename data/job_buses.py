"""The job buses (찾아가는 일자리버스) on their way today: a drop of the city's own.

Source   the city's own, at CITY_DROP_URL/job_buses.json (CITY_DROP_KEY if it asks)
Cadence  every 10 minutes while they are out

The file is one JSON object; a city that wants to supply it writes:

    {"observed_at": "2022-08-08T16:10:00+09:00",
     "stops": [{"bus": "1호차",
                "place": "홍대입구역 앞",
                "gu_code": "11440",                  district, 5 digits
                "lon": 126.9244, "lat": 37.5571,     degrees, WGS84; null where it is not known
                "from": "2022-08-08T14:00:00+09:00", "until": "2022-08-08T17:00:00+09:00",
                "advised": 23}, …]}                  people advised there so far; null: not known

An empty list says that no bus is out today.
"""

import pandas as pd

from data import TIME, Column, Feed
from data._dropped import dropped
from data._read import code, lonlat, moments, numbers, plain


class JobBuses(Feed):
    """One row per stop of today, in the order of the buses and hours."""

    title = "Job buses"
    source = "Seoul Metropolitan Government"
    url = "{drop}/job_buses.json"
    every = "10m"
    lag = "10m"
    columns = {
        "bus": Column("str", "Bus", required=True),
        "place": Column("str", "Place", required=True),
        "gu_code": Column("str", "District"),
        "starts_at": Column(TIME, "From", required=True),
        "ends_at": Column(TIME, "Until", required=True),
        "advised": Column("float64", "People advised", "people", 0, 10_000),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Raises Unreadable when the list or the time is not there."""
        fields = ("bus", "place", "gu_code", "lon", "lat", "from", "until", "advised")
        rows = dropped(body, "stops", fields)
        places = [lonlat(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(
            bus=rows["bus"].map(plain),
            place=rows["place"].map(plain),
            gu_code=rows["gu_code"].map(code),
            starts_at=moments(rows["from"]),
            ends_at=moments(rows["until"]),
            advised=numbers(rows["advised"]),
        )
