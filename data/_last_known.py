"""The last known city in files that are quick to read: with it a start shows what there was.

One Arrow file a feed in ``last`` beside the counts of calls (data/_folder.py), written after the
frame was committed to the history, which stays the truth: a file that is not there, torn, of
other columns or of a later time than the clock's is passed over, and the history asked.
"""

import logging
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pyarrow
from deltalake.exceptions import DeltaError
from pyarrow import feather

from data._age import duration
from data._columns import Frame, check
from data._errors import FeedError
from data._feed import Feed
from data._folder import folder
from data._history import Kept, dated, local, said
from data._past import READERS, at, practice, shaped
from data._redact import redact

log = logging.getLogger(__name__)
COLUMNS = b"columns"  # in a file: what was declared of the frame's columns
UNREADABLE = (OSError, ValueError, KeyError, TypeError, FeedError, pyarrow.ArrowException)


class LastKnown:
    """The files of one place.

    Args:
        where: a folder; None: as the environment says.
    """

    def __init__(self, where: Path | None = None):
        self._where = where

    def put(self, feed: Feed, played: bool, kept: Kept) -> None:
        """This is what is known now, practice data when played. Raises OSError."""
        path = self._path(feed, played)
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = pyarrow.Table.from_pandas(dated(kept, feed.columns), preserve_index=False)
        new = path.with_suffix(f".{os.getpid()}")
        feather.write_feather(rows.replace_schema_metadata({COLUMNS: _of(feed)}), str(new))
        new.replace(path)

    def get(self, feed: Feed, now: datetime) -> Kept | None:
        """What was known; None when there is nothing that can be used."""
        path = self._path(feed, practice(feed))
        try:
            told = feather.read_table(str(path), memory_map=False)
            rows = local(told)
            observed, fetched = rows[["as_of", "fetched_at"]].max().dt.to_pydatetime()
            if fetched > now:
                return None
            if feed.keep and "observed_at" in feed.columns:
                rows = rows[rows["observed_at"] >= now - duration(feed.keep)]
            if rows.empty:
                return None
            frame = shaped(feed, rows[rows["held"]])
            if len(frame) and (told.schema.metadata or {}).get(COLUMNS) == _of(feed):
                frame = frame[list(feed.columns)]  # it was checked as it is
                frame.attrs["dropped"] = 0
            else:
                frame = check(frame, feed.columns)
        except FileNotFoundError:
            return None
        except UNREADABLE as error:
            log.warning("the last known %s cannot be used: %s", feed.name, redact(str(error))[:200])
            return None
        frame.attrs |= said(rows)
        return Kept(frame, observed, fetched)

    def clear(self) -> None:
        """The history knows better: a start asks it."""
        shutil.rmtree(self._folder(), ignore_errors=True)

    def _folder(self) -> Path:
        return self._where or folder() / "last"

    def _path(self, feed: Feed, played: bool) -> Path:
        return self._folder() / ("practice" if played else "") / f"{feed.name}.arrow"


def _of(feed: Feed) -> bytes:
    """What it declares of its columns now."""
    return repr(feed.columns).encode()


def warm(feeds: Iterable[Feed], files: LastKnown, now: datetime) -> dict[str, Frame]:
    """Give every feed without a frame what was known last, with its true age; returns the frames.

    A derived feed of which there is no file is worked out anew by the poller.
    """
    empty = [feed for feed in feeds if feed.frame is None]
    with ThreadPoolExecutor(READERS) as readers:
        found = list(readers.map(lambda feed: files.get(feed, now) or _kept(feed, now), empty))
    given = {}
    for feed, kept in zip(empty, found, strict=True):
        if kept is not None:
            feed.param.update(
                frame=kept.frame,
                observed_at=kept.observed_at,
                fetched_at=kept.fetched_at,
                practice=practice(feed),
            )
            given[feed.name] = kept.frame
    return given


def _kept(feed: Feed, now: datetime) -> Kept | None:
    """What the history knew last of a feed that asks."""
    try:
        frame = None if feed.needs else at(feed, now)
    except (OSError, DeltaError, FeedError, ValueError) as error:
        log.warning("the past of %s cannot be read: %s", feed.name, redact(str(error))[:200])
        return None
    if frame is None:
        return None
    return Kept(frame, frame.attrs.pop("observed_at"), frame.attrs.pop("fetched_at"))
