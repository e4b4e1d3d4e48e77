"""Shops that keep their prices low (착한가격업소), as the city and its districts chose them.

Source   data.seoul.go.kr, ListPriceModelStoreService (Seoul Metropolitan Government, KOGL type 1)
Cadence  now and then, each row says the month it stands for; asked once a day

The portal gives no coordinates. The telephone, and what the owner writes, are never kept.
"""

import re

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import district_in, gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, moments, numbers, pick, plain

NAMES = {  # the portal's file has the same in lower case
    "shop_id": ("SH_ID",),
    "name": ("SH_NAME",),
    "kind": ("INDUTY_CODE_SE_NAME",),
    "address": ("SH_ADDR",),
    "told": ("SH_INFO",),
    "recommended": ("SH_RCMN",),
    "month": ("BASE_YM",),
}
HOURS = re.compile(r"영업시간\s*:[ \t]*(.*)")
CLOSED = re.compile(r"휴무일\s*:[ \t]*(.*)")
LONGEST = 1000  # characters of what a shop tells
LINE = 80  # of one line of it


class GoodPriceShops(Feed):
    """One row per shop. ``hours`` and ``closed`` are "" where the shop does not tell them."""

    title = "Fair price shops"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/ListPriceModelStoreService/1/1000/"
    every = "1d"
    daily = 2
    pages = 4
    key = ("shop_id",)
    columns = {
        "shop_id": Column("str", "Shop id", required=True),
        "name": Column("str", "Shop", required=True),
        "kind": Column("str", "Kind"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "address": Column("str", "Address"),
        "hours": Column("str", "Opening hours"),
        "closed": Column("str", "Closed on"),
        "recommended": Column("float64", "Recommended", "times", 0, 1_000_000),
        "month": Column(TIME, "Month"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The district is the one in the address; ``24-10`` is October 2024."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows.rename(columns=str.upper), NAMES)
        told = rows["told"].map(lambda text: plain(text, LONGEST))
        address = rows["address"].map(plain)
        district = address.map(district_in)
        return rows.assign(
            shop_id=rows["shop_id"].map(code),
            name=rows["name"].map(plain),
            kind=rows["kind"].map(plain),
            address=address,
            district=district,
            gu_code=gu_codes(district),
            hours=told.map(lambda text: _line(HOURS, text)),
            closed=told.map(lambda text: _line(CLOSED, text)),
            recommended=numbers(rows["recommended"]),
            month=moments(
                rows["month"].map(code).str.replace(r"^(\d\d)-(\d\d)$", r"20\1\g<2>01", regex=True)
            ),
        )


def _line(pattern: re.Pattern, text: str) -> str:
    found = pattern.search(text)
    return plain(found[1], LINE) if found else ""
