"""Rows of the files that a city puts down for us, and counts too small to be told.

Such a file is one JSON object: ``observed_at``, the moment it tells of (ISO 8601 with zone), and
one list of objects. A feed that reads one says in its docstring what the list and its fields are.
"""

from collections.abc import Collection

import pandas as pd

from data._columns import TIME
from data._envelope import drop
from data._errors import Unreadable
from data._gate import names
from data._read import moment, numbers, pick

FEWEST = 5  # people: a smaller count could tell who they are


def dropped(body: bytes, name: str, fields: Collection[str]) -> pd.DataFrame:
    """The list of that name as those columns, as they came, and ``observed_at``; perhaps no row.

    An empty list is as old as its file: ``attrs["observed_at"]`` says so.
    Raises Unreadable without the list, its fields or the time.
    """
    told = drop(body)
    if not isinstance(told, dict) or not isinstance(rows := told.get(name), list):
        there = names(told) if isinstance(told, dict) else type(told).__name__
        raise Unreadable(f"no list {name} among {there}")
    if (observed := moment(told.get("observed_at"))) is None:
        raise Unreadable("no time in observed_at")
    if not all(isinstance(row, dict) for row in rows):
        raise Unreadable(f"{name} is not a list of objects")
    rows = pd.DataFrame(rows, dtype=object) if rows else pd.DataFrame(columns=list(fields))
    rows = pick(rows, {field: (field,) for field in fields})
    rows = rows.assign(observed_at=pd.Series(observed, rows.index, TIME))
    rows.attrs["observed_at"] = observed
    return rows


def counted(rows: pd.DataFrame, columns: Collection[str], flag: str) -> pd.DataFrame:
    """The rows with those counts of people as numbers, none of them under five.

    ``"5 미만"`` and every number under five are NaN, and ``flag`` is then True; a count that is
    not known for another reason is NaN too, and does not raise the flag.
    """
    few = pd.Series(False, rows.index)
    made = {}
    for column in columns:
        count = numbers(rows[column])
        small = count.lt(FEWEST) | rows[column].eq(f"{FEWEST} 미만")
        made[column], few = count.mask(small), few | small
    return rows.assign(**made, **{flag: few})
