"""Complaints as a register may let them out: a drop of the city's own.

Source   the city's own, at CITY_DROP_URL/complaints.csv (CITY_DROP_KEY if it asks); no open data
Cadence  daily

The file is CSV in UTF-8, a line per complaint of the last days, with at least these columns:

    date,category,district,status
    2022-08-08,침수·하수,강남구,접수

Only these four are read, whatever else the file holds: what people wrote never enters the house.
"""

import io

import pandas as pd

from data import TIME, Column, Feed, Unreadable
from data._gate import spoken
from data._read import moments, plain
from data._strict import kind, text

FIELDS = ("date", "category", "district", "status")
LONGEST = 20  # characters of a word of a list


class Complaints(Feed):
    """One row per complaint, in the order of the file; the time is the day it came."""

    title = "Complaints"
    source = "Seoul Metropolitan Government"
    url = "{drop}/complaints.csv"
    every = "12h"
    lag = "1d"
    quiet = True
    columns = {
        "observed_at": Column(TIME, "Date", required=True),
        "category": Column("str", "Category", required=True),
        "district": Column("str", "District (Korean)", required=True),
        "status": Column("str", "Status"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Raises Unreadable when one of the four columns is missing; a line that tells a longer
        text or a number where a word of a list should be is dropped.
        """
        written = text(body)
        if kind(body) != "text":
            raise spoken(body)
        try:
            rows = pd.read_csv(
                io.StringIO(written),
                usecols=list(FIELDS),
                dtype=str,
                keep_default_na=False,
                index_col=False,
            )
        except (ValueError, pd.errors.ParserError) as error:
            raise Unreadable(f"no CSV of {', '.join(FIELDS)}: {type(error).__name__}") from None
        made = {name: rows[name].map(_word) for name in FIELDS[1:]}
        return rows.assign(observed_at=moments(rows["date"]), **made)


def _word(cell: str) -> str:
    """A word of a list; "" for what may be a sentence or a number of somebody."""
    word = plain(cell, 100)
    return word if len(word) <= LONGEST and not any(c.isdigit() for c in word) else ""
