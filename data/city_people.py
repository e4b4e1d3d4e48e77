"""How many people are in the city through the day, beside yesterday and a week ago.

Source   population_now, living_population; summed over our table of dongs
Cadence  that of population_now
"""

import pandas as pd

from data import TIME, Column, Feed
from data._people import WEEK, at, total

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
        now = [total(at(population_now, hour), homes) for hour in hours]
        rows["today"], rows["share"] = zip(*now, strict=True)
        for name, ago in (("yesterday", DAY), ("last_week", WEEK)):
            rows[name] = [
                self._past(hour.floor("h") - ago, population_now, living_population, homes)
                for hour in hours
            ]
        rows.attrs = {
            "like": population_now.attrs.get("like", (self.every, self.lag)),
            "observed_at": newest.to_pydatetime(),
        }
        return rows

    def _past(self, hour, population_now, living_population, homes) -> float:
        """The total of an hour gone by: as the newer source has it, else the older one."""
        people = at(population_now, hour)
        return total(people if len(people) else at(living_population, hour), homes)[0]
