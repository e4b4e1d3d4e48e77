"""How high the water stands against the levels somebody has set for it: one word."""

import pandas as pd


def stages(rows: pd.DataFrame, *names: str) -> pd.Series:
    """Of each row the highest level reached, by the name of its column; dtype str.

    "normal" below all of them, "none set" where no level is known, "" where the water is not.

    Args:
        rows: with ``level`` and the named columns, metres over the same zero, NaN unknown.
        names: columns of levels, the lowest first.
    """
    told = pd.Series("normal", rows.index)
    told[rows[list(names)].isna().all(axis=1)] = "none set"
    for name in names:
        told[rows["level"] >= rows[name]] = name
    return told.where(rows["level"].notna(), "").astype("str")
