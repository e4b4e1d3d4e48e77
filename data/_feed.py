"""A feed: where to ask, how often, and how to read the answer."""

import inspect
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import param

from data._age import About, duration, period
from data._clock import clock
from data._columns import Column, Frame, check
from data._doubt import COLUMN, SUSPECT, Doubts, checked
from data._errors import FeedError, bare, guarded
from data._fetch import fetch
from data._past import at, since
from data._portals import Portal, portal_of
from data._rows import answering, believable, joined, merged, newest, same
from data._standing import about, pace, state
from data._turn import following, reading, turn

log = logging.getLogger(__name__)
HERE = Path(__file__).parent


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
    keep: ClassVar[str] = ""  # how long rows of earlier answers stay; "": an answer is the whole
    shares: ClassVar[str] = ""  # a feed whose answers it reads too, rather than asking again
    follows: ClassVar[tuple[str, str]] = ()  # (feed, column): whose values ``wanted`` always is
    retention: ClassVar[str] = "90d"  # how long its past is kept
    quiet: ClassVar[bool] = False  # no rows is an answer too: nothing of the kind is there
    pages: ClassVar[int] = 100  # how far ``next`` may lead in one turn
    mark: ClassVar[str] = ""  # "estimate" or "nowcast": what kind of number it is
    columns: ClassVar[dict[str, Column]]

    frame = param.Parameter(doc="The last good frame, or None before the first answer.")
    observed_at = param.Parameter(doc="The portal's own time of the newest row, aware.")
    fetched_at = param.Parameter(doc="When that frame was fetched, aware.")
    problem = param.ClassSelector(class_=FeedError, doc="Why the last try failed, if it did.")
    practice = param.Boolean(default=False, doc="The frame comes from the practice city.")
    shared = param.Boolean(default=False, doc="Another feed reads its answers too.")
    answers = param.Parameter(default=(), doc="Its last turn as (url, body), when it is shared.")
    calls = param.Integer(default=1, doc="How many questions its last turn took.")
    wanted = param.Parameter(default=(), doc="What to ask about, for feeds that ask on demand.")

    def __init_subclass__(cls, **more: object):
        """A feed with a column that may be doubted tells in ``suspect`` which are."""
        super().__init_subclass__(**more)
        if checked(getattr(cls, "columns", {})):
            cls.columns = {**cls.columns, SUSPECT: COLUMN}

    def __init__(self, **params):
        """Nothing is known, nothing believed."""
        super().__init__(**params)
        self._doubts = Doubts(self.columns, self.key) if SUSPECT in self.columns else None

    def parse(self, body: bytes, url: str) -> Frame:
        """The rows of one answer to url. Pure: no network, no clock."""
        raise NotImplementedError

    def urls(self, now: datetime) -> Sequence[str]:
        """What to ask this time; one url is the simple case. Empty: nothing to ask now."""
        return [self.url]

    def next(self, body: bytes, url: str) -> str | None:
        """The url of the page after this one, for sources that answer in pages."""
        return None

    def join(self, parts: Sequence[Frame]) -> Frame:
        """One frame of what parse made of the answers of one turn."""
        return joined(parts, self.key)

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

    @property
    def pace(self) -> tuple[str, str]:
        """(every, lag) as they are: on a small key it is asked less often than it is worth."""
        return pace(self)

    def state(self, now: datetime | None = None) -> str:
        """``refused``, ``suspect``, or by its age ``live``, ``late`` or ``silent``."""
        return state(self, now or clock.now())

    def about(self, now=None, observed_at: datetime | None = None, frame=None) -> About:
        """What must stand beside its numbers now, or one of that time, or those of a past frame."""
        return about(self, now or clock.now(), observed_at or self.observed_at, frame)

    def since(self, start: str | datetime, until: datetime | None = None, **more: object) -> Frame:
        """Its kept rows of that time, as ``data._past.since`` gives them; ``24h``: so long ago."""
        return since(self, start, until, **more)

    def at(self, moment: str | datetime) -> Frame | None:
        """Its frame as it was known then, with both times in ``attrs``; None when nothing was."""
        return at(self, moment)

    def read(self, answers: Sequence[tuple[str, bytes]]) -> Frame:
        """Answers as (url, body), each read and joined: one frame of the declared columns."""
        parts, problem = [], None
        for url, body in answers:
            try:
                parts.append(guarded(self.parse, body, url))
            except FeedError as error:
                if not self.keep:  # else its rows grow old, and the others are new
                    raise
                problem = error
        if problem and not parts:
            raise problem
        told = guarded(self.join, parts)
        return check(told.assign(suspect="") if self._doubts else told, self.columns)

    def worked_out(self, frames: dict[str, Frame | None]) -> Frame | None:
        """What derive makes of those frames, with the declared columns; None: not yet."""
        frame = guarded(self.derive, **{name: frames.get(name) for name in self.needs})
        return None if frame is None else check(frame, self.columns)

    async def ask(self, url: str) -> AsyncIterator[tuple[str, bytes]]:
        """One url and the pages after it, as (url, body)."""
        for _ in range(self.pages):
            if not url:
                return
            body = await fetch(url, feed=self.name)
            yield url, body
            url = await following(self, body, url)

    async def refresh(self) -> None:
        """Ask once. On failure the last good frame stands; say so once, and once when back."""
        try:
            if self.url.startswith("places/"):
                answers = [(self.url, (HERE / self.url).read_bytes())]
            else:
                answers, problem = await turn(self, self.urls(clock.now()))
                if not answers:
                    if problem:
                        raise problem
                    return
            self.calls = len(answers)
            await self.hear(answers)
            if self.shared:
                self.answers = answers
        except FeedError as problem:
            self.lose(problem)

    async def hear(self, answers: Sequence[tuple[str, bytes]]) -> None:
        """Read answers, whoever asked for them, and take the frame. Raises FeedError."""
        frame = answering(self, await reading(self.read, answers))
        await self.take(frame, practice=bool(self.portal and self.portal.practice))

    async def take(self, frame: Frame, *, practice: bool = False) -> None:
        """A new good frame; with ``keep``, its rows replace those of the same key."""
        now = clock.now()
        if self.every and not self.needs:
            frame = believable(frame, now)
        if self._doubts:
            frame = self._doubts.mark(frame, 3 * period(self.pace[0]) + duration(self.lag))
        if self.keep and self.frame is not None:
            frame = await reading(merged, self.frame, frame, self.key, self.keep, now)
        if self.problem is not None:
            log.warning("%s back", self.name)
        self.param.update(
            frame=self.frame if same(frame, self.frame) else frame,  # then nobody draws it anew
            observed_at=newest(frame, now),
            fetched_at=now,
            problem=None,
            practice=practice,
        )

    def lose(self, problem: FeedError) -> None:
        """The last good frame stands; said once."""
        if self.problem is None:
            log.warning("%s lost: %s", self.name, problem)
        self.problem = bare(problem)
