"""What may be asked of a feed, and the answer to it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd
from deltalake.exceptions import DeltaError

from apps._formats import KINDS, PACKS, Columns, described, encoded, places
from apps._once import Answer, answer
from data import TIME, Column, Feed, FeedError, clock, duration, empty, rows_since, when

WITHHELD = {("cctv", "address")}  # its tokens are the server's own, and of a short life
STEP = timedelta(minutes=10)  # the past is told at every so many minutes
LONGEST = timedelta(days=7)
ROWS = 200_000  # that one answer may have
READ = 2_000_000  # kept rows that may be read for one answer
DATED = {"observed_at": Column(TIME, "Observed"), "fetched_at": Column(TIME, "Fetched")}
TIMES = "a time in ISO 8601, as 2022-08-08T20:00+09:00, or so long ago, as 24h"


class Problem(Exception):
    """Why there is no answer: a status, words, and seconds after which to ask again."""

    def __init__(self, status: int, detail: str, retry: int = 0):
        super().__init__(detail)
        self.status, self.detail, self.retry = status, detail, retry


@dataclass(frozen=True)
class Asked:
    """What was asked: the present, a moment, or all since one until now."""

    at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None


def asked(arguments: dict[str, list[str]], feed: Feed) -> Asked:
    """What those arguments ask for. Raises Problem for anything that is not on the list."""
    if wrong := set(arguments) - {"at", "since"}:
        raise Problem(422, f"{len(wrong)} unknown arguments; there are at and since.")
    if not arguments:
        return Asked()
    if len(arguments) > 1 or any(len(values) > 1 for values in arguments.values()):
        raise Problem(422, "Give one of at and since, once.")
    ((name, (value,)),) = arguments.items()
    now = clock.now()
    try:
        moment = _moment(value)
        ago = now - moment
    except (ValueError, OverflowError):
        raise Problem(422, f"{name} must be {TIMES}.") from None
    if ago < timedelta(0):
        raise Problem(422, f"{name} must not be in the future.")
    if name == "at":
        if feed.every and ago > duration(feed.retention):
            raise Problem(422, f"The past of this feed is kept for {feed.retention}.")
        return Asked(at=moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % STEP)
    if not feed.every:
        raise Problem(422, "This table never changes; ask for it without since.")
    if ago > LONGEST:
        raise Problem(422, f"since may be at most {LONGEST.days} days ago.")
    until = now.replace(second=0, microsecond=0)
    return Asked(since=moment.replace(second=0, microsecond=0), until=max(until, moment))


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


def told(feed: Feed, form: str, query: Asked) -> Answer:
    """The answer. Blocks: for a thread. Raises Problem."""
    columns = visible(feed)
    try:
        if query.since:
            columns |= {n: c for n, c in DATED.items() if n not in columns}
            frame, observed_at, fetched_at = _since(feed, query)
        else:
            frame, observed_at, fetched_at = _at(feed, query.at)
    except (OSError, DeltaError, FeedError):
        raise Problem(503, "The past cannot be read now.", 10) from None
    about = feed.about(query.at or query.until, observed_at)
    head = {
        "name": feed.name,
        "title": feed.title,
        "source": feed.source,
        "licence": feed.licence,
        "observed_at": observed_at,
        "fetched_at": fetched_at,
        "state": about.state if query.at or query.since else feed.state(),
        "practice": about.practice,
        "mark": about.mark,
    }
    frame = frame[list(columns)] if len(frame) else empty(columns)
    body = encoded(form, frame, columns, head)
    return answer(body, form in PACKS, _headers(head))


def _moment(text: str) -> datetime:
    """A moment; the plus of a zone may have become a blank on its way. Raises ValueError."""
    if not text.strip():
        raise ValueError
    return when(re.sub(r" (\d\d:?\d\d)$", r"+\1", text) if "T" in text else text)


def _at(feed: Feed, at: datetime | None) -> tuple[pd.DataFrame, datetime | None, datetime | None]:
    """The frame now or as known then, its own time and when we got it."""
    if at is None or not feed.every:
        if feed.frame is None:
            raise Problem(404, "This feed has not answered yet.", 10)
        return feed.frame, feed.observed_at, feed.fetched_at
    frame = feed.at(at)
    if frame is None:
        raise Problem(404, "Nothing of this feed was known at that time.")
    return frame, frame.attrs["observed_at"], frame.attrs["fetched_at"].to_pydatetime()


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
    return {f"X-{n.replace('_', '-').title()}": v for n, v in said.items() if v and v.isascii()}
