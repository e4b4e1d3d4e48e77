"""What may be asked of a feed: now, as it was, all since, and a page of that."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data import Feed, clock, duration, when

STEP = timedelta(minutes=10)  # the past is told at every so many minutes
LONGEST = timedelta(days=7)
MOST = 100_000  # rows of a page that may be asked for
NAMES = ("at", "since", "limit", "offset", "fetched_at")  # what may be asked
COUNT = re.compile(r"[0-9]{1,10}", re.ASCII)
TIMES = "a time in ISO 8601, as 2022-08-08T20:00+09:00, or so long ago, as 24h"


class Problem(Exception):
    """Why there is no answer: a status, words, and seconds after which to ask again."""

    def __init__(self, status: int, detail: str, retry: int = 0):
        super().__init__(detail)
        self.status, self.detail, self.retry = status, detail, retry


@dataclass(frozen=True)
class Asked:
    """What was asked: the present, a moment, or all since one until now; and which page of it."""

    at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    offset: int = 0
    of: datetime | None = None  # the present must be of that fetching, or pages do not fit


def asked(arguments: dict[str, list[str]], feed: Feed) -> Asked:
    """What those arguments ask for. Raises Problem for anything that is not on the list."""
    if wrong := set(arguments) - set(NAMES):
        raise Problem(422, f"{len(wrong)} unknown arguments; there are {', '.join(NAMES)}.")
    if any(len(values) > 1 for values in arguments.values()):
        raise Problem(422, "Give each argument once.")
    given = {name: values[0] for name, values in arguments.items()}
    page = {"limit": _count(given, "limit", 1, MOST), "offset": _count(given, "offset", 0) or 0}
    times = [name for name in ("at", "since", "fetched_at") if name in given]
    if len(times) > 1:
        raise Problem(422, "Give one of at, since and fetched_at.")
    for name in times:
        return replace(_when(name, given[name], feed), **page)
    return Asked(**page)


def _count(given: dict[str, str], name: str, least: int, most: int = 10**9) -> int | None:
    """That argument as a number; None when it was not given. Raises Problem."""
    if name not in given:
        return None
    if not COUNT.fullmatch(given[name]) or not least <= int(given[name]) <= most:
        raise Problem(422, f"{name} must be a whole number from {least:,} to {most:,}.")
    return int(given[name])


def _when(name: str, value: str, feed: Feed) -> Asked:
    """What is asked for with that time. Raises Problem."""
    now = clock.now()
    try:
        moment = _moment(value)
        ago = now - moment
    except (ValueError, OverflowError):
        raise Problem(422, f"{name} must be {TIMES}.") from None
    if name == "fetched_at":
        return Asked(of=moment)
    if ago < timedelta(0):
        raise Problem(422, f"{name} must not be in the future.")
    if name == "at":
        if feed.every and ago > duration(feed.retention):
            raise Problem(422, f"The past of this feed is kept for {feed.retention}.")
        return Asked(at=moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % STEP)
    if not feed.every:
        raise Problem(422, "This table never changes; ask for it without since.")
    if ago > LONGEST + STEP:  # the pages after the first name its moment, and come later
        raise Problem(422, f"since may be at most {LONGEST.days} days ago.")
    until = now.replace(second=0, microsecond=0)
    return Asked(since=moment.replace(second=0, microsecond=0), until=max(until, moment))


def _moment(text: str) -> datetime:
    """A moment; the plus of a zone may have become a blank on its way. Raises ValueError."""
    if not text.strip():
        raise ValueError
    return when(re.sub(r" (\d\d:?\d\d)$", r"+\1", text) if "T" in text else text)
