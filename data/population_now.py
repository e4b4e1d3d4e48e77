"""How many people are in each dong: the live signal, else an estimate, else the last published day.

Source   population_signal, else living_population and hotspot_hours, else living_population
Cadence  that of what it stands on, said by ``frame.attrs["like"]`` as (every, lag)

The estimate is what is usual at that hour of that weekday, corrected by how the busy places
differ from their usual (data/_estimate.py), with the interval that holds 90 %.
"""

import pandas as pd

from data import TIME, Column, Feed
from data._estimate import estimate

LIKE = {"signal": ("10m", "20m"), "estimate": ("10m", "30m"), "published": ("1d", "5d")}
OF = {
    "signal": ("population_signal",),
    "estimate": ("living_population", "hotspot_hours"),
    "published": ("living_population",),
}
DAY = pd.Timedelta(hours=24)
PATIENCE = pd.Timedelta(hours=2)  # a signal later than this gives way to an estimate
ENDS = ("low", "high")


class PopulationNow(Feed):
    """One row per dong and time, up to the newest there is; never a mixture of its sources.

    ``basis`` is signal, estimate or published; low and high are those of the estimate, else NaN.
    """

    title = "Living population now"
    source = "Seoul Metropolitan Government, KT"
    every, lag = LIKE["signal"]
    mark = "estimate"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "population": Column("float64", "Living population", "people", 0, 1_000_000),
        "low": Column("float64", "Low end (90 %)", "people", 0, 1_000_000),
        "high": Column("float64", "High end (90 %)", "people", 0, 10_000_000),
        "basis": Column("str", "Basis", required=True),
    }

    def derive(
        self,
        population_signal: pd.DataFrame,
        living_population: pd.DataFrame,
        hotspot_hours: pd.DataFrame,
        dongs: pd.DataFrame,
    ) -> pd.DataFrame | None:
        """The signal while it is new; else the hours of the day and the newest moment, estimated;
        where that cannot be, the last 24 hours that were published.
        """
        signal, portal = _newest(population_signal), _newest(living_population)
        places = _newest(hotspot_hours)
        if signal is not None and signal >= max(portal or signal, (places or signal) - PATIENCE):
            return _of(population_signal, "signal")
        if portal is None:
            return None if signal is None else _of(population_signal, "signal")
        if places is not None and dongs is not None and len(dongs) and places > portal:
            hours = pd.date_range(places.floor("D"), places, freq="h")
            rows = estimate([*hours.union([places])], living_population, hotspot_hours, dongs)
            if rows["population"].notna().any():
                return _of(rows, "estimate")
        recent = living_population["observed_at"] > portal - DAY
        return _of(living_population[recent], "published")


def _of(rows: pd.DataFrame, basis: str) -> pd.DataFrame:
    """The rows as ours, with how old they may be and which feeds they stand on."""
    rows = rows.reset_index(drop=True).assign(basis=basis)
    rows = rows.assign(**{end: float("nan") for end in ENDS if end not in rows})
    rows.attrs = {"like": LIKE[basis], "of": OF[basis]}
    return rows


def _newest(frame: pd.DataFrame | None) -> pd.Timestamp | None:
    return None if frame is None or frame.empty else frame["observed_at"].max()
