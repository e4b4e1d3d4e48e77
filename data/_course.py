"""What was known at many moments, of one reading of the past."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
from pyarrow.dataset import field, scalar

from data._age import duration
from data._columns import Frame
from data._history import day_of
from data._kept import history, kept, newest_told, practice, whole
from data._past import framed

if TYPE_CHECKING:
    from data._feed import Feed


def course(feed: "Feed", moments: Sequence[datetime]) -> list[Frame | None]:
    """``feed.at`` of each of those moments, aware and oldest first. Blocks.

    Their rows are in memory together: for hours, not for months.
    """
    told = _held if feed.keep else _whole
    return [framed(feed, rows) for rows in told(feed, moments)]


def _held(feed: "Feed", moments: Sequence[datetime]) -> list[pd.DataFrame]:
    """Of each moment the rows that were held, where rows stay for a while."""
    rows, stays = kept(feed, moments[0], moments[-1]), duration(feed.keep)
    if rows.empty:
        return [rows] * len(moments)
    since = rows["observed_at"] if "observed_at" in feed.columns else None
    found = []
    for then in moments:
        there = rows["fetched_at"] <= then
        there &= True if since is None else since >= then - stays
        found.append(newest_told(feed, rows[there]))
    return found


def _whole(feed: "Feed", moments: Sequence[datetime]) -> list[pd.DataFrame]:
    """Of each moment the rows of the last answer before it, where an answer is the whole."""
    found = [whole(feed, moments[0])]
    fetched, days = field("fetched_at"), (day_of(moments[0]), day_of(moments[-1]))
    where = (fetched > scalar(moments[0])) & (fetched <= scalar(moments[-1]))
    rows = history.read(feed.name, practice(feed), days, where)
    times = rows["fetched_at"] if len(rows) else pd.Series([], dtype=object)
    for then in moments[1:]:
        last = times[times <= then].max() if len(times) else pd.NaT
        new = found[-1] if pd.isna(last) else rows[times == last].sort_values("row", kind="stable")
        found.append(new)
    return found
