"""How many people are in each district, and how that compares with a week ago.

Source   population_now, living_population; summed over our table of dongs
Cadence  that of population_now
"""

import pandas as pd

from data import TIME, Column, Feed
from data._people import at, summed, week_before


class DistrictPeople(Feed):
    """One row per district. A sum that does not know 90 % of the residents is NaN, never less."""

    title = "People in the districts"
    source = "Seoul Metropolitan Government, KT"
    every = "10m"
    lag = "20m"
    mark = "estimate"
    columns = {
        "gu_code": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "population": Column("float64", "Living population", "people", low=0),
        "last_week_change": Column("float64", "Change from a week ago", low=-1),
        "share": Column("float64", "Share of residents covered", low=0, high=1),
    }

    def derive(
        self,
        population_now: pd.DataFrame,
        living_population: pd.DataFrame,
        dongs: pd.DataFrame,
        districts: pd.DataFrame,
    ) -> pd.DataFrame | None:
        """The newest hour; the change is over the dongs known both now and then, a fraction."""
        if population_now is None or dongs is None or districts is None or population_now.empty:
            return None
        homes, newest = dongs.set_index("dong"), population_now["observed_at"].max()
        now, then = at(population_now, newest), week_before(living_population, newest)
        both = now.index[now.notna()].intersection(then.index[then.notna()])
        sums = summed(now, homes)
        same, before = summed(now[both], homes), summed(then[both], homes)
        sums["last_week_change"] = same["population"] / before["population"] - 1
        rows = districts[["gu_code", "name_ko", "name_en"]].merge(
            sums, how="left", left_on="gu_code", right_index=True
        )
        rows["observed_at"] = newest
        rows.attrs = {"like": population_now.attrs.get("like", (self.every, self.lag))}
        return rows
