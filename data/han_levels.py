"""How high the Han and the mouths of its streams stand, and how much water passes.

Source   Han River Flood Control Office, api.hrfco.go.kr, waterlevel/list/10M (KOGL type 1); names
         of fields from those who read the service, no answer of it is recorded
Cadence  every 10 minutes, a call a gauge

The gauges, their places and thresholds are those of places/river_gauges.csv. A threshold is as
the press has it or an estimate of ours, ``threshold_mark`` says which; those of the office's own
list (waterlevel/info) are not read.
"""

import functools
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd

from data import TIME, Column, Feed, Unreadable, empty
from data._gate import fields, names, opened
from data._places import measures, table
from data._read import code, listed, moments, numbers, pick
from data._stages import stages
from data._turns import Turns, share

PLACES = Path(__file__).parent / "places" / "river_gauges.csv"
OFFICE = "한강홍수통제소"
NAMES = {
    "gauge_id": ("wlobscd",),
    "observed_at": ("ymdhm",),
    "level": ("wl",),
    "flow": ("fw",),
}
OURS = {"name_ko": "gauge", "river_ko": "river", "alert_m": "warning"} | {
    f"{name}_m": name for name in ("attention", "caution", "serious")
}
SET = ("attention", "caution", "warning", "serious")
BACK = timedelta(hours=1)


class HanLevels(Feed):
    """One row per gauge, its newest; a gauge that did not measure is NaN, as is a flow not told.

    ``alert`` is the highest threshold that the water has reached, else normal; none set: we know
    no threshold; "": the water is not known.
    """

    title = "Han River levels"
    source = "Han River Flood Control Office"
    url = "{hrfco}/{hrfco_key}/waterlevel/list/10M/{gauge}/{start}/{end}.json"
    every = "10m"
    lag = "10m"
    daily = 2400
    key = ("gauge_id",)
    keep = "6h"
    columns = {
        "gauge_id": Column("str", "Gauge id", required=True),
        "gauge": Column("str", "Gauge"),
        "river": Column("str", "River"),
        "observed_at": Column(TIME, "Observed", required=True),
        "level": Column("float64", "Water level", "m", -5, 30),
        "flow": Column("float64", "Flow", "m³/s", 0, 60_000),
        "attention": Column("float64", "Attention level", "m", 0, 30),
        "caution": Column("float64", "Caution level", "m", 0, 30),
        "warning": Column("float64", "Warning level", "m", 0, 30),
        "serious": Column("float64", "Serious level", "m", 0, 30),
        "threshold_mark": Column("str", "How we know the levels"),
        "alert": Column("str", "Alert"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def __init__(self, **params):
        """No gauge has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The last hour of each gauge whose turn it is."""
        ids = self._turns.take(list(_gauges().index), now, share(self.portal, self.daily))
        ask = self.url.replace("{start}", f"{now - BACK:%Y%m%d%H%M}")
        ask = ask.replace("{end}", f"{now:%Y%m%d%H%M}")
        return [ask.replace("{gauge}", gauge) for gauge in ids]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Values are strings with blanks around them. Raises Unreadable without ``content``."""
        told = fields(opened(body))
        if "content" not in told:
            raise Unreadable(f"no content among {names(told)}")
        rows = [fields(row) for row in listed(told["content"])]
        if not rows:
            return empty(self.columns)
        rows = pick(pd.DataFrame(rows, dtype=object), NAMES)
        rows["gauge_id"] = rows["gauge_id"].map(code)
        rows["observed_at"] = moments(rows["observed_at"])
        rows[["level", "flow"]] = rows[["level", "flow"]].apply(numbers)
        rows["level"] = rows["level"].where(rows["level"].between(-5, 30))
        rows = rows.sort_values("observed_at").drop_duplicates("gauge_id", keep="last")
        rows = rows.join(_gauges(), on="gauge_id").reset_index(drop=True)
        texts = ["gauge", "river", "threshold_mark"]
        rows[texts] = rows[texts].fillna("")
        return rows.assign(alert=stages(rows, *SET))


@functools.cache
def _gauges() -> pd.DataFrame:
    """The office's gauges of our table by id: names, places, thresholds and their mark."""
    rows = table(PLACES.read_bytes()).rename(columns=OURS)
    rows = rows[rows["operator"] == OFFICE]
    columns = ["gauge", "river", "lon", "lat", *SET, "threshold_mark"]
    return measures(rows, "lon", "lat", *SET).set_index("gauge_id")[columns]
