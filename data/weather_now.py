"""The weather in the middle of the city in the last hour.

Source   Korea Meteorological Administration through data.go.kr, getUltraSrtNcst (KOGL type 1)
Cadence  hourly, ready 10 to 40 minutes after the hour
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, Column, Feed, Unreadable, empty
from data._envelope import kma
from data._read import code, moment, number, pick

NAMES = {
    "day": ("baseDate",),
    "time": ("baseTime",),
    "category": ("category",),
    "value": ("obsrValue",),
}
MEASURES = {  # ours: the service's category
    "temperature": "T1H",
    "rain": "RN1",
    "humidity": "REH",
    "wind": "WSD",
    "wind_direction": "VEC",
}
READY = timedelta(minutes=40)  # after the hour


class WeatherNow(Feed):
    """One row. Kind 1 (rain) with 0 mm is drizzle; a value the service marks as missing is NaN."""

    title = "Weather"
    source = "Korea Meteorological Administration"
    url = (
        "{data_go}/1360000/VilageFcstInfoService_2.0/getUltraSrtNcst?serviceKey={data_go_key}"
        "&dataType=JSON&pageNo=1&numOfRows=10&base_date={day}&base_time={hour}00&nx=60&ny=127"
    )
    every = "30m"
    lag = "70m"  # an hour is the newest until the next is ready, 40 minutes after it, and asked
    columns = {
        "observed_at": Column(TIME, "Observed", required=True),
        "temperature": Column("float64", "Temperature", "°C", -40, 50, step=12),
        "rain": Column("float64", "Rain in an hour", "mm/h", 0, 200),
        "humidity": Column("float64", "Humidity", "%", 0, 100),
        "wind": Column("float64", "Wind", "m/s", 0, 80),
        "wind_direction": Column("float64", "Wind from", "°", 0, 360),
        "kind": Column("str", "Precipitation code"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """The last hour that is surely ready."""
        hour = now - READY
        return [self.url.replace("{day}", f"{hour:%Y%m%d}").replace("{hour}", f"{hour:%H}")]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Precipitation codes: 0 none 1 rain 2 sleet 3 snow 5 drops 6 drops and snow 7 flurry."""
        rows = kma(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        told = dict(zip(rows["category"].map(code), rows["value"], strict=True))
        if not set(told) & set(MEASURES.values()):
            raise Unreadable(f"no weather among the categories {', '.join(sorted(told))}"[:200])
        first = rows.iloc[0]
        here = moment(f"{code(first['day'])} {code(first['time']).zfill(4)}")
        values = {name: _value(told.get(category)) for name, category in MEASURES.items()}
        row = {"observed_at": here, "kind": code(told.get("PTY", "")), **values}
        return pd.DataFrame([row]).astype({"observed_at": TIME})


def _value(value: object) -> float:
    """A measure; 900 and more either way is the service's way to say missing."""
    return number(value, -899.9, 899.9)
