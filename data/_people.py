"""People by dong, of which some may be unknown: their sums, their ages, how they have changed."""

from datetime import timedelta

import pandas as pd

from data._columns import TIME

COVERED = 0.9  # of the registered residents: a sum that knows fewer of them is not told
WEEK = timedelta(days=7)
GROUPS = r"^(?:fe)?male_"  # a sex and an age
AGES = {"young": range(20), "grown": range(20, 40), "middle": range(40, 65), "old": range(65, 200)}


def at(people: pd.DataFrame | None, when: pd.Timestamp) -> pd.Series:
    """Population by dong at that time; empty when nothing is known of it."""
    if people is None:
        return pd.Series(dtype="float64")
    rows = people[people["observed_at"] == when]
    return rows.drop_duplicates("dong", keep="last").set_index("dong")["population"]


def week_before(past: pd.DataFrame | None, when: pd.Timestamp) -> pd.Series:
    """Population by dong in that hour a week before; empty when nothing is known of it."""
    return at(past, when.floor("h") - WEEK)


def changes(people: pd.DataFrame | None, past: pd.DataFrame | None) -> pd.DataFrame:
    """The newest moment against the same hour a week before, by dong.

    Args:
        people: of population_now, with the ends of an estimate in low and high.
        past: of living_population.

    Returns:
        ``people``, ``change`` (a fraction; NaN where one of both is unknown) and ``unsure``:
        whether the week before lies inside the interval of the estimate, so that nobody can say.
    """
    if people is None or people.empty:
        return pd.DataFrame({"people": [], "change": [], "unsure": []}, pd.Index([], dtype="str"))
    newest = people["observed_at"].max()
    rows = people[people["observed_at"] == newest].drop_duplicates("dong", keep="last")
    rows = rows.set_index("dong")
    then = week_before(past, newest).reindex(rows.index).astype("float64")
    change = rows["population"] / then.where(then > 0) - 1
    unsure = then.between(rows["low"], rows["high"])
    return pd.DataFrame({"people": rows["population"], "change": change, "unsure": unsure})


def by_age(rows: pd.DataFrame) -> pd.DataFrame:
    """Of rows of population_by_age each of ``AGES`` as a fraction; NaN when a group is withheld."""
    groups = rows.filter(regex=GROUPS)
    first = groups.columns.str.split("_").str[1].astype(int)
    everybody = groups.sum(axis=1, skipna=False)
    return pd.DataFrame(
        {
            name: groups.loc[:, first.isin(years)].sum(axis=1, skipna=False) / everybody
            for name, years in AGES.items()
        }
    )


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
