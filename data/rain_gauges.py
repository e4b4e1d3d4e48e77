"""Rain at the gauges of the city: in ten minutes, an hour, three hours and a day.

Source   data.seoul.go.kr, ListRainfallService (Seoul Metropolitan Government, KOGL type 1)
Cadence  every 10 minutes; single gauges fall behind, so each row keeps its own time

Since 2025 the portal renames columns: of this service only GU_NM and RN_10M are known, the others
were never seen under a new name. Places are those of places/rain_gauges.csv, by district and name.
"""

import functools
import math
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pandas as pd

from data import TIME, Column, Feed, check, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._places import measures, table
from data._read import code, moments, numbers, pick, plain
from data._rows import joined
from data._turns import share

PLACES = Path(__file__).parent / "places" / "rain_gauges.csv"
NAMES = {
    "gauge_id": ("RAINGAUGE_CODE",),
    "gauge": ("RAINGAUGE_NAME",),
    "district": ("GU_NM", "GU_NAME"),
    "observed_at": ("RECEIVE_TIME",),
    "rain": ("RN_10M", "RAINFALL10"),
}
STEP = timedelta(minutes=10)
SUMS = {"rain_hour": 6, "rain_three_hours": 18, "rain_day": 144}  # how many steps each adds up
ROW = {
    "gauge_id": Column("str", "Gauge id", required=True),
    "gauge": Column("str", "Gauge"),
    "district": Column("str", "District (Korean)"),
    "observed_at": Column(TIME, "Observed", required=True),
    "rain": Column("float64", "Rain in ten minutes", "mm", 0, 60, near=20),
}


class RainGauges(Feed):
    """One row per gauge, its newest; a sum is NaN when one of its ten minutes is not known.

    lon and lat are NaN, and ``mark`` is "", for a gauge not in our table; ``mark`` says how its
    place is known. Rain is local: a gauge is doubted that is further from each of the five nearest
    to it than any was, as the practice city plays it, in the night of 8 August 2022. ``rain_day``
    takes seven pages, which are asked on a lifted key only.
    """

    title = "Rain gauges"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/ListRainfallService/1/1000/"
    every = "10m"
    lag = "10m"
    daily = 72
    pages = 7
    columns = ROW | {
        "gu_code": Column("str", "District"),
        "rain_hour": Column("float64", "Rain in an hour", "mm", 0, 200, near=60),
        "rain_three_hours": Column("float64", "Rain in three hours", "mm", 0, 400, near=120),
        "rain_day": Column("float64", "Rain in a day", "mm", 0, 800, near=200),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "mark": Column("str", "How we know"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The page of the hours before, on a key that is lifted."""
        return page_after(body, url) if math.isinf(share(self.portal, self.daily)) else None

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The rows of a page, one per gauge and ten minutes: what ``join`` adds up."""
        rows = seoul(body)
        if rows.empty:
            return empty(ROW)
        rows = pick(rows, NAMES)
        for name in ("gauge", "district"):
            rows[name] = rows[name].map(plain)
        rows["gauge_id"] = rows["gauge_id"].map(code)
        rows["observed_at"] = moments(rows["observed_at"])
        return check(rows.assign(rain=numbers(rows["rain"])), ROW)

    def join(self, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
        """The newest row of each gauge with the sums that end there."""
        rows = joined([part for part in parts if len(part)] or parts[:1], ())
        rows = rows.drop_duplicates(["gauge_id", "observed_at"])
        rows = rows.sort_values("observed_at", ascending=False, kind="stable")
        age = rows.groupby("gauge_id")["observed_at"].transform("max") - rows["observed_at"]
        now = rows.drop_duplicates("gauge_id").reset_index(drop=True)
        for name, steps in SUMS.items():
            rain = rows[age < steps * STEP].groupby("gauge_id")["rain"]
            now[name] = now["gauge_id"].map(rain.sum().where(rain.count() == steps))
        now["gu_code"] = gu_codes(now["district"])
        keys = pd.MultiIndex.from_frame(now[["gu_code", "gauge"]])
        places = _places().reindex(keys).set_index(now.index)
        return now.join(places).assign(mark=places["mark"].fillna(""))


@functools.cache
def _places() -> pd.DataFrame:
    """lon, lat and mark of the gauges of our table, by code of district and name."""
    rows = measures(table(PLACES.read_bytes()), "lon", "lat")
    return rows.set_index(["gu_code", "name_ko"])[["lon", "lat", "mark"]]
