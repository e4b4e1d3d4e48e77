"""Air quality at the city's 25 district stations.

Source   data.seoul.go.kr, RealtimeCityAir (Seoul Metropolitan Government, KOGL type 1)
Cadence  hourly, published 10 to 40 minutes after the hour
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import seoul
from data._read import moments, numbers, pick, plain

NAMES = {  # ours: the portal's since 2025, before
    "observed_at": ("MSRMT_DT", "MSRDT"),
    "area": ("SAREA_NM", "MSRRGN_NM"),
    "station": ("MSRSTN_NM", "MSRSTE_NM"),
    "pm10": ("PM", "PM10"),
    "pm25": ("FPM", "PM25"),
    "o3": ("OZON", "O3"),
    "no2": ("NTDX", "NO2"),
    "co": ("CBMX", "CO"),
    "so2": ("SPDX", "SO2"),
    "grade": ("CAI_GRD", "IDEX_NM"),
    "index": ("CAI_IDX", "IDEX_MVL"),
    "pollutant": ("CRST_SBSTN", "ARPLT_MAIN"),
}
MEASURED = ["pm10", "pm25", "o3", "no2", "co", "so2", "index"]
GRADES = {"좋음", "보통", "나쁨", "매우나쁨"}


class AirQuality(Feed):
    """One row per station: the air there in the last hour; a silent station is all NaN, ""."""

    title = "Air quality"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/RealtimeCityAir/1/25/"
    every = "20m"
    lag = "1h"
    daily = 40
    columns = {
        "station": Column("str", "Measuring station", required=True),
        "area": Column("str", "Area"),
        "observed_at": Column(TIME, "Observed", required=True),
        "pm10": Column("float64", "PM10", "µg/m³", 0, 3000, apart=100),
        "pm25": Column("float64", "PM2.5", "µg/m³", 0, 2000, apart=60),
        "o3": Column("float64", "Ozone", "ppm", 0, 1, apart=0.1),
        "no2": Column("float64", "Nitrogen dioxide", "ppm", 0, 5, apart=0.1),
        "co": Column("float64", "Carbon monoxide", "ppm", 0, 100, apart=3),
        "so2": Column("float64", "Sulphur dioxide", "ppm", 0, 5, apart=0.05),
        "index": Column("float64", "Air quality index", "CAI", 0, 1000, apart=120),
        "grade": Column("str", "Grade"),
        "pollutant": Column("str", "Main pollutant"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Without one of the four grades a station is in maintenance: its zeros are not air."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["observed_at"] = moments(rows["observed_at"])
        for name in ("area", "station", "grade", "pollutant"):
            rows[name] = rows[name].map(plain)
        rows[MEASURED] = rows[MEASURED].apply(numbers)
        works = rows["grade"].isin(GRADES)
        rows[MEASURED] = rows[MEASURED].where(works)
        rows["grade"] = rows["grade"].where(works, "")
        return rows
