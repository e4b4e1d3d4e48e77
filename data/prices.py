"""What daily necessities cost at markets and large stores (생필품 농수축산물 가격).

Source   data.seoul.go.kr, ListNecessariesPricesService (Seoul Metropolitan Government, KOGL type 1)
Cadence  surveyed about twice a week, told some days later, newest first; years of it lie behind
"""

import re

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import moments, numbers, pick, plain

NAMES = {  # since 2026 the unit stands apart: before, in brackets behind the name as well
    "market": ("M_NAME",),
    "market_kind": ("M_TYPE_NAME",),
    "district": ("M_GU_NAME",),
    "item": ("PRDLST_NM", "A_NAME"),
    "unit": ("UNIT", "A_UNIT"),
    "price": ("A_PRICE",),
    "observed_at": ("P_DATE",),
}
INSIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
DAYS = 2  # of survey that are kept


class Prices(Feed):
    """One row per item and market of the last two survey days, newest first.

    What was not sold that day, which the portal writes as 0, is NaN.
    """

    title = "Prices of necessities"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/ListNecessariesPricesService/1/1000/"
    every = "1d"
    lag = "6d"
    daily = 2
    pages = 2
    columns = {
        "market": Column("str", "Market", required=True),
        "market_kind": Column("str", "Kind of market"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "item": Column("str", "Item", required=True),
        "unit": Column("str", "Unit"),
        "price": Column("float64", "Price", "won", 1, 10_000_000),
        "observed_at": Column(TIME, "Surveyed on", required=True),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The page after, unless this one holds a third day already."""
        rows = seoul(body)
        days = rows["P_DATE"].nunique() if "P_DATE" in rows else 0
        return page_after(body, url) if days <= DAYS else None

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Item and unit apart in either shape: ``사과(부사, 300g)`` is 사과(부사) by 300g."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        for name in ("market", "market_kind", "district", "item", "unit"):
            rows[name] = rows[name].map(plain)
        apart = [_apart(item, unit) for item, unit in zip(rows["item"], rows["unit"], strict=True)]
        rows[["item", "unit"]] = pd.DataFrame(apart, rows.index, ["item", "unit"])
        return rows.assign(
            gu_code=gu_codes(rows["district"]),
            price=numbers(rows["price"]),
            observed_at=moments(rows["observed_at"]),
        )

    def join(self, parts):
        """The rows of the newest two days of all pages, none twice."""
        rows = pd.concat(parts, ignore_index=True)
        days = rows["observed_at"].dropna().drop_duplicates().nlargest(DAYS)
        rows = rows[rows["observed_at"].isin(days)].drop_duplicates(ignore_index=True)
        return rows.sort_values("observed_at", ascending=False, kind="stable", ignore_index=True)


def _apart(item: str, unit: str) -> tuple[str, str]:
    """The name without the unit it repeats in its last brackets."""
    inside = INSIDE.search(item)
    parts = [part.strip() for part in inside[1].split(",")] if inside else []
    if not unit or unit not in parts:
        return item, unit
    kept = ", ".join(part for part in parts if part != unit)
    return item[: inside.start()] + (f"({kept})" if kept else ""), unit
