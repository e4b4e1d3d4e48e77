"""How every feed fared in the last 24 hours, a cell for each quarter of an hour of the city.

A cell is the feed's state when the quarter ended, and now in the last one; blank where nobody
looked, as before this process ran. Kept in ``strips.json`` in ``$CITY_CACHE``, else in
``~/.cache/civic-mayors-office``, so that a restart forgets nothing.
"""

import asyncio
import json
import logging
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from data import Feed, Refused, Unreadable, clock, feeds, folder

log = logging.getLogger(__name__)
CELLS, QUARTER = 96, 900  # cells of a strip; seconds of one
UNKNOWN = "."
SIGNS = {"live": "l", "late": "a", "silent": "s", "refused": "r", "suspect": "u"}
WRITTEN = re.compile(rf"[{''.join(SIGNS.values())}{UNKNOWN}]{{{CELLS}}}")
LONGEST = 240  # characters of a problem


@dataclass(frozen=True)
class Trouble:
    """The last thing that went wrong with a feed.

    Attributes:
        since: when it was first seen, aware.
        until: when it was seen to be over; None while it lasts.
        kind: ``unreachable``, ``refused`` or ``unreadable``.
        text: the feed's own words, in English.
    """

    since: datetime
    until: datetime | None
    kind: str
    text: str


def ages(feed: Feed) -> bool:
    """Whether it can be live or not: a table of ours never changes, and says nothing of itself."""
    return bool(feed.every)


class Strips:
    """The strip and the last trouble of each feed, up to the quarter of the last look."""

    def __init__(self, folder: Path | None = None):
        self._folder = folder
        self._quarter = 0  # of the last cell, counted from the epoch
        self._cells: dict[str, str] = {}
        self._troubles: dict[str, Trouble] = {}

    def cells(self, feed: Feed) -> str:
        """Its last 96 quarters as letters of SIGNS, the present one last."""
        return self._cells.get(_key(feed), UNKNOWN * CELLS)

    def trouble(self, feed: Feed) -> Trouble | None:
        """What last went wrong, also once it is over; None when nothing has in 24 hours."""
        return self._troubles.get(_key(feed))

    async def sample(self) -> None:
        """Look at every feed; keep what is known when a quarter is over."""
        if self.look([feed for feed in feeds if ages(feed)], clock.now()):
            await asyncio.to_thread(self.save)

    def look(self, aging: Iterable[Feed], now: datetime) -> bool:
        """Take every state as it is now; whether a new quarter has begun."""
        quarter = int(now.timestamp()) // QUARTER
        passed, self._quarter = quarter - self._quarter, quarter
        blank = UNKNOWN * CELLS
        kept = self._cells if 0 <= passed < CELLS else {}  # a clock set back has not been there
        cells, troubles = {}, {}
        for feed in aging:
            key = _key(feed)
            moved = (kept.get(key, blank) + UNKNOWN * passed)[-CELLS:] if kept else blank
            sign = _sign(feed, now)
            cells[key] = moved if sign == UNKNOWN else moved[:-1] + sign
            if trouble := _trouble(feed, self._troubles.get(key), now):
                troubles[key] = trouble
        self._cells, self._troubles = cells, troubles
        return passed != 0

    def save(self) -> None:
        """Write what is known in the place of what was written before."""
        told = {
            "quarter": self._quarter,
            "cells": self._cells,
            "troubles": {
                key: [
                    one.since.isoformat(),
                    one.until and one.until.isoformat(),
                    one.kind,
                    one.text,
                ]
                for key, one in self._troubles.items()
            },
        }
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=self.file.parent, prefix="strips", encoding="utf-8", delete=False
            ) as draft:
                json.dump(told, draft)
            Path(draft.name).replace(self.file)
        except OSError as error:
            log.warning("the last 24 hours are kept in memory only: %s", error.strerror)

    def load(self) -> None:
        """Begin with what was written; with nothing when it cannot be read."""
        try:
            told = json.loads(self.file.read_text("utf-8"))
            cells = {str(k): v for k, v in told["cells"].items() if WRITTEN.fullmatch(v)}
            troubles = {str(k): _told(*one) for k, one in told["troubles"].items()}
            self._quarter, self._cells, self._troubles = int(told["quarter"]), cells, troubles
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            log.warning("what is kept of the last 24 hours cannot be read, beginning anew")

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return (self._folder or folder()) / "strips.json"


def _key(feed: Feed) -> str:
    """Its name; another one while the practice city answers, whose past is not the city's."""
    practice = feed.portal.practice if feed.portal else clock.practice
    return f"{feed.name} (practice)" if practice else feed.name


def _sign(feed: Feed, now: datetime) -> str:
    """The letter of its state; unknown before it has ever been answered or refused."""
    if feed.observed_at is None and feed.problem is None:
        return UNKNOWN
    return SIGNS[feed.state(now)]


def _trouble(feed: Feed, before: Trouble | None, now: datetime) -> Trouble | None:
    """Its present problem, since it was first seen; else the last, for 24 hours."""
    if feed.problem is None:
        over = before and replace(before, until=before.until or now)
        return over if over and 0 <= (now - over.until).total_seconds() < CELLS * QUARTER else None
    refused, unreadable = (isinstance(feed.problem, kind) for kind in (Refused, Unreadable))
    kind = "refused" if refused else "unreadable" if unreadable else "unreachable"
    text = str(feed.problem)[:LONGEST]
    same = before and (before.until, before.kind, before.text) == (None, kind, text)
    return before if same and before.since <= now else Trouble(now, None, kind, text)


def _told(since: str, until: str | None, kind: str, text: str) -> Trouble:
    """A trouble as it was written. Raises ValueError or TypeError for anything else."""
    began, over = datetime.fromisoformat(since), until and datetime.fromisoformat(until)
    if began.tzinfo is None or (over and over.tzinfo is None):
        raise ValueError("a time without a zone")
    return Trouble(began, over, str(kind), str(text)[:LONGEST])


strips = Strips()
