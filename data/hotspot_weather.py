"""Weather and air at the busy places.

Source   Korea Meteorological Administration and the city's stations through data.seoul.go.kr,
         citydata (KOGL type 1)
Cadence  10 minutes, the air hourly, as the places have their turn (see hotspots)
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._citydata import KEEP, PLACE, URL, block, rows, told
from data._read import moments, numbers, plain

MEASURES = {
    "temperature": ("TEMP",),
    "highest": ("MAX_TEMP",),
    "lowest": ("MIN_TEMP",),
    "humidity": ("HUMIDITY",),
    "wind_speed": ("WIND_SPD",),
    "rain": ("PRECIPITATION",),
    "uv": ("UV_INDEX",),
    "pm10": ("PM10",),
    "pm25": ("PM25",),
    "air": ("AIR_IDX_MVL",),
}
WORDS = {
    "wind_from": ("WIND_DIRCT",),
    "rain_kind": ("PRECPT_TYPE",),
    "air_grade": ("AIR_IDX",),
}
DRY = "없음"


class HotspotWeather(Feed):
    """One row per place. ``rain`` is 0 only where the portal says that none falls."""

    title = "Weather at busy places"
    source = "Korea Meteorological Administration, Seoul Metropolitan Government"
    url = URL
    shares = "hotspots"
    every = "5m"
    lag = "20m"
    key = ("area_cd",)
    keep = KEEP
    columns = PLACE | {
        "temperature": Column("float64", "Temperature", "°C", -40, 50),
        "highest": Column("float64", "Highest today", "°C", -40, 50),
        "lowest": Column("float64", "Lowest today", "°C", -40, 50),
        "humidity": Column("float64", "Humidity", "%", 0, 100),
        "wind_speed": Column("float64", "Wind", "m/s", 0, 80),
        "wind_from": Column("str", "Wind from"),
        "rain": Column("float64", "Rain", "mm", 0, 300),
        "rain_kind": Column("str", "Kind of rain"),
        "uv": Column("float64", "UV index", "", 0, 20),
        "pm10": Column("float64", "PM10", "µg/m³", 0, 2000),
        "pm25": Column("float64", "PM2.5", "µg/m³", 0, 1000),
        "air": Column("float64", "Air index", "", 0, 500),
        "air_grade": Column("str", "Grade"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A dash for the rain is none or unknown: the kind of rain tells which."""
        city = told(body)
        if not (weather := block(city, "WEATHER_STTS")[:1]):
            return empty(self.columns)
        found = rows(city, weather, MEASURES | WORDS | {"observed_at": ("WEATHER_TIME",)})
        found[list(MEASURES)] = found[list(MEASURES)].apply(numbers)
        found[list(WORDS)] = found[list(WORDS)].apply(lambda words: words.map(plain))
        dry = (found["rain_kind"] == DRY) & found["rain"].isna()
        return found.assign(
            rain=found["rain"].mask(dry, 0.0), observed_at=moments(found["observed_at"])
        )
