"""The past on disk: every good frame, one Delta Lake table a feed.

Where    $HISTORY (a folder, or s3://bucket/folder with the usual AWS_… variables), else
         ``history`` beside the counts of calls; practice data in a folder of its own in it
A row    a row of the frame and: ``observed_at`` of the row, ``as_of`` (observed_at of the frame),
         ``fetched_at``, ``fetched_on`` (its day in the city, the partition), ``row`` (its place
         in the frame) and ``held`` (False: the frame had no row). In the files shapes are WKB and
         times UTC.

A commit is whole or not there, also after kill -9; another process may read meanwhile.
"""

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow
import shapely
from deltalake import DeltaTable, WriterProperties, write_deltalake
from pyarrow.dataset import Expression, FileSystemDataset, field

from data._city import ZONE
from data._columns import TIME, Column, Frame
from data._folder import folder

DAY = "fetched_on"  # the partition
KEPT = ("as_of", "fetched_at", DAY, "held", "row")  # what a row has beside the frame's columns
SAID = ("like", "of")  # what a derived frame says of itself (data/_standing.py, data/_derive.py)
BLANK = {"bool": False, "int64": 0}  # what stands in a column that cannot hold "nothing"
HERE = pyarrow.timestamp("us", str(ZONE))
SETTINGS = {"delta.logRetentionDuration": "interval 1 days", "delta.checkpointInterval": "50"}
PACKED = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=65_536)


@dataclass(frozen=True)
class Kept:
    """A good frame as it came, its own time and when we got it, both aware."""

    frame: Frame
    observed_at: datetime
    fetched_at: datetime


class History:
    """The tables of one place; safe from any thread.

    Args:
        where: a folder or s3:// address; None: as the environment says.
    """

    def __init__(self, where: str | Path | None = None):
        self._where = where
        self._tables: dict[str, DeltaTable] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def uri(self, name: str, practice: bool) -> str:
        """Where the table of a feed is."""
        root = str(self._where or os.environ.get("HISTORY") or folder() / "history").rstrip("/")
        return f"{root}/practice/{name}" if practice else f"{root}/{name}"

    def table(self, name: str, practice: bool) -> DeltaTable | None:
        """The table as it is now; None when nothing was ever kept."""
        uri = self.uri(name, practice)
        with self._locks[uri]:
            known = self._tables.get(uri)
            if known is None or not DeltaTable.is_deltatable(uri):
                self._tables.pop(uri, None)
                if not DeltaTable.is_deltatable(uri):
                    return None
                known = self._tables[uri] = DeltaTable(uri)
            known.update_incremental()
            return known

    def append(
        self, name: str, practice: bool, kept: Iterable[Kept], columns: dict[str, Column]
    ) -> int:
        """Keep frames in one commit; returns the rows. Raises OSError or DeltaError."""
        parts = [dated(each, columns) for each in kept]
        told = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
        rows = pyarrow.Table.from_pandas(told, preserve_index=False).replace_schema_metadata(None)
        there = self.table(name, practice)
        new = there is None or {f.name for f in there.schema().fields} != set(rows.column_names)
        write_deltalake(
            self.uri(name, practice) if there is None else there,
            rows,
            mode="append",
            schema_mode="merge" if there is not None and new else None,
            partition_by=[DAY] if there is None else None,
            configuration=SETTINGS if there is None else None,
            writer_properties=PACKED,
        )
        return len(rows)

    def read(
        self,
        name: str,
        practice: bool,
        days: tuple[str, str],
        where: Expression | None = None,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Rows as kept, with times in the city's zone; empty without columns when there are none.

        Args:
            name: of the feed.
            practice: which of its two tables.
            days: first and last day of fetched_at.
            where: a condition on the rows.
            columns: which columns; None: all.
        """
        table = self.table(name, practice)
        told = None if table is None else dataset(table, days)
        if told is None:
            return pd.DataFrame()
        return local(told.to_table(columns=columns, filter=where))

    def files(self, name: str, practice: bool) -> pd.DataFrame:
        """A row a file, oldest first: fetched_on, ``first`` and ``last`` fetched_at, ``rows``."""
        table = self.table(name, practice)
        if table is None:
            return pd.DataFrame(columns=[DAY, "first", "last", "rows"])
        told = pyarrow.table(table.get_add_actions(flatten=True)).to_pandas()
        files = pd.DataFrame(
            {
                DAY: told[f"partition.{DAY}"],
                "first": told["min.fetched_at"].dt.tz_convert(ZONE),
                "last": told["max.fetched_at"].dt.tz_convert(ZONE),
                "rows": told["num_records"],
            }
        )
        return files.sort_values(["last", "first"], ignore_index=True)


def dataset(table: DeltaTable, days: tuple[str, str]) -> FileSystemDataset | None:
    """The files of those days; None when there are none."""
    first, last = days
    told = table.to_pyarrow_dataset()
    within = (field(DAY) >= first) & (field(DAY) <= last)
    files = list(told.get_fragments(filter=within))
    return FileSystemDataset(files, told.schema, told.format, told.filesystem) if files else None


def local(table: pyarrow.Table) -> pd.DataFrame:
    """Rows of Arrow with their times in the city's zone."""
    told = [f.with_type(HERE) if pyarrow.types.is_timestamp(f.type) else f for f in table.schema]
    return table.cast(pyarrow.schema(told)).to_pandas()


def day_of(when: datetime) -> str:
    """The partition of a moment."""
    return f"{when.astimezone(ZONE):%Y-%m-%d}"


def dated(kept: Kept, columns: dict[str, Column]) -> pd.DataFrame:
    """The rows of a frame with their times; one that says "no row" when there is none."""
    rows, held = pd.DataFrame(kept.frame), len(kept.frame) > 0
    if not held:
        rows = pd.DataFrame(rows.reindex([0]))
        blank = {n: BLANK[c.dtype] for n, c in columns.items() if c.dtype in BLANK}
        rows = rows.fillna(blank).astype({n: columns[n].dtype for n in blank})
    if "geometry" in rows:
        rows["geometry"] = shapely.to_wkb(rows["geometry"].to_numpy(dtype=object))
    if "observed_at" not in columns:
        rows = rows.assign(observed_at=kept.observed_at)
    fetched = pd.Timestamp(kept.fetched_at).floor("ms")  # what the log tells of a file is no finer
    rows = rows.assign(
        as_of=kept.observed_at,
        fetched_at=fetched,
        fetched_on=day_of(fetched),
        held=held,
        row=np.arange(len(rows), dtype="int32"),
    )
    if said := {name: kept.frame.attrs[name] for name in SAID if name in kept.frame.attrs}:
        rows = rows.assign(said=json.dumps(said))
    times = {n for n, c in columns.items() if c.dtype == TIME} | {"observed_at", *KEPT[:2]}
    return rows.astype(dict.fromkeys(times, TIME))


def said(rows: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """What the frame that those rows were kept of last said of itself, for its ``attrs``."""
    told = rows["said"].dropna() if "said" in rows else []
    return {name: tuple(x) for name, x in json.loads(told.iloc[-1]).items()} if len(told) else {}
