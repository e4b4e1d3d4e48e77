"""What is paid by card at the busy places in ten minutes, by trade.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government and Shinhan Card, KOGL type 1);
         that the payments are of ten minutes and of that company is from memory
Cadence  as the places have their turn (see hotspots), hours late where little is sold: an answer
         of 05:56 told of 01:10

An estimate from the payments of one card company; amounts are a range.
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import PLACE, URL, block, rows, told
from data._read import moments, numbers, plain

ALL = {
    "level": ("AREA_CMRCL_LVL",),
    "payments": ("AREA_SH_PAYMENT_CNT",),
    "amount_min": ("AREA_SH_PAYMENT_AMT_MIN",),
    "amount_max": ("AREA_SH_PAYMENT_AMT_MAX",),
    "observed_at": ("CMRCL_TIME",),
}
TRADES = {
    "trade_group": ("RSB_LRG_CTGR",),
    "trade": ("RSB_MID_CTGR",),
    "level": ("RSB_PAYMENT_LVL",),
    "payments": ("RSB_SH_PAYMENT_CNT",),
    "amount_min": ("RSB_SH_PAYMENT_AMT_MIN",),
    "amount_max": ("RSB_SH_PAYMENT_AMT_MAX",),
    "shops": ("RSB_MCT_CNT",),
}
BUSY = {"한산한": "Quiet", "보통": "Normal", "분주한": "Busy", "바쁜": "Very busy"}
WORDS, MEASURES = (
    ["trade_group", "trade", "level"],
    ["payments", "amount_min", "amount_max", "shops"],
)


class CardSales(Feed):
    """One row per place and trade, and one of all trades together, where ``trade`` is ""."""

    title = "Card payments at busy places"
    source = "Seoul Metropolitan Government, Shinhan Card"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "5h"
    key = ("area_cd",)
    keep = "12h"
    mark = "estimate"
    columns = PLACE | {
        "trade_group": Column("str", "Kind of trade"),
        "trade": Column("str", "Trade"),
        "level": Column("str", "Trade now"),
        "level_en": Column("str", "Trade now (English)"),
        "payments": Column("float64", "Payments", "payments/10 min", 0, 1_000_000),
        "amount_min": Column("float64", "Amount, at least", "won/10 min", 0, 1e12),
        "amount_max": Column("float64", "Amount, at most", "won/10 min", 0, 1e12),
        "shops": Column("float64", "Shops", "shops", 0, 1_000_000),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """All trades first. How many shops there are is told by trade only."""
        city = told(body)
        if not (sales := block(city, "LIVE_CMRCL_STTS")[:1]):
            return empty(self.columns)
        found = rows(city, sales, ALL).assign(trade_group="", trade="", shops=float("nan"))
        when = found["observed_at"]
        if trades := block(sales[0], "CMRCL_RSB"):
            found = pd.concat([found, rows(city, trades, TRADES)], ignore_index=True)
        found[WORDS] = found[WORDS].apply(lambda words: words.map(plain))
        found[MEASURES] = found[MEASURES].apply(numbers)
        return found.assign(
            level_en=found["level"].map(BUSY).fillna(""),
            observed_at=moments(pd.Series(list(when) * len(found), dtype=object)),
        )
