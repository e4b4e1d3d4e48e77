"""How warm the Han and its streams are.

Source   data.seoul.go.kr, WPOSInformationTime (Seoul Metropolitan Government, KOGL type 1); names
         of fields from those who read the service, no answer of it is recorded
Cadence  hourly
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import seoul
from data._read import code, moments, numbers, pick, plain

NAMES = {  # ours: the portal's since 2025, before
    "station": ("MSRSTN_NM", "SITE_ID"),
    "day": ("YMD", "MSR_DATE"),
    "hour": ("HR", "MSR_TIME"),
    "temperature": ("WATT", "W_TEMP"),
}


class RiverWater(Feed):
    """One row per station, its newest; NaN while it is being serviced (점검중)."""

    title = "River water"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/WPOSInformationTime/1/100/"
    every = "1h"
    lag = "2h"
    daily = 24
    columns = {
        "station": Column("str", "Measuring station", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "temperature": Column("float64", "Water temperature", "°C", -2, 40),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The day and the time (``14:00``) stand apart; the order of rows means nothing."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["station"] = rows["station"].map(plain)
        rows["observed_at"] = moments(rows["day"].map(code) + " " + rows["hour"].map(_clock))
        rows["temperature"] = numbers(rows["temperature"])
        rows = rows.sort_values("observed_at", na_position="first")
        return rows.drop_duplicates("station", keep="last").reset_index(drop=True)


def _clock(told: object) -> str:
    """``HHMM`` of 14:00, 9:00, 1400 or 14."""
    digits = code(told).replace(":", "")
    return digits.zfill(4) if len(digits) > 2 else f"{digits.zfill(2)}00"
