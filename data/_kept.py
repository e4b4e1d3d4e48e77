"""Rows of the past as they are kept: of the last answer before a moment, or held at it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
from pyarrow.dataset import field, scalar

from data._age import duration
from data._history import DAY, History, day_of

if TYPE_CHECKING:
    from data._feed import Feed

AHEAD = timedelta(minutes=5)  # a row is at most this much newer than its answer (data/_rows.py)

history = History()


def practice(feed: "Feed") -> bool:
    """Whether its past is the practice city's: no key of its own, or derived from one without."""
    if feed.portal:
        return not feed.portal.real
    return any(practice(need) for need in _needed(feed))


def whole(feed: "Feed", then: datetime) -> pd.DataFrame:
    """The rows of the last answer before then, where an answer is the whole."""
    files = history.files(feed.name, practice(feed))
    files = files[files["first"] <= then]
    over = files[files["last"] <= then]
    best = over["last"].max() if len(over) else None
    spanning = files[files["last"] > then]
    if len(spanning):
        days = spanning[DAY].min(), spanning[DAY].max()
        where = field("fetched_at") <= scalar(then)
        times = history.read(feed.name, practice(feed), days, where, ["fetched_at"])
        best = max(filter(None, [best, times["fetched_at"].max()])) if len(times) else best
    if best is None:
        return pd.DataFrame()
    same = field("fetched_at") == scalar(best.to_pydatetime())
    rows = history.read(feed.name, practice(feed), (day_of(best), day_of(best)), same)
    return rows.sort_values("row", kind="stable")


def held(feed: "Feed", then: datetime) -> pd.DataFrame:
    """The newest row of each key that was held then, where rows stay for a while."""
    return newest_told(feed, kept(feed, then, then))


def kept(feed: "Feed", start: datetime, then: datetime) -> pd.DataFrame:
    """Rows that may have been held at any moment from start to then, where they stay a while."""
    first = start - duration(feed.keep)
    where = field("held") & (field("fetched_at") <= scalar(then))
    if "observed_at" in feed.columns:
        where &= field("observed_at") >= scalar(first)
    days = (day_of(first - AHEAD), day_of(then))
    return history.read(feed.name, practice(feed), days, where)


def newest_told(feed: "Feed", rows: pd.DataFrame) -> pd.DataFrame:
    """Of the rows of each key those of the last answer, in its order."""
    if rows.empty:
        return rows
    rows = last_told(rows, list(feed.key)) if feed.key else rows
    return rows.sort_values(["fetched_at", "row"], kind="stable")


def last_told(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Of the rows of each key those of the last answer."""
    return rows[
        rows["fetched_at"] == rows.groupby(key, dropna=False)["fetched_at"].transform("max")
    ]


def _needed(feed: "Feed") -> list["Feed"]:
    from data import feeds

    return [feeds[name] for name in feed.needs if name in dir(feeds)]
