"""The answer to what is asked of a feed."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

import pandas as pd
from deltalake.exceptions import DeltaError

from apps._asked import MOST, Asked, Problem
from apps._formats import KINDS, PACKS, Columns, described, encoded, places
from apps._once import Answer, answer
from data import TIME, Column, Feed, FeedError, clock, empty, rows_since

WITHHELD = {("cctv", "address")}  # its tokens are the server's own, and of a short life
ROWS = 200_000  # of the past that may be asked for at once
READ = 2_000_000  # kept rows that may be read for one answer
VALUES = 500_000  # rows times columns of one answer: a page; about 10 MB of JSON
DATED = {"observed_at": Column(TIME, "Observed"), "fetched_at": Column(TIME, "Fetched")}


@dataclass(frozen=True)
class Held:
    """A feed's frame and what belongs to it, taken together: a refresh changes all of it."""

    frame: pd.DataFrame | None = field(repr=False)
    observed_at: datetime | None
    fetched_at: datetime | None
    state: str
    practice: bool


def held(feed: Feed) -> Held:
    """As the feed is now; for the loop, on which nothing refreshes it meanwhile."""
    return Held(feed.frame, feed.observed_at, feed.fetched_at, feed.state(), feed.practice)


def visible(feed: Feed) -> Columns:
    """The columns that are given away."""
    return {n: c for n, c in feed.columns.items() if (feed.name, n) not in WITHHELD}


def listed(feed: Feed) -> dict:
    """A feed as the list of all tells it; times and rows are None before the first answer."""
    now = clock.now()
    about, columns = feed.about(now), visible(feed)
    age = None if about.observed_at is None else (now - about.observed_at).total_seconds()
    forms = [form for form in KINDS if form != "geojson" or places(columns)]
    return {
        "name": feed.name,
        "title": feed.title,
        "source": feed.source,
        "licence": feed.licence,
        "every": feed.pace[0],
        "lag": feed.pace[1],
        "state": feed.state(now),
        "observed_at": about.observed_at,
        "fetched_at": about.fetched_at,
        "age_seconds": age if age is None else round(age),
        "practice": about.practice,
        "mark": about.mark,
        "problem": about.problem,
        "worked_out_from": feed.needs,
        "rows": None if feed.frame is None else len(feed.frame),
        "files": [f"/api/feeds/{feed.name}.{form}" for form in forms],
        "columns": described(columns),
    }


def told(feed: Feed, now: Held, form: str, query: Asked) -> Answer:
    """The answer of a feed that holds ``now``. Blocks: for a thread. Raises Problem."""
    columns = visible(feed)
    try:
        if query.since:
            columns |= {n: c for n, c in DATED.items() if n not in columns}
            frame, observed_at, fetched_at = _since(feed, query)
        else:
            frame, observed_at, fetched_at = _at(feed, now, query)
    except (OSError, DeltaError, FeedError):
        raise Problem(503, "The past cannot be read now.", 10) from None
    past = query.at or query.until
    size = query.limit or MOST
    rows = frame.iloc[query.offset : query.offset + min(size, VALUES // len(columns))]
    head = {
        "name": feed.name,
        "title": feed.title,
        "source": feed.source,
        "licence": feed.licence,
        "observed_at": observed_at,
        "fetched_at": fetched_at,
        "state": feed.about(past, observed_at).state if past else now.state,
        "practice": now.practice,
        "mark": feed.mark,
        "rows_in_all": len(frame),
        "offset": query.offset,
        "next": _next(feed, now, form, query, query.offset + len(rows), len(frame)),
    }
    rows = rows[list(columns)] if len(rows) else empty(columns)
    return answer(encoded(form, rows, columns, head), form in PACKS, _headers(head))


def _next(feed: Feed, now: Held, form: str, query: Asked, offset: int, rows: int) -> str | None:
    """The address of the page after this one; None after the last.

    It names the moment, or the fetching, that this page is of.
    """
    if not query.offset <= offset < rows:
        return None
    of = {"at": query.at, "since": query.since, "fetched_at": now.fetched_at}
    name = next(name for name, moment in of.items() if moment is not None)
    page = {name: of[name].isoformat(), "offset": offset}
    page |= {"limit": query.limit} if query.limit else {}
    return f"/api/feeds/{feed.name}.{form}?{urlencode(page)}"


def _at(
    feed: Feed, now: Held, query: Asked
) -> tuple[pd.DataFrame, datetime | None, datetime | None]:
    """The frame now or as known then, its own time and when we got it."""
    if query.at is None or not feed.every:
        if now.frame is None:
            raise Problem(404, "This feed has not answered yet.", 10)
        if query.of not in (None, now.fetched_at):
            raise Problem(409, "The feed has been asked again meanwhile: begin at the first page.")
        return now.frame, now.observed_at, now.fetched_at
    frame = feed.at(query.at)
    if frame is None:
        raise Problem(404, "Nothing of this feed was known at that time.")
    return frame, frame.attrs["observed_at"], frame.attrs["fetched_at"]


def _since(feed: Feed, query: Asked) -> tuple[pd.DataFrame, datetime | None, datetime | None]:
    """Rows of that time, the newest of their times and when we got it; None without a row."""
    if rows_since(feed, query.since) > READ:
        raise Problem(413, f"That is over {READ:,} rows to read; ask since a later time.")
    frame = feed.since(query.since, query.until)
    if len(frame) > ROWS:
        raise Problem(413, f"That is {len(frame):,} rows; {ROWS:,} are given. Ask since later.")
    if frame.empty:
        return frame, None, None
    return frame, *(frame[n].max().to_pydatetime() for n in DATED)


def _headers(head: dict) -> dict[str, str]:
    """What stands beside the rows, for formats that have no place for it."""
    times = {n: head[n].isoformat() for n in DATED if head[n] is not None}
    said = {n: head[n] for n in ("state", "mark", "source", "licence")} | times
    said["practice"] = "true" if head["practice"] else "false"
    said["rows_in_all"] = str(head["rows_in_all"])
    told = {f"X-{n.replace('_', '-').title()}": v for n, v in said.items() if v and v.isascii()}
    return told | ({"Link": f'<{head["next"]}>; rel="next"'} if head["next"] else {})
