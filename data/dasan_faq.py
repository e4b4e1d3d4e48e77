"""The districts as the questions and answers of 120 (다산콜) are sorted by them.

Source   data.seoul.go.kr, SearchFAQOfGUListService (120 Dasan Call Foundation, KOGL type 1)
Cadence  hardly ever; asked once a day. There is no open data of the calls themselves
"""

import pandas as pd

from data import Column, Feed, empty
from data._envelope import seoul
from data._read import code, pick, plain


class DasanFaq(Feed):
    """One row per district: its code at 120, which is no ``gu_code``, and its name."""

    title = "Districts of the 120 answers"
    source = "120 Dasan Call Foundation"
    url = "{seoul}/{seoul_key}/json/SearchFAQOfGUListService/1/1000/"
    every = "1d"
    daily = 1
    columns = {
        "code": Column("str", "Code", required=True),
        "district": Column("str", "District (Korean)", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows of the envelope; its total may be more than its rows."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, {"code": ("CODE",), "district": ("CD_DESC",)})
        return rows.assign(code=rows["code"].map(code), district=rows["district"].map(plain))
