"""Looking back: what was observed since, and what was known at a moment.

What is told here was committed: the last seconds may be missing (data/_keeper.py).
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely
from pyarrow.dataset import field, scalar

from data._age import duration
from data._city import ZONE
from data._clock import clock
from data._columns import Frame, check
from data._doubt import SUSPECT
from data._history import DAY, day_of, said
from data._kept import AHEAD, held, history, last_told, practice, whole
from data._read import moment

if TYPE_CHECKING:
    from data._feed import Feed

READERS = 4  # tables read at once


def when(told: str | datetime) -> datetime:
    """A moment, aware: ISO 8601 or ``24h``, so long ago. Raises ValueError."""
    if isinstance(told, datetime):
        return told if told.tzinfo else told.replace(tzinfo=ZONE)
    try:
        return clock.now() - duration(told.strip())
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        if (found := moment(told)) is None:
            raise ValueError(f"{told[:40]!r} is neither like 24h nor a time in ISO 8601") from None
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def since(
    feed: "Feed",
    start: str | datetime,
    until: str | datetime | None = None,
    engine: str = "pandas",
    columns: Sequence[str] = (),
) -> Frame:
    """Rows observed from start to until, each once as last told, oldest first.

    Its columns are the feed's, ``observed_at`` and ``fetched_at``; without a row when nothing was
    kept.

    Args:
        feed: whose.
        start: a moment, or ``24h``: so long ago.
        until: a moment; None: now.
        engine: ``pandas``; or ``dask`` for a dask.dataframe (data/_scale.py).
        columns: those wanted, with the key and both times; () are all.
    """
    first, last = when(start), clock.now() if until is None else when(until)
    if engine == "dask":
        from data._scale import spread  # its packages are there only where they are wanted

        played = practice(feed)
        days = sorted(
            {d for d in history.files(feed.name, played)[DAY] if d >= day_of(first - AHEAD)}
        )
        return spread(feed, history.uri(feed.name, played), first, last, days)
    seen = field("observed_at")
    where = field("held") & (seen >= scalar(first)) & (seen <= scalar(last))
    days = (day_of(first - AHEAD), "9")
    wanted = list(dict.fromkeys([*feed.key, *columns, "observed_at", "fetched_at", "row"]))
    few = wanted if columns and feed.key else None  # without a key rows are told apart by all
    told = once(feed, history.read(feed.name, practice(feed), days, where, few))
    return told[[name for name in told if name in wanted]] if columns else told


def rows_since(feed: "Feed", start: str | datetime) -> int:
    """How many rows ``since`` would have to read, at most: those of every file of that time."""
    files = history.files(feed.name, practice(feed))
    return int(files.loc[files["last"] >= when(start), "rows"].sum())


def once(feed: "Feed", rows: pd.DataFrame) -> Frame:
    """Rows as kept, each once as last told, oldest first, in the feed's columns."""
    columns = list(dict.fromkeys([*feed.columns, "observed_at", "fetched_at"]))
    if len(rows):
        rows = last_told(rows, list(dict.fromkeys([*feed.key, "observed_at"])))
        same = [n for n in dict.fromkeys([*feed.columns, "observed_at"]) if n in rows]
        rows = rows.drop_duplicates(same, keep="last")
        rows = rows.sort_values(["observed_at", "row"], kind="stable", ignore_index=True)
    return shaped(feed, rows.reindex(columns=columns))


def at(feed: "Feed", moment: str | datetime) -> Frame | None:
    """The frame as it was known then; None when nothing was. ``attrs`` has ``observed_at``,
    ``fetched_at`` and what it said of itself.
    """
    then = when(moment)
    return framed(feed, held(feed, then) if feed.keep else whole(feed, then))


def framed(feed: "Feed", rows: pd.DataFrame) -> Frame | None:
    """The frame that those rows, as kept, were; None without a row."""
    if rows.empty:
        return None
    observed, taken = rows[["as_of", "fetched_at"]].max().dt.to_pydatetime()
    frame = check(shaped(feed, rows[rows["held"]]), feed.columns)
    frame.attrs |= said(rows) | {"observed_at": observed, "fetched_at": taken}
    return frame


def fetched(feed: "Feed", first: datetime, last: datetime) -> list[datetime]:
    """When the frames kept from first to last were fetched, oldest first."""
    time, days = field("fetched_at"), (day_of(first), day_of(last))
    where = (time >= scalar(first)) & (time <= scalar(last))
    rows = history.read(feed.name, practice(feed), days, where, ["fetched_at"])
    return [] if rows.empty else sorted(rows["fetched_at"].unique())


def known(feeds: Iterable["Feed"], moment: str | datetime) -> dict[str, Frame]:
    """Every frame as it was known then, by feed; a table of ours as it is."""
    then, feeds = when(moment), list(feeds)
    tables = {f.name: f.frame for f in feeds if not f.every and f.frame is not None}
    kept = [f for f in feeds if f.every]
    with ThreadPoolExecutor(READERS) as readers:
        frames = readers.map(lambda feed: at(feed, then), kept)
        found = {f.name: x for f, x in zip(kept, frames, strict=True) if x is not None}
    return tables | found


def shaped(feed: "Feed", rows: pd.DataFrame) -> Frame:
    """With shapes where the feed has them; what was kept before a feed had doubts has none."""
    if SUSPECT in feed.columns:
        doubts = rows[SUSPECT] if SUSPECT in rows else pd.Series(None, rows.index, dtype=object)
        rows = rows.assign(**{SUSPECT: doubts.astype(object).fillna("").astype("str")})
    if "geometry" not in feed.columns:
        return rows.reset_index(drop=True)
    shapes = shapely.from_wkb(rows["geometry"].to_numpy(dtype=object))
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=4326).reset_index(drop=True)
