"""Keeping the tables of the past small and quick: few files, in order, none for ever."""

from collections.abc import Sequence
from datetime import datetime

from data._city import ZONE
from data._history import DAY, PACKED, History

MANY = 24  # files of a day that is still written, before they are made one
READERS = 1  # hours that files no longer part of a table are left to those who read them


def tidy(
    history: History, name: str, practice: bool, key: Sequence[str], first: str, today: str
) -> None:
    """Days that are over become files in the order of ``key``; today's are made one when many.

    Args:
        history: where.
        name: of the feed.
        practice: which of its two tables.
        key: the columns a day is put in order of; none: as it came.
        first: the first day that stays; earlier ones are let go.
        today: the day that is still written.
    """
    table = history.table(name, practice)
    if table is None:
        return
    files = history.files(name, practice)[DAY].value_counts()
    if files.index.min() < first:
        table.delete(f"{DAY} < '{first}'")
    for day, count in files.items():
        within = [(DAY, "=", day)]
        if first <= day < today and count > 1 and key:
            table.optimize.z_order(list(key), within, writer_properties=PACKED)
        elif (first <= day < today and count > 1) or (day >= today and count > MANY):
            table.optimize.compact(within, writer_properties=PACKED)
    table.create_checkpoint()
    table.cleanup_metadata()
    table.vacuum(READERS, dry_run=False, enforce_retention_duration=False)


def forget(history: History, name: str, practice: bool, after: datetime) -> None:
    """Let go what was fetched after that moment: a clock that was set back knows nothing of it."""
    files = history.files(name, practice)
    if len(files) and files["last"].max() > after:
        history.table(name, practice).delete(f"fetched_at > '{after.astimezone(ZONE).isoformat()}'")
