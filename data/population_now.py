"""How many people are in each dong: the live signal, or the portal's last published day.

Source   population_signal, else living_population
Cadence  that of what it stands on, said by ``frame.attrs["like"]`` as (every, lag)
"""

import pandas as pd

from data import TIME, Column, Feed

SIGNAL, PORTAL = ("10m", "20m"), ("1d", "5d")  # (every, lag) of the two
DAY = pd.Timedelta(hours=24)


class PopulationNow(Feed):
    """One row per dong and time, up to the newest there is; never a mixture of the two sources."""

    title = "Living population now"
    source = "Seoul Metropolitan Government, KT"
    every, lag = SIGNAL
    mark = "estimate"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "population": Column("float64", "Living population", "people", 0, 1_000_000),
    }

    def derive(
        self, population_signal: pd.DataFrame, living_population: pd.DataFrame
    ) -> pd.DataFrame | None:
        """The signal unless it is older than the portal's newest day; of that its last 24 hours."""
        signal, portal = _newest(population_signal), _newest(living_population)
        if signal is None and portal is None:
            return None
        if portal is None or (signal is not None and signal >= portal):
            rows, like = population_signal.copy(), SIGNAL
        else:
            recent = living_population["observed_at"] > portal - DAY
            rows, like = living_population[recent].reset_index(drop=True), PORTAL
        rows.attrs = {"like": like}
        return rows


def _newest(frame: pd.DataFrame | None) -> pd.Timestamp | None:
    return None if frame is None or frame.empty else frame["observed_at"].max()
