"""What citizens suggest to the city, and how many agree.

Source   data.seoul.go.kr, ChunmanFreeSuggestions (Seoul Metropolitan Government, KOGL type 1); the
         names of its fields are known, an answer was not yet seen
Cadence  daily; a few calls a day. CONTENT is never kept: citizens write there about themselves
"""

import re

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import seoul
from data._read import code, moments, numbers, pick, plain

NAMES = {  # VISIOIN_TXT (its own spelling) and CONTENT are left where they are
    "petition_id": ("SN",),
    "title": ("TITLE",),
    "posted_at": ("REG_DATE",),
    "votes": ("VOTE_CNT",),
    "comments": ("USER_COMMENT_CNT",),
    "replied": ("REPLY_YN",),
}
TELEPHONE = re.compile(r"\d{2,4}[-. )]{0,2}\d{3,4}[-. ]?\d{4}")
LONGEST = 120  # characters of a title


class Petitions(Feed):
    """One row per suggestion. The portal gives no time of its own: it is when we asked."""

    title = "Suggestions of citizens"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/ChunmanFreeSuggestions/1/200/"
    every = "6h"
    quiet = True
    daily = 4
    key = ("petition_id",)
    columns = {
        "petition_id": Column("str", "Suggestion id", required=True),
        "title": Column("str", "Suggestion", required=True),
        "posted_at": Column(TIME, "Suggested on"),
        "votes": Column("float64", "Votes", "people", 0, 10_000_000),
        "comments": Column("float64", "Comments", low=0, high=1_000_000),
        "replied": Column("bool", "Answered by the city"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A telephone number in a title is struck out."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        return rows.assign(
            petition_id=rows["petition_id"].map(code),
            title=rows["title"].map(_title),
            posted_at=moments(rows["posted_at"]),
            votes=numbers(rows["votes"]),
            comments=numbers(rows["comments"]),
            replied=rows["replied"].map(code).eq("Y"),
        )


def _title(text: object) -> str:
    return TELEPHONE.sub("○", plain(text, LONGEST).replace("\n", " "))
