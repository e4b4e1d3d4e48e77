"""How many people get on and off at the subway stations and bus stops of the busy places.

Source   data.seoul.go.kr, citydata (Seoul Metropolitan Government and KT, KOGL type 1); the block
         of the buses from the portal's list of fields, no answer with it is recorded
Cadence  5 minutes, as the places have their turn (see hotspots)
"""

from collections.abc import Mapping

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import KEEP, PLACE, URL, block, rows, times, told
from data._read import numbers

MODES = {"SUB": "subway", "BUS": "bus"}
WINDOWS = {"ACML": float("nan"), "30WTHN": 30.0, "10WTHN": 10.0, "5WTHN": 5.0}
MEASURES = {
    "on_min": "GTON_PPLTN_MIN",
    "on_max": "GTON_PPLTN_MAX",
    "off_min": "GTOFF_PPLTN_MIN",
    "off_max": "GTOFF_PPLTN_MAX",
}


class HotspotRiders(Feed):
    """One row per place, mode and window: the last 5, 10 and 30 minutes, NaN for all of the day."""

    title = "Riders at busy places"
    source = "Seoul Metropolitan Government, KT"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "25m"
    key = ("area_cd",)
    keep = KEEP
    mark = "estimate"
    columns = PLACE | {
        "mode": Column("str", "Means of transport", required=True),
        "window": Column("float64", "Counted over", "min", 0, 1440),
        "on_min": Column("float64", "Got on, at least", "people", 0, 1_000_000),
        "on_max": Column("float64", "Got on, at most", "people", 0, 1_000_000),
        "off_min": Column("float64", "Got off, at least", "people", 0, 1_000_000),
        "off_max": Column("float64", "Got off, at most", "people", 0, 1_000_000),
        "stops": Column("float64", "Stops", "stops", 0, 1000),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The blocks tell the day only: observed_at is the newest time of the answer."""
        city = told(body)
        parts = [
            self._windows(city, mode, riders)
            for mode in MODES
            for riders in block(city, f"LIVE_{mode}_PPLTN")
        ]
        if not parts:
            return empty(self.columns)
        found = pd.concat(parts, ignore_index=True)
        return found.assign(observed_at=times(city, found))

    def _windows(self, city: Mapping, mode: str, riders: dict) -> pd.DataFrame:
        parts = []
        for name, minutes in WINDOWS.items():
            wanted = {ours: (f"{mode}_{name}_{theirs}",) for ours, theirs in MEASURES.items()}
            part = rows(city, [riders], wanted | {"stops": (f"{mode}_STN_CNT",)})
            part[[*MEASURES, "stops"]] = part[[*MEASURES, "stops"]].apply(numbers)
            parts.append(part.assign(mode=MODES[mode], window=minutes))
        return pd.concat(parts, ignore_index=True)
