"""Keeps every good frame as it comes: a thread of its own, so that a slow disk delays nobody.

Frames are committed together every few seconds; what was committed outlives kill -9. When the
disk is full the past pauses, the present goes on, and the frames of the pause follow later, as
many as memory allows.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterable

import pandas as pd
from deltalake.exceptions import DeltaError

from data._age import duration
from data._clock import clock
from data._columns import Frame
from data._feed import Feed
from data._history import History, Kept, day_of
from data._last_known import LastKnown, warm
from data._past import history, practice
from data._redact import redact
from data._rows import index, marks
from data._tidy import forget, tidy

log = logging.getLogger(__name__)
EVERY = 15.0  # seconds between two commits
TIDY = 1800.0  # seconds between two looks at the number of files
MOST = 2_000_000  # rows that wait while nothing can be written
Waiting = dict[tuple[str, bool], list[Kept]]


class Keeper:
    """Writes what the feeds take.

    Args:
        feeds: whose frames, also those that join while it keeps; those of tables that never
            change are not kept.
        where: the history they are written to.
    """

    def __init__(self, feeds: Iterable[Feed], where: History = history):
        self._all = feeds
        self.feeds: dict[str, Feed] = {}
        self.history, self.last, self.problem = where, LastKnown(), ""
        self._waiting: Waiting = defaultdict(list)
        self._marks: dict[str, pd.Series] = {}
        self._began: dict[str, Frame] = {}  # with what a feed began, until its first frame is kept
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._watchers: list = []
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)
        self._join()

    def warm(self) -> int:
        """Begin with what was known last; returns of how many feeds something was."""
        self._began |= warm(self.feeds.values(), self.last, clock.now())
        return len(self._began)

    def start(self) -> None:
        """From now on every frame is kept."""
        for feed in self.feeds.values():
            self._watch(feed)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end."""
        for feed, watcher in self._watchers:
            feed.param.unwatch(watcher)
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(60)

    def take(self, feed: Feed) -> None:
        """Its frame, as it is now, will be written."""
        if isinstance(feed.frame, pd.DataFrame) and feed.fetched_at is not None:
            kept = Kept(feed.frame, feed.observed_at, feed.fetched_at)
            with self._lock:
                self._waiting[feed.name, feed.practice].append(kept)

    def write(self) -> None:
        """Commit what waits, a table after the other; what cannot be written waits on."""
        self._join()
        with self._lock:
            waiting, self._waiting = self._waiting, defaultdict(list)
        failed, problem = {}, ""
        for (name, played), kept in waiting.items():
            feed = self.feeds[name]
            if (began := self._began.pop(name, None)) is not None:
                self._marks[name] = marks(began, feed.key)
            before = self._marks.get(name)
            new = [one for one in map(lambda k, f=feed: self._new(f, k), kept) if one]
            try:
                if new:
                    self.history.append(name, played, new, feed.columns)
            except (OSError, DeltaError) as error:
                failed[name, played], problem = kept, _words(error)
                self._marks.pop(name) if before is None else self._marks.update({name: before})
                continue
            try:
                self.last.put(feed, played, kept[-1])
            except OSError as error:
                problem = _words(error)
        self._say(problem)
        with self._lock:
            for key, kept in failed.items():
                self._waiting[key][:0] = kept
            self._bound()

    def forget(self) -> None:
        """What the practice city has not seen yet, when its clock was set back, is let go."""
        now = clock.now()
        for name in self.feeds:
            try:
                forget(self.history, name, True, now)
            except (OSError, DeltaError) as error:
                log.warning("the past of %s cannot be read: %s", name, _words(error))

    def tidy(self) -> None:
        """Make few files of many, and let go what is older than a feed's retention."""
        now = clock.now()
        for feed in self.feeds.values():
            key = [n for n in feed.key if n != "observed_at" and n in feed.columns]
            first = day_of(now - duration(feed.retention))
            try:
                tidy(self.history, feed.name, practice(feed), key, first, day_of(now))
            except (OSError, DeltaError) as error:
                log.warning("the past of %s stays untidy: %s", feed.name, _words(error))

    def _join(self) -> None:
        """Feeds that have come since; what such a one holds already is kept."""
        for feed in self._all:
            if feed.every and feed.name not in self.feeds:
                self.feeds[feed.name] = feed
                if self._thread.is_alive():
                    self._watch(feed)
                    self.take(feed)

    def _watch(self, feed: Feed) -> None:
        told = feed.param.watch(lambda _: self.take(feed), "fetched_at")
        self._watchers.append((feed, told))

    def _new(self, feed: Feed, kept: Kept) -> Kept | None:
        """What a frame adds: all of it where an answer is the whole, else the rows of the keys
        that changed; None when it says the same as the one before.
        """
        told, before = marks(kept.frame, feed.key), self._marks.get(feed.name)
        self._marks[feed.name] = told
        if before is None:
            return kept
        if not feed.keep:
            same = told.equals(before) and "observed_at" in feed.columns
            return None if same else kept
        changed = told.index[told != before.reindex(told.index, fill_value=0)]
        rows = kept.frame[index(kept.frame, feed.key).isin(changed)]
        return Kept(rows, kept.observed_at, kept.fetched_at) if len(rows) else None

    def _run(self) -> None:
        tidied = time.monotonic()
        self._safely(self.forget)
        while not self._stop.wait(EVERY):
            self._safely(self.write)
            if time.monotonic() - tidied > TIDY:
                self._safely(self.tidy)
                tidied = time.monotonic()
        self._safely(self.write)

    def _safely(self, work) -> None:
        try:
            work()
        except Exception:
            log.exception("the history went wrong")

    def _say(self, problem: str) -> None:
        """Once when it pauses, once when it goes on."""
        if problem and not self.problem:
            log.warning("the history pauses: %s", problem)
        elif self.problem and not problem:
            log.warning("the history goes on")
        self.problem = problem

    def _bound(self) -> None:
        """Let the oldest go when more waits than memory should hold."""
        waiting = sum(len(k.frame) for kept in self._waiting.values() for k in kept)
        while waiting > MOST:
            oldest = min((k for k in self._waiting.values() if k), key=lambda k: k[0].fetched_at)
            waiting -= max(len(oldest.pop(0).frame), 1)


def _words(error: Exception) -> str:
    """What went wrong, without addresses."""
    return redact(str(error))[:200]
