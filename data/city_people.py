"""How many people are in the city through the day, beside yesterday and a week ago.

Source   population_now, living_population; summed over our table of dongs
Cadence  that of population_now
"""

import pandas as pd

from data import TIME, Column, Feed
from data._people import WEEK, totals

DAY = pd.Timedelta(days=1)


class CityPeople(Feed):
    """The 24 hours of the day that the newest value belongs to, then that value if between hours.

    ``observed_at`` of a row is the hour it stands for, also one still to come: NaN so far. The
    feed's own observed_at is the time of the newest value.
    """

    title = "People in the city"
    source = "Seoul Metropolitan Government, KT"
    every = "10m"
    lag = "20m"
    mark = "estimate"
    columns = {
        "observed_at": Column(TIME, "Observed", required=True),
        "today": Column("float64", "Today", "people", low=0),
        "yesterday": Column("float64", "Yesterday", "people", low=0),
        "last_week": Column("float64", "A week ago", "people", low=0),
        "share": Column("float64", "Share of residents covered", low=0, high=1),
    }

    def derive(
        self, population_now: pd.DataFrame, living_population: pd.DataFrame, dongs: pd.DataFrame
    ) -> pd.DataFrame | None:
        """A total that does not know 90 % of the residents is NaN; share is that of today."""
        if population_now is None or dongs is None or population_now.empty:
            return None
        homes, newest = dongs.set_index("dong"), population_now["observed_at"].max()
        hours = list(pd.date_range(newest.floor("D"), periods=24, freq="h"))
        if newest not in hours:
            hours.append(newest)
        rows = pd.DataFrame({"observed_at": pd.Series(hours, dtype=TIME)})
        now, past = totals(population_now, homes), totals(living_population, homes)
        past = now.combine_first(past)  # as the newer source has it, else the older one
        today = now.reindex(hours)
        rows["today"] = today["population"].to_numpy()
        rows["share"] = today["share"].fillna(0.0).to_numpy()
        for name, ago in (("yesterday", DAY), ("last_week", WEEK)):
            wanted = [hour.floor("h") - ago for hour in hours]
            rows[name] = past["population"].reindex(wanted).to_numpy()
        rows.attrs = {
            "like": population_now.attrs.get("like", (self.every, self.lag)),
            "observed_at": newest.to_pydatetime(),
        }
        return rows
