"""Disputes between tenants and landlords (임대차 분쟁) brought to the city: a drop of its own.

Source   the city's own, at CITY_DROP_URL/rent_disputes.json (CITY_DROP_KEY if it asks)
Cadence  once a week, on Mondays for the week before; the last 8 weeks

The file is one JSON object; a city that wants to supply it writes:

    {"observed_at": "2022-08-08T09:00:00+09:00",     when it was counted
     "weeks": [{"gu_code": "11110",                  district, 5 digits
                "week": "2022-08-01",                the Monday it begins with
                "received": 31,                      cases brought in that week
                "mediated": 12,                      mediations that succeeded in that week
                "closed": 25}, …]}                   cases closed in that week, mediated or not

A count under 5 is written ``"5 미만"``; one that is not known is null. No case is told by itself.
"""

import pandas as pd

from data import TIME, Column, Feed
from data._dropped import counted, dropped
from data._read import code, moments


class RentDisputes(Feed):
    """One row per district and week. A count under five is NaN, with ``few`` True."""

    title = "Rent disputes"
    source = "Seoul Metropolitan Government"
    url = "{drop}/rent_disputes.json"
    every = "12h"
    lag = "7d"
    columns = {
        "gu_code": Column("str", "District", required=True),
        "week": Column(TIME, "Week from", required=True),
        "received": Column("float64", "Cases received", "cases", 0, 100_000),
        "mediated": Column("float64", "Cases mediated", "cases", 0, 100_000),
        "closed": Column("float64", "Cases closed", "cases", 0, 100_000),
        "few": Column("bool", "A count under five"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Nothing under five leaves here, also when the file tells it. Raises Unreadable."""
        counts = ("received", "mediated", "closed")
        rows = dropped(body, "weeks", ("gu_code", "week", *counts))
        rows = rows.assign(gu_code=rows["gu_code"].map(code), week=moments(rows["week"]))
        return counted(rows, counts, "few")
