"""A feed: where to ask, how often, and how to read the answer."""

import asyncio
import inspect
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pandas as pd
import param

from data._age import About, about, duration
from data._age import state as age_state
from data._clock import clock
from data._columns import Column, Frame, check
from data._errors import FeedError, Refused, Unreadable
from data._fetch import fetch
from data._portals import Portal, portal_of

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
AHEAD = timedelta(minutes=5)  # a row observed further in the future than this is not believed


class Feed(param.Parameterized):
    """One source of city data and its last good frame.

    A subclass gives ``title``, ``source``, ``every``, ``columns`` and either ``url`` (or ``urls``)
    with ``parse``, or ``derive``. ``every = ""`` is a table of ours that never changes.
    """

    title: ClassVar[str] = ""
    source: ClassVar[str] = ""  # who publishes it, as the licence wants it named
    licence: ClassVar[str] = "KOGL type 1"
    url: ClassVar[str] = ""  # {portal}/{portal_key}/…, or places/NAME.csv; empty when derived
    every: ClassVar[str] = ""
    lag: ClassVar[str] = ""  # how late the portal normally is
    daily: ClassVar[int] = 0  # our share of the key's calls a day; 0: no share of its own
    key: ClassVar[tuple[str, ...]] = ()  # new rows replace those of the same key
    keep: ClassVar[str] = ""  # with a key: rows observed longer ago than this are let go
    mark: ClassVar[str] = ""  # "estimate" or "nowcast": what kind of number it is
    columns: ClassVar[dict[str, Column]]

    frame = param.Parameter(doc="The last good frame, or None before the first answer.")
    observed_at = param.Parameter(doc="The portal's own time of the newest row, aware.")
    fetched_at = param.Parameter(doc="When that frame was fetched, aware.")
    problem = param.ClassSelector(class_=FeedError, doc="Why the last try failed, if it did.")
    practice = param.Boolean(default=False, doc="The frame comes from the practice city.")
    wanted = param.Parameter(default=frozenset(), doc="What is looked at now, for feeds asked on demand.")

    def parse(self, body: bytes, url: str) -> Frame:
        """The rows of one answer to url. Pure: no network, no clock."""
        raise NotImplementedError

    def urls(self, now: datetime) -> Sequence[str]:
        """What to ask this time; one url is the simple case. Empty: nothing to ask now."""
        return [self.url]

    def next(self, body: bytes, url: str) -> str | None:
        """The url of the page after this one, for sources that answer in pages."""
        return None

    def derive(self, **frames: Frame) -> Frame | None:
        """The frame worked out from the feeds that the parameters name; None: not yet."""
        raise NotImplementedError

    @property
    def needs(self) -> list[str]:
        """Names of the feeds it is derived from; empty for a feed that asks."""
        derives = type(self).derive is not Feed.derive
        return [n for n in inspect.signature(self.derive).parameters] if derives else []

    @property
    def portal(self) -> Portal | None:
        """Whom it asks; None for a table of ours or a derived feed."""
        return portal_of(self.url)

    def about(self, now: datetime | None = None, observed_at: datetime | None = None) -> About:
        """What must stand beside its numbers now, or beside one observed at that time.

        ``frame.attrs["like"]``, set by a derived feed, gives the (every, lag) of what it stands on.
        """
        now = now or clock.now()
        every, lag = self.pace
        said = "" if self.problem is None else str(self.problem)
        given = dict(practice=self.practice, mark=self.mark, fetched_at=self.fetched_at, problem=said)
        return about(observed_at or self.observed_at, every, lag, now, **given)

    @property
    def pace(self) -> tuple[str, str]:
        """(every, lag) that its thresholds are computed from."""
        return getattr(self.frame, "attrs", {}).get("like", (self.every, self.lag))

    def state(self, now: datetime | None = None) -> str:
        """For the board: refused when the last try was, else live, late or silent by age."""
        if isinstance(self.problem, Refused | Unreadable):
            return "refused"
        return age_state(self.observed_at, *self.pace, now or clock.now())

    def read(self, answers: Sequence[tuple[str, bytes]]) -> Frame:
        """Answers as (url, body), each read and joined: one frame of the declared columns."""
        try:
            parts = [self.parse(body, url) for url, body in answers]
            rows = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
        except FeedError:
            raise
        except Exception as error:  # whatever a stranger's bytes set off in a parser
            raise Unreadable(f"{type(error).__name__}: {error}"[:300]) from error
        return check(rows, self.columns)

    def worked_out(self, frames: dict[str, Frame | None]) -> Frame | None:
        """What derive makes of those frames, with the declared columns; None: not yet."""
        try:
            frame = self.derive(**{name: frames.get(name) for name in self.needs})
        except FeedError:
            raise
        except Exception as error:
            raise Unreadable(f"{type(error).__name__}: {error}"[:300]) from error
        return None if frame is None else check(frame, self.columns)

    async def ask(self, url: str) -> list[tuple[str, bytes]]:
        """One url and the pages after it, as (url, body)."""
        answers = []
        while url and len(answers) < 100:
            answers.append((url, await fetch(url, feed=self.name)))
            url = self.next(answers[-1][1], url)
        return answers

    async def refresh(self) -> None:
        """Ask once. On failure the last good frame stands; say so once, and once when back."""
        try:
            if self.url.startswith("places/"):
                answers = [(self.url, (HERE / self.url).read_bytes())]
            else:
                answers, problem = await self._ask_all(self.urls(clock.now()))
                if not answers:
                    if problem:
                        raise problem
                    return
            frame = await asyncio.to_thread(self.read, answers)
            await self.take(frame, practice=bool(self.portal and self.portal.practice))
        except FeedError as problem:
            self.lose(problem)

    async def _ask_all(self, urls: Sequence[str]) -> tuple[list, FeedError | None]:
        """What was answered, and the last problem. Without a key column all or nothing."""
        answers, problem = [], None
        for url in urls:
            try:
                answers += await self.ask(url)
            except FeedError as error:
                if not self.key:
                    raise
                problem = error
                if isinstance(error, Refused):
                    break
        return answers, problem

    async def take(self, frame: Frame, *, practice: bool = False) -> None:
        """A new good frame; with a key, its rows replace those of the same key."""
        now = clock.now()
        frame = self._believable(frame, now)
        if self.key and self.frame is not None:
            frame = self._merged(frame, now)
        if self.problem is not None:
            log.warning("%s back", self.name)
        self.param.update(
            frame=frame,
            observed_at=self._newest(frame, now),
            fetched_at=now,
            problem=None,
            practice=practice,
        )

    def lose(self, problem: FeedError) -> None:
        """The last good frame stands; said once."""
        if self.problem is None:
            log.warning("%s lost: %s", self.name, problem)
        self.problem = problem

    def _believable(self, frame: Frame, now: datetime) -> Frame:
        """Without rows from the future. Raises Unreadable when they are more than a fifth."""
        if not self.every or "observed_at" not in getattr(frame, "columns", ()):
            return frame
        ahead = frame["observed_at"] > now + AHEAD
        if ahead.mean() > 0.2:
            raise Unreadable(f"{int(ahead.sum())} of {len(frame)} rows are from the future")
        return frame[~ahead] if ahead.any() else frame

    def _merged(self, new: Frame, now: datetime) -> Frame:
        attrs = new.attrs
        rows = pd.concat([self.frame, new], ignore_index=True) if len(self.frame) else new
        rows = rows.drop_duplicates(list(self.key), keep="last", ignore_index=True)
        if self.keep and "observed_at" in rows:
            rows = rows[rows["observed_at"] >= now - duration(self.keep)].reset_index(drop=True)
        rows.attrs = attrs
        return rows

    def _newest(self, frame: Frame, now: datetime) -> datetime:
        """The portal's time of the newest row; our own when the portal tells none."""
        if "observed_at" in getattr(frame, "columns", ()):
            newest = frame["observed_at"].max()
            if not pd.isna(newest):
                return newest.to_pydatetime()
        return frame.attrs.get("observed_at", now)

