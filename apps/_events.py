"""What happened in the last day, and what is announced: the marks above the ruler."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pandas as pd

from apps._asked import STEP
from data import Feed, clock, feeds, languages

DAY, AHEAD = timedelta(days=1), timedelta(hours=5)  # as far as the ruler reaches
MOST = 40  # that travel: who draws them has room for some of these
MANY = 8  # vehicles sent to a fire that is one of the graver ones
ALERTS = ("긴급재난", "위급재난")
WARNING = "경보"
SHAPES = {"crash": 2, "event": 2, "breakdown": 3, "works": 3}  # kind of incident: its rank


class Kind(NamedTuple):
    """Rows of a feed as events.

    Attributes:
        key: what makes rows the same event.
        rows: the rows that are one, with ``at`` and ``rank`` (0 the gravest).
        words: what each is, in that language.
    """

    key: tuple[str, ...]
    rows: Callable[[pd.DataFrame], pd.DataFrame]
    words: Callable[[pd.DataFrame, str], list[str]]


def events(then: datetime) -> list[dict]:
    """Those from a day before that moment to five hours after, the gravest first. Blocks.

    ``at`` and ``seen``, the first moment of the ruler at which it was known, in seconds since
    1970; ``words`` by language. At most MOST.
    """
    found = [event for name, kind in KINDS.items() for event in _of(feeds[name], kind, then)]
    found.sort(key=lambda event: (event[0], -event[1]["at"]))
    return [event for _, event in found[:MOST]]


def _of(feed: Feed, kind: Kind, then: datetime) -> Iterator[tuple[int, dict]]:
    """(rank, event) of each: what was kept of the past, and of the future what is told now."""
    kept, now = feed.since(then - DAY), clock.now()
    announced = feed.state(now) in ("live", "late")
    told = feed.frame.assign(fetched_at=feed.fetched_at) if announced else kept.iloc[:0]
    for rows, first, last in ((kept, then - DAY, now), (told, now, then + AHEAD)):
        rows = kind.rows(rows)
        rows = rows[(rows["at"] > first) & (rows["at"] <= last)]
        if rows.empty:
            continue
        seen = rows.groupby(list(kind.key))["fetched_at"].transform("min")
        rows = rows.assign(seen=seen.where(seen > rows["at"], rows["at"]).dt.ceil(STEP))
        rows = rows.drop_duplicates(list(kind.key), keep="last")
        said = {language: kind.words(rows, language) for language in languages()}
        for n, row in enumerate(rows.itertuples()):
            times = {"at": round(row.at.timestamp()), "seen": round(row.seen.timestamp())}
            yield row.rank, times | {"words": {ln: words[n] for ln, words in said.items()}}


def joined(*parts: pd.Series) -> list[str]:
    """``화재 · 강남구`` of each row; what is not told is left out."""
    return [" · ".join(filter(None, row)) for row in zip(*parts, strict=True)]


def _incidents(rows: pd.DataFrame) -> pd.DataFrame:
    """A closed road weighs one more than an open one."""
    rank = rows["shape"].map(SHAPES).astype(float).fillna(3) - rows["closure"].ne("")
    return rows.assign(at=rows["started_at"], rank=rank.astype(int))


def _incident(rows: pd.DataFrame, language: str) -> list[str]:
    names = ("detail_name", "road", "closure")
    kind, road, closure = (rows[name if language == "ko" else f"{name}_en"] for name in names)
    return joined(kind, road.str.replace(r" *\(.*", "", regex=True), closure)


def _dispatches(rows: pd.DataFrame) -> pd.DataFrame:
    """Fires and rescues at which somebody got to work; most ambulances are nobody's news."""
    rows = rows[rows["kind_en"].isin(("Fire", "Rescue")) & rows["began_at"].notna()]
    fire = rows["kind_en"] == "Fire"
    rank = 4 - 2 * fire - (fire & (rows["vehicles"] >= MANY))
    return rows.assign(at=rows["received_at"], rank=rank)


def _dispatch(rows: pd.DataFrame, language: str) -> list[str]:
    kind, name = ("kind", "name_ko") if language == "ko" else ("kind_en", "name_en")
    where = feeds.districts.frame
    names = {} if where is None else where.set_index("gu_code")[name].to_dict()
    return joined(rows[kind], rows["gu_code"].map(names).fillna(""))


def _warnings(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(at=rows["starts_at"].fillna(rows["issued_at"]))
    return rows.assign(rank=rows["level"].ne(WARNING).astype(int))


def _warning(rows: pd.DataFrame, language: str) -> list[str]:
    kind, level = ("kind", "level") if language == "ko" else ("kind_en", "level_en")
    return [f"{what} {how}" for what, how in zip(rows[kind], rows[level], strict=True)]


def _messages(rows: pd.DataFrame) -> pd.DataFrame:
    rank = 3 - 3 * rows["level"].isin(ALERTS)
    return rows.assign(at=rows["observed_at"], rank=rank)


def _message(rows: pd.DataFrame, language: str) -> list[str]:
    """What kind it is; whom it names is not told here."""
    if language == "ko":
        return joined(rows["level"], rows["kind"])
    return joined(rows["level_en"].where(rows["level_en"].ne(""), rows["level"]))


KINDS = {
    "disaster_messages": Kind(("message_id",), _messages, _message),
    "weather_warnings": Kind(("kind_code", "level", "at"), _warnings, _warning),
    "dispatch": Kind(("dispatch_id",), _dispatches, _dispatch),
    "incidents_ranked": Kind(("incident_id",), _incidents, _incident),
}
