"""Sums over dongs of which some may be unknown."""

from datetime import timedelta

import pandas as pd

from data._columns import TIME

COVERED = 0.9  # of the registered residents: a sum that knows fewer of them is not told
WEEK = timedelta(days=7)


def at(people: pd.DataFrame | None, when: pd.Timestamp) -> pd.Series:
    """Population by dong at that time; empty when nothing is known of it."""
    if people is None:
        return pd.Series(dtype="float64")
    rows = people[people["observed_at"] == when]
    return rows.drop_duplicates("dong", keep="last").set_index("dong")["population"]


def summed(values: pd.Series, homes: pd.DataFrame) -> pd.DataFrame:
    """Per district: population and the share of its registered residents it stands on.

    Args:
        values: population by dong; a dong without one, or with NaN, is unknown.
        homes: our dongs by ``dong``, with gu_code and population_registered.
    """
    known = values.reindex(homes.index)
    residents = homes["population_registered"]
    table = pd.DataFrame(
        {
            "population": known,
            "counted": residents.where(known.notna(), 0.0),
            "residents": residents,
        }
    )
    sums = table.groupby(homes["gu_code"]).sum()
    share = sums["counted"] / sums["residents"]
    return pd.DataFrame({"population": sums["population"].where(share >= COVERED), "share": share})


def totals(people: pd.DataFrame | None, homes: pd.DataFrame) -> pd.DataFrame:
    """The whole city at every time: population and share, by observed_at.

    The population is NaN when less than COVERED of the residents is known.
    """
    if people is None or people.empty:
        return pd.DataFrame({"population": [], "share": []}, pd.DatetimeIndex([], dtype=TIME))
    rows = people.drop_duplicates(["observed_at", "dong"], keep="last")
    residents = homes["population_registered"]
    lived = rows["dong"].map(residents).where(rows["population"].notna(), 0.0)
    there = lived.notna()
    rows = pd.DataFrame(
        {
            "observed_at": rows["observed_at"],
            "population": rows["population"].where(there),
            "residents": lived,
        }
    )
    sums = rows.groupby("observed_at").sum()
    share = sums["residents"] / residents.sum()
    return pd.DataFrame({"population": sums["population"].where(share >= COVERED), "share": share})
