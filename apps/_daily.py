"""What a feed published by the day told of its newest day, at each moment of the last one."""

from datetime import datetime, timedelta

import pandas as pd

from data import clock, feeds, fetched

BACK = timedelta(days=1, hours=1)  # further back nobody asks


class Daily:
    """Read once a fetching, however many moments are asked for; for one thread at a time."""

    def __init__(self, name: str):
        self._feed = feeds[name]
        self._read: datetime | None = None
        self._times: list[datetime] = []
        self._days: dict[datetime | None, pd.DataFrame | None] = {}  # by when it was fetched

    def at(self, moment: datetime) -> pd.DataFrame | None:
        """The rows of the newest day known then; None when nothing was. Blocks."""
        if self._read is None or moment > self._read:
            self._read = clock.now()
            self._times = fetched(self._feed, self._read - BACK, self._read)
            self._days = {time: self._days[time] for time in self._times if time in self._days}
        last = max((time for time in self._times if time <= moment), default=None)
        if last not in self._days:
            self._days[last] = newest_day(self._feed.at(moment))
        return self._days[last]


def newest_day(rows: pd.DataFrame | None) -> pd.DataFrame | None:
    """Of rows those of the newest day among them."""
    if rows is None or rows.empty:
        return rows
    return rows[rows["observed_at"] >= rows["observed_at"].max().floor("D")]
