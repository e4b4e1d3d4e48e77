"""The weather to come in the middle of the city, hour by hour.

Source   Korea Meteorological Administration through data.go.kr, getVilageFcst (KOGL type 1); the
         shape from memory and from those who read the service, no answer of it is recorded
Cadence  every 3 hours from 02:00, ready 10 minutes later, for the next two to three days
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, Column, Feed, Unreadable, empty
from data._envelope import kma
from data._read import code, moments, number, pick, plain

NAMES = {
    "base_day": ("baseDate",),
    "base_time": ("baseTime",),
    "day": ("fcstDate",),
    "time": ("fcstTime",),
    "category": ("category",),
    "value": ("fcstValue",),
}
MEASURES = {  # ours: the service's category
    "temperature": "TMP",
    "chance": "POP",
    "humidity": "REH",
    "wind": "WSD",
    "wind_direction": "VEC",
}
CODES = {"sky": "SKY", "kind": "PTY"}
AMOUNT = re.compile(r"([\d.]+)(?:~([\d.]+))?(?: ?mm)?(?: ?(미만|이상))?", re.ASCII)
READY, TURN = timedelta(minutes=15), 3  # hours
NAN = float("nan")


class WeatherForecast(Feed):
    """One row per hour to come. ``observed_at`` is when the forecast was made, never its hour.

    Rain is told as a range: from ``rain_low`` to ``rain_high``, both 0 for none, the same where
    one number was given; ``rain_high`` is NaN where no end was, both are where nothing was.
    """

    title = "Weather forecast"
    source = "Korea Meteorological Administration"
    url = (
        "{data_go}/1360000/VilageFcstInfoService_2.0/getVilageFcst?serviceKey={data_go_key}"
        "&dataType=JSON&pageNo=1&numOfRows=1000&base_date={day}&base_time={hour}00&nx=60&ny=127"
    )
    every = "30m"
    lag = "3h"
    daily = 96
    mark = "nowcast"
    columns = {
        "forecast_at": Column(TIME, "Forecast for", required=True),
        "observed_at": Column(TIME, "Forecast made", required=True),
        "temperature": Column("float64", "Temperature", "°C", -40, 50),
        "chance": Column("float64", "Chance of rain", "%", 0, 100),
        "rain_low": Column("float64", "Rain in an hour, at least", "mm", 0, 200),
        "rain_high": Column("float64", "Rain in an hour, at most", "mm", 0, 200),
        "rain_said": Column("str", "Rain as announced"),
        "humidity": Column("float64", "Humidity", "%", 0, 100),
        "wind": Column("float64", "Wind", "m/s", 0, 80),
        "wind_direction": Column("float64", "Wind from", "°", 0, 360),
        "sky": Column("str", "Sky code"),
        "kind": Column("str", "Precipitation code"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """The last forecast that is surely ready: those of 02, 05 … 23 o'clock."""
        made = now - READY
        made -= timedelta(hours=(made.hour - 2) % TURN)
        return [self.url.replace("{day}", f"{made:%Y%m%d}").replace("{hour}", f"{made:%H}")]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Sky codes: 1 clear 3 cloudy 4 overcast. Precipitation: 0 none 1 rain 2 sleet 3 snow
        4 shower. Raises Unreadable when no category is known.
        """
        rows = kma(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["category"] = rows["category"].map(code)
        if not set(rows["category"]) & set(MEASURES.values()):
            raise Unreadable(f"no weather among {', '.join(sorted(set(rows['category'])))}"[:200])
        rows["forecast_at"] = _times(rows["day"], rows["time"])
        rows["observed_at"] = _times(rows["base_day"], rows["base_time"])
        rows = rows.dropna(subset=["forecast_at", "observed_at"])
        hour = ["forecast_at", "observed_at", "category"]
        told = rows.drop_duplicates(hour, keep="last").set_index(hour)["value"].unstack()
        told = told.reindex(columns=[*MEASURES.values(), *CODES.values(), "PCP"])
        frame = told.index.to_frame(index=False)
        for name, category in MEASURES.items():
            frame[name] = [number(value, -899.9, 899.9) for value in told[category]]
        for name, category in CODES.items():
            frame[name] = [code(value) for value in told[category].fillna("")]
        frame["rain_said"] = [plain(value) for value in told["PCP"].fillna("")]
        ranges = [amount(text) for text in frame["rain_said"]]
        frame[["rain_low", "rain_high"]] = pd.DataFrame(ranges, frame.index, dtype="float64")
        return frame


def amount(text: str) -> tuple[float, float]:
    """Least and most rain, mm, of 강수없음, 1mm 미만, 4.0mm, 30.0~50.0mm or 50.0mm 이상.

    The most is NaN where no end is told; both are where the text says none of these.
    """
    if text == "강수없음":
        return 0.0, 0.0
    if not (said := AMOUNT.fullmatch(text)):
        return NAN, NAN
    first, last = number(said[1]), number(said[2] or said[1])
    if not first <= last:
        return NAN, NAN
    return {"미만": (0.0, first), "이상": (first, NAN)}.get(said[3], (first, last))


def _times(days: pd.Series, times: pd.Series) -> pd.Series:
    return moments(days.map(code) + " " + times.map(code).str.zfill(4))
