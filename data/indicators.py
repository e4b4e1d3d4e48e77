"""The city's indicators by year; what each is and its goal is told by ``_indicators``.

Source: press and reports of 2014-2021, most values our estimates; see places/SOURCES.md.
Cadence: never. The choice of the 61 is ours: the list of the office of 2017 is not public.
"""

import pandas as pd

from data import Column, Feed
from data._indicators import indicators
from data._places import measures, table


class Indicators(Feed):
    """One row per indicator and year, oldest first; a year that is not known has no row.

    ``mark`` must stand beside the value: found (read in a source), known (from memory) or
    estimate (ours, never to be shown as an official figure). Units differ: see ``_indicators``.
    """

    title = "City indicators"
    source = "Press and annual reports (with estimates of ours)"
    licence = "facts and estimates"
    url = "places/indicators.csv"
    columns = {
        "indicator_id": Column("str", "Code", required=True),
        "theme": Column("str", "Theme", required=True),
        "year": Column("int64", "Year", required=True),
        "value": Column("float64", "Value", required=True),
        "mark": Column("str", "How we know", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Values as they stand, with the English name of their theme."""
        rows = measures(table(body), "year", "value")
        known = indicators()
        return rows.assign(theme=[known[name].theme["en"] for name in rows["indicator_id"]])
