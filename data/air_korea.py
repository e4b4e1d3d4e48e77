"""Air quality in Seoul as the Korea Environment Corporation has it: the second source of air.

Source   AirKorea through data.go.kr, getCtprvnRltmMesureDnsty (KOGL type 1)
Cadence  hourly, published 10 to 20 minutes after the hour
"""

import functools
from pathlib import Path

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import airkorea
from data._places import table
from data._read import code, moments, numbers, pick, plain

NAMES = {
    "station": ("stationName",),
    "type": ("mangName",),
    "observed_at": ("dataTime",),
    "pm10": ("pm10Value",),
    "pm25": ("pm25Value",),
    "o3": ("o3Value",),
    "no2": ("no2Value",),
    "co": ("coValue",),
    "so2": ("so2Value",),
    "index": ("khaiValue",),
    "grade": ("khaiGrade",),
}
MEASURED = ["pm10", "pm25", "o3", "no2", "co", "so2", "index"]
GRADES = {"1": "좋음", "2": "보통", "3": "나쁨", "4": "매우나쁨"}


class AirKorea(Feed):
    """One row per station, districts' and roadside ones. A flagged value (통신장애 …) is NaN."""

    title = "Air quality (AirKorea)"
    source = "Korea Environment Corporation"
    url = (
        "{data_go}/B552584/ArpltnInforInqireSvc/getCtprvnRltmMesureDnsty"
        "?serviceKey={data_go_key}&returnType=json&numOfRows=100&pageNo=1"
        "&sidoName=%EC%84%9C%EC%9A%B8&ver=1.3"
    )
    every = "20m"
    lag = "1h"
    daily = 80
    columns = {
        "station": Column("str", "Measuring station", required=True),
        "type": Column("str", "Kind of station"),
        "gu_code": Column("str", "District"),
        "observed_at": Column(TIME, "Observed", required=True),
        "pm10": Column("float64", "PM10", "µg/m³", 0, 3000),
        "pm25": Column("float64", "PM2.5", "µg/m³", 0, 2000),
        "o3": Column("float64", "Ozone", "ppm", 0, 1),
        "no2": Column("float64", "Nitrogen dioxide", "ppm", 0, 5),
        "co": Column("float64", "Carbon monoxide", "ppm", 0, 100),
        "so2": Column("float64", "Sulphur dioxide", "ppm", 0, 5),
        "index": Column("float64", "Air quality index", "CAI", 0, 1000),
        "grade": Column("str", "Grade"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The hour 24:00 is the midnight that ends its day; "-" and null are NaN."""
        rows = airkorea(body)
        if rows.empty:
            return empty(self.columns)
        flags = {name: rows.get(f"{name}Flag") for name in MEASURED[:-1]}
        rows = pick(rows, NAMES)
        rows["observed_at"] = moments(rows["observed_at"])
        for name in ("station", "type"):
            rows[name] = rows[name].map(plain)
        rows[MEASURED] = rows[MEASURED].apply(numbers)
        for name, flag in flags.items():
            if flag is not None:
                rows[name] = rows[name].where(flag.map(plain).eq(""))
        rows["grade"] = rows["grade"].map(code).map(GRADES).fillna("")
        return rows.assign(gu_code=rows["station"].map(_districts()).fillna(""))


@functools.cache
def _districts() -> dict[str, str]:
    """District codes by name of station."""
    rows = table((Path(__file__).parent / "places" / "air_stations.csv").read_bytes())
    return dict(zip(rows["name_ko"], rows["gu_code"], strict=True))
