"""Living population as it is: a drop that a city with a live signal puts down for us.

Source   the city's own signal, at CITY_DROP_URL/living_population.json (CITY_DROP_KEY if it asks)
Cadence  every 10 minutes, about 20 minutes late

The file is one JSON object; a city that wants to supply it writes:

    {"source": "KT",                                 who estimates it, shown beside the number
     "observed_at": "2022-08-08T20:10:00+09:00",     the newest time in the file
     "times": ["2022-08-06T18:00:00+09:00", …],      ISO 8601 with zone: the last 50 full hours,
                                                     then the newest time
     "dongs": ["11110515", …],                       행정동 codes of 8 digits
     "population": [[12031, 11880.5, null, …], …]}   a list per dong, a number per time: the people
                                                     present; null where it is not known
"""

import pandas as pd

from data import TIME, Column, Feed, Unreadable
from data._envelope import drop
from data._read import code, listed, moment, numbers


class PopulationSignal(Feed):
    """One row per dong and time, hourly for two days and then the newest."""

    title = "Living population signal"
    source = "Seoul Metropolitan Government, KT"
    url = "{drop}/living_population.json"
    every = "10m"
    lag = "20m"
    mark = "estimate"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "population": Column("float64", "Living population", "people", 0, 1_000_000),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Raises Unreadable when the table does not have a number per dong and time."""
        told = drop(body)
        names = ("times", "dongs", "population")
        if not isinstance(told, dict) or not all(isinstance(told.get(n), list) for n in names):
            raise Unreadable(f"no lists named {', '.join(names)}")
        times = [moment(text) for text in told["times"]]
        dongs = [code(dong) for dong in told["dongs"]]
        table = [listed(row) for row in told["population"]]
        if len(table) != len(dongs) or {len(row) for row in table} - {len(times)}:
            raise Unreadable(f"not {len(times)} numbers for each of {len(dongs)} dongs")
        return pd.DataFrame(
            {
                "dong": [dong for dong in dongs for _ in times],
                "observed_at": pd.Series(times * len(dongs), dtype=TIME),
                "population": numbers(pd.Series([n for row in table for n in row], dtype=object)),
            }
        )
