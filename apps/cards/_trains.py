"""Trains on their way to one station, as they are now. Pure."""

from datetime import datetime, timedelta

import pandas as pd

BACKWARD = {"상행", "외선"}  # the portal's words for the way against the order of the stations
GONE = 30.0  # seconds after its time that a train is still shown, for it stands at the platform
A_STOP = 150.0  # seconds from stop to stop: only for the order of trains whose time is not known
PATIENCE = 2.0  # times A_STOP after which such a train must have passed


def coming(rows: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The trains that have not come yet, nearest first, each once.

    Adds ``left``: seconds from now, NaN where the portal told no time; counted on from
    observed_at, so that a late frame does not promise a train that has gone.
    """
    past = (now - rows["observed_at"]).dt.total_seconds()
    left = rows["seconds"] - past
    guess = (rows["stops"].fillna(rows["order"]) * A_STOP - past).where(left.isna(), left)
    unknown = left.isna() & (past <= (rows["stops"].fillna(10) + 1) * A_STOP * PATIENCE)
    rows = rows.assign(left=left, guess=guess)[(left > -GONE) | unknown]
    rows = rows.sort_values(["guess", "order"], kind="stable")
    named = rows["train"].ne("") & rows["train"].ne("0")
    again = rows.duplicated(["line_id", "direction", "train"]) & named
    return rows[~again].reset_index(drop=True)


def due(row) -> datetime | None:
    """When the train is there; None where the portal told no time."""
    if row.left != row.left:
        return None
    return row.observed_at.to_pydatetime() + timedelta(seconds=row.seconds)


def side(row, neighbours: tuple[str, str]) -> int:
    """Which of (the stop before, the stop after) the train goes to: by its heading, else its way.

    ``성수행 - 신촌방면`` goes to 신촌; an express heads for a stop further on.
    """
    via = row.heading.partition(" - ")[2].partition("방면")[0].strip()
    for n, name in enumerate(neighbours):
        if via and name and (via == name or via == name.removesuffix("역")):
            return n
    return 0 if row.direction in BACKWARD else 1
