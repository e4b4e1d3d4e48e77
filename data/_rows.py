"""What happens to the rows of a frame between two answers: joined, merged, believed, dated."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data._age import duration
from data._columns import Frame
from data._errors import NoRows, Unreadable

if TYPE_CHECKING:
    from data._feed import Feed

AHEAD = timedelta(minutes=5)  # a row observed further in the future than this is not believed
MAY_BE_AHEAD = 0.2  # the share of such rows that a batch survives


def replaced(old: Frame, new: Frame, key: Sequence[str]) -> Frame:
    """Old rows and new ones; every old row whose key a new row has is gone."""
    if not len(old) or not len(new):
        return new if len(new) else old
    names = list(key)
    index = pd.MultiIndex.from_frame if len(names) > 1 else lambda frame: frame[names[0]]
    stays = ~index(old[names]).isin(index(new[names]))
    return pd.concat([old[stays], new], ignore_index=True)


def joined(parts: Sequence[Frame], key: Sequence[str]) -> Frame:
    """The answers of one turn as one frame. Rows move between pages while they are read:
    with a key the later page wins, and a row that came twice counts once.
    """
    told = [part for part in parts if len(part)] or parts[:1]
    rows = told[0] if len(told) == 1 else pd.concat(told, ignore_index=True)
    if not key or not set(key) <= set(rows):
        return rows
    if len(told) > 1:
        page = pd.Series(np.repeat(range(len(told)), [len(part) for part in told]), rows.index)
        rows = rows[page == page.groupby([rows[k] for k in key], dropna=False).transform("max")]
    return rows.drop_duplicates(ignore_index=True)


def merged(old: Frame, new: Frame, key: Sequence[str], keep: str, now: datetime) -> Frame:
    """What is held after a turn: new rows for old ones, none observed before now - keep."""
    rows = replaced(old, new, key)
    if "observed_at" in rows:
        rows = rows[rows["observed_at"] >= now - duration(keep)]
    rows = rows.reset_index(drop=True)
    rows.attrs = dict(new.attrs)
    return rows


def believable(frame: Frame, now: datetime) -> Frame:
    """Without rows from the future. Raises Unreadable when they are more than a fifth."""
    if "observed_at" not in getattr(frame, "columns", ()) or not len(frame):
        return frame
    ahead = frame["observed_at"] > now + AHEAD
    if ahead.mean() > MAY_BE_AHEAD:
        raise Unreadable(f"{int(ahead.sum())} of {len(frame)} rows are from the future")
    return frame[~ahead].reset_index(drop=True) if ahead.any() else frame


def answering(feed: "Feed", frame: Frame) -> Frame:
    """The frame; no rows raise NoRows, so that what was known stands, unless the feed is
    ``quiet``, has rows that stay (``keep``), or the answer says of when it is.
    """
    if len(frame) or feed.quiet or feed.keep or frame.attrs.get("observed_at"):
        return frame
    raise NoRows("an answer without rows")


def newest(frame: Frame, now: datetime) -> datetime:
    """The portal's time of the newest row: as the frame says, else of its rows, else now."""
    if (said := frame.attrs.get("observed_at")) is not None:
        return said
    if "observed_at" in getattr(frame, "columns", ()):
        last = frame["observed_at"].max()
        if not pd.isna(last):
            return last.to_pydatetime()
    return now


def same(frame: Frame, before: Frame | None) -> bool:
    """Whether it says what the frame before it said, times and all."""
    if type(frame) is not type(before):
        return False
    return frame.attrs == before.attrs and frame.equals(before)


def marks(frame: Frame, key: tuple[str, ...]) -> pd.Series:
    """A number (uint64) a key, the same for the same rows; a row each when there is no key."""
    rows = pd.DataFrame(frame)
    if "geometry" in rows:
        rows = rows.assign(geometry=frame.geometry.to_wkb().map(bytes.hex))
    told = pd.util.hash_pandas_object(rows, index=False).to_numpy()
    if not key:
        return pd.Series(told)
    return pd.Series(told).groupby(index(frame, key), sort=False).sum()


def index(frame: Frame, key: tuple[str, ...]) -> pd.Index:
    """The key of each row."""
    return pd.MultiIndex.from_frame(frame[list(key)]) if len(key) > 1 else pd.Index(frame[key[0]])
