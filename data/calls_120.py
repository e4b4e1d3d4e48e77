"""Calls to 120 (다산콜) by hour, district and topic: a drop of the city's own.

Source   the city's own, at CITY_DROP_URL/calls_120.json (CITY_DROP_KEY if it asks); there is no
         open data of the calls
Cadence  hourly, minutes after the hour

The file is one JSON object; a city that wants to supply it writes the last hours:

    {"observed_at": "2022-08-08T20:00:00+09:00",
     "cells": [{"hour": "2022-08-08T19:00:00+09:00",   its beginning
                "gu_code": "11680",                    district, 5 digits
                "topic": "교통",                        of the city's own list, no word of a caller
                "calls": 42,
                "answered": 39,                        of them
                "median_wait": 34}, …]}                seconds until answered; null: not known

A number of calls or answers under 5 is written "5 미만". Nothing else of a cell is read.
"""

import pandas as pd

from data import TIME, Column, Feed
from data._dropped import counted, dropped
from data._read import code, moments, numbers, plain

FIELDS = ("hour", "gu_code", "topic", "calls", "answered", "median_wait")


class Calls120(Feed):
    """One row per hour, district and topic; under 5 calls or answers are NaN, and ``few`` True."""

    title = "Calls to 120"
    source = "120 Dasan Call Foundation"
    url = "{drop}/calls_120.json"
    every = "1h"
    lag = "1h"
    key = ("observed_at", "gu_code", "topic")
    keep = "2d"
    columns = {
        "observed_at": Column(TIME, "From", required=True),
        "gu_code": Column("str", "District", required=True),
        "topic": Column("str", "Topic", required=True),
        "calls": Column("float64", "Calls", "/h", 0, 100_000),
        "answered": Column("float64", "Calls answered", "/h", 0, 100_000),
        "median_wait": Column("float64", "Median wait", "s", 0, 7200),
        "few": Column("bool", "Under 5"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Raises Unreadable when the list or the time is not there."""
        rows = dropped(body, "cells", FIELDS)
        rows = counted(rows, ("calls", "answered"), "few")
        return rows.assign(
            observed_at=moments(rows["hour"]),
            gu_code=rows["gu_code"].map(code),
            topic=rows["topic"].map(lambda text: plain(text, 20)),
            median_wait=numbers(rows["median_wait"]),
        )
