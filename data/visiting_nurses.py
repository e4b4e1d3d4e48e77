"""Home visits of the nurses of the community centres: a drop of the city's own.

Source   the city's own, at CITY_DROP_URL/visiting_nurses.json (CITY_DROP_KEY if it asks)
Cadence  every 10 minutes while they are out; the last 7 days

The file is one JSON object; a city that wants to supply it writes:

    {"observed_at": "2022-08-08T20:00:00+09:00",     when it was counted
     "visits": [{"dong": "11110515",                 행정동 code of 8 digits
                 "day": "2022-08-08",
                 "planned": 21,                      visits planned for that day
                 "done": 17}, …]}                    visits paid so far

A count under 5 is written ``"5 미만"``; one that is not known is null.
"""

import pandas as pd

from data import TIME, Column, Feed
from data._dropped import counted, dropped
from data._read import code, moments


class VisitingNurses(Feed):
    """One row per dong and day. A count under five is NaN, with ``under_five`` True."""

    title = "Visiting nurses"
    source = "Seoul Metropolitan Government"
    url = "{drop}/visiting_nurses.json"
    every = "30m"
    lag = "10m"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "day": Column(TIME, "Date", required=True),
        "planned": Column("float64", "Visits planned", "visits", 0, 10_000),
        "done": Column("float64", "Visits paid", "visits", 0, 10_000),
        "under_five": Column("bool", "A count under five"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Nothing under five leaves here, also when the file tells it. Raises Unreadable."""
        rows = dropped(body, "visits", ("dong", "day", "planned", "done"))
        rows = rows.assign(dong=rows["dong"].map(code), day=moments(rows["day"]))
        return counted(rows, ("planned", "done"), "under_five")
