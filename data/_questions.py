"""The past of all feeds together: every frame as it was known then, and questions in SQL."""

from collections.abc import Iterable
from datetime import datetime

import duckdb
import pandas as pd
import pyarrow.dataset as pads

from data._columns import Frame
from data._feed import Feed
from data._history import dataset
from data._past import history, known, practice

LIMITS = {"memory_limit": "768MB", "threads": "2"}  # of a question in SQL


class City:
    """The past of all feeds together."""

    def __init__(self, feeds: Iterable[Feed]):
        self._feeds = feeds

    def at(self, moment: str | datetime) -> dict[str, Frame]:
        """Every frame as it was known then, by feed. Raises ValueError for what is no time."""
        return known(self._feeds, moment)

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
        for name in base.get_table_names(question):
            if name in more:
                base.register(name, more[name])
            elif name in dir(feeds):
                base.register(name, _asked(feeds[name]))
        return base.execute(question).df()


def _asked(feed: Feed) -> pads.Dataset:
    table = history.table(feed.name, practice(feed))
    found = None if table is None else dataset(table, ("", "9"))
    if found is None:
        raise ValueError(f"nothing of {feed.name} was kept yet")
    return found
