"""Outreach community centres (찾아가는 동주민센터) and welfare centres: a drop of the city's own.

Source   the city's own, at CITY_DROP_URL/welfare_centres.json (CITY_DROP_KEY if it asks)
Cadence  every 10 minutes

No service of the open data portal tells them. The file is one JSON object; a city writes:

    {"observed_at": "2022-08-08T20:10:00+09:00",
     "centres": [{"name": "청운효자동 주민센터",
                  "kind": "찾아가는 동주민센터",        or 종합사회복지관, 노인복지관, …
                  "gu_code": "11110",                district, 5 digits
                  "dong": "11110515",                행정동 of 8 digits; "" for another kind
                  "opens": "09:00", "closes": "18:00",   on working days
                  "visits": 212}, …]}                people who came today; null: not known

The place of a community centre on a map is its dong's.
"""

import re

import pandas as pd

from data import TIME, Column, Feed
from data._dropped import dropped
from data._read import code, numbers, plain

HOUR = re.compile(r"([01]\d|2[0-4]):[0-5]\d", re.ASCII)


class WelfareCentres(Feed):
    """One row per centre. An hour that is not told is ``""``, and visits not known are NaN."""

    title = "Welfare centres"
    source = "Seoul Metropolitan Government"
    url = "{drop}/welfare_centres.json"
    every = "10m"
    lag = "10m"
    columns = {
        "name": Column("str", "Welfare centre", required=True),
        "kind": Column("str", "Kind"),
        "gu_code": Column("str", "District", required=True),
        "dong": Column("str", "Dong"),
        "opens": Column("str", "Opens"),
        "closes": Column("str", "Closes"),
        "visits": Column("float64", "Visits today", "people", 0, 100_000),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Raises Unreadable when the list or the time is not there."""
        texts, codes, times = ("name", "kind"), ("gu_code", "dong"), ("opens", "closes")
        rows = dropped(body, "centres", (*texts, *codes, *times, "visits"))
        for columns, read in ((texts, plain), (codes, code), (times, _hour)):
            for column in columns:
                rows[column] = rows[column].map(read)
        return rows.assign(visits=numbers(rows["visits"]))


def _hour(text: object) -> str:
    return text if isinstance(text, str) and HOUR.fullmatch(text) else ""
