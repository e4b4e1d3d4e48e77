"""The past of all feeds together: every frame as it was known then, and questions in SQL."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import duckdb
import pandas as pd

from data._columns import Frame
from data._course import course
from data._feed import Feed
from data._history import dataset
from data._past import history, known, practice

TABLE = re.compile(r"(?:\bfrom|\bjoin|,)\s+(\w+)", re.IGNORECASE)  # names a table, or may
LIMITS = {"memory_limit": "768MB", "threads": "2"}  # of a question in SQL


class City:
    """The past of all feeds together."""

    def __init__(self, feeds: Iterable[Feed]):
        self._feeds = feeds

    def at(self, moment: str | datetime, names: Collection[str] | None = None) -> dict[str, Frame]:
        """Frames as they were known then, by feed: of all, or of those names.

        Raises ValueError for what is no time.
        """
        wanted = (feed for feed in self._feeds if names is None or feed.name in names)
        return known(wanted, moment)

    def course(self, moments: Sequence[datetime], names: Collection[str]) -> list[dict[str, Frame]]:
        """``at`` of each of those moments, oldest first, of those names; the past is read once."""
        wanted = [feed for feed in self._feeds if feed.name in names]
        found = {feed.name: course(feed, moments) for feed in wanted}
        return [
            {name: told[k] for name, told in found.items() if told[k] is not None}
            for k in range(len(moments))
        ]

    def sql(self, question: str, **frames: pd.DataFrame) -> pd.DataFrame:
        """What DuckDB answers over the past of the feeds named in the question."""
        return sql(question, **frames)


def sql(question: str, **more: pd.DataFrame) -> pd.DataFrame:
    """What DuckDB answers, in memory; a feed's past is a table of its name, as kept.

    Args:
        question: one SELECT; times are UTC instants.
        more: frames to ask about by name.
    """
    from data import feeds

    with duckdb.connect(config=LIMITS) as base:
        base.execute("SET TimeZone = 'Asia/Seoul'")
        for name, frame in more.items():
            base.register(name, frame)
        for name in set(TABLE.findall(question)) & set(dir(feeds)) - set(more):
            _attach(base, feeds[name])
        return base.execute(question).df()


def _attach(base: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """Its table under its name: files on this machine read by DuckDB itself, others by Arrow."""
    table = history.table(feed.name, practice(feed))
    files = [] if table is None else table.file_uris()
    if not files:
        raise ValueError(f"nothing of {feed.name} was kept yet")
    if "://" in history.uri(feed.name, practice(feed)):
        base.register(feed.name, dataset(table, ("", "9")))
    else:
        told = base.read_parquet(files, hive_partitioning=True, union_by_name=True)
        told.create_view(feed.name)
