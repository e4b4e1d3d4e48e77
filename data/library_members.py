"""Members of the Seoul Metropolitan Library by age.

Source   data.seoul.go.kr, SeoulLibraryMemberInfo (Seoul Metropolitan Library, KOGL type 1)
Cadence  not told; asked once a day
"""

import pandas as pd

from data import Column, Feed, empty
from data._envelope import seoul
from data._read import numbers, pick, plain


class LibraryMembers(Feed):
    """One row per range of ages, in the portal's words.

    The portal gives no time of its own: observed_at of the feed is when we asked.
    """

    title = "Library members"
    source = "Seoul Metropolitan Library"
    url = "{seoul}/{seoul_key}/json/SeoulLibraryMemberInfo/1/1000/"
    every = "1d"
    daily = 1
    columns = {
        "ages": Column("str", "Ages", required=True),
        "members": Column("float64", "Members", "people", 0, 10_000_000),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows of the envelope."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, {"ages": ("AGE_RANGE",), "members": ("MBR_CNT",)})
        return rows.assign(ages=rows["ages"].map(plain), members=numbers(rows["members"]))
