"""The past beyond one machine's memory: the same tables as a dask.dataframe, a partition a day.

Needs the packages of the group ``scale``; where the work is done says the distributed Client
that is open, if any.
"""

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
from pyarrow.dataset import field, scalar

from data._history import History

if TYPE_CHECKING:
    import dask.dataframe

    from data._feed import Feed


def spread(
    feed: "Feed", uri: str, first: datetime, last: datetime, days: list[str]
) -> "dask.dataframe.DataFrame":
    """Rows observed from first to last, each once a day of fetched_at, one partition such a day.

    A row that came again on a later day with another value is there twice: ``fetched_at`` tells.

    Args:
        feed: whose.
        uri: of its table.
        first, last: aware.
        days: of fetched_at, one partition each.
    """
    import dask.dataframe

    meta = read_day("", feed.name, uri, first, last)
    return dask.dataframe.from_map(
        read_day, days, feed=feed.name, uri=uri, first=first, last=last, meta=meta
    )


def read_day(day: str, feed: str, uri: str, first: datetime, last: datetime) -> pd.DataFrame:
    """What was fetched on that day, read where the work is done."""
    from data import feeds
    from data._past import once

    where = field("held") & (field("observed_at") >= scalar(first))
    where &= field("observed_at") <= scalar(last)
    root, _, name = uri.rpartition("/")
    rows = History(root).read(name, False, (day, day), where) if day else pd.DataFrame()
    return once(feeds[feed], rows)
