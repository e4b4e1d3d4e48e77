"""The air at the 25 district stations, hour by hour."""

import math
from dataclasses import dataclass
from datetime import datetime

from data._city import ZONE
from data.sim._calendar import Curve, hours
from data.sim._chance import among, chance, drift
from data.sim._weather import Weather

AREAS = {
    "도심권": "종로구 중구 용산구",
    "서북권": "은평구 서대문구 마포구",
    "동북권": "성동구 광진구 동대문구 중랑구 성북구 강북구 도봉구 노원구",
    "서남권": "양천구 강서구 구로구 금천구 영등포구 동작구 관악구",
    "동남권": "서초구 강남구 송파구 강동구",
}
DUST = (52, 54, 60, 52, 46, 36, 28, 26, 28, 38, 46, 50)  # PM10 by month, µg/m³
TRAFFIC = Curve(
    ".7 .6 .55 .5 .55 .7 1 1.3 1.45 1.3 1.1 1 .95 .95 .95 1 1.05 1.2 1.35 1.3 1.15 1 .9 .8"
)
STEPS = {  # where a pollutant reaches an index of 0, 50, 100, 250, 500
    "PM10": (0, 30, 80, 150, 600), "PM2.5": (0, 15, 35, 75, 500), "O3": (0, 0.03, 0.09, 0.15, 0.6),
    "NO2": (0, 0.03, 0.06, 0.2, 2), "CO": (0, 2, 9, 15, 50), "SO2": (0, 0.02, 0.05, 0.15, 1),
}  # fmt: skip
MARKS = (0, 50, 100, 250, 500)
GRADES = ((50, "좋음"), (100, "보통"), (250, "나쁨"), (501, "매우나쁨"))


@dataclass(frozen=True)
class Breath:
    """What one station measured in an hour; a station in maintenance measured nothing."""

    area: str
    station: str
    amounts: dict[str, float]  # by pollutant: µg/m³, gases in ppm; empty in maintenance
    index: float = 0.0
    grade: str = ""
    pollutant: str = ""


class Air:
    """The air of the city at any full hour."""

    def __init__(self, seed: int, weather: Weather):
        self._seed, self._weather = seed, weather

    def at(self, hour: datetime) -> list[Breath]:
        """All 25 stations, area by area."""
        return [
            self._breath(area, name, hour)
            for area, names in AREAS.items()
            for name in names.split()
        ]

    def _breath(self, area: str, name: str, hour: datetime) -> Breath:
        if chance(self._seed, "maintenance", name, hour.date(), hour.hour // 4) < 0.012:
            return Breath(area, name, {})
        amounts = self._amounts(name, hour.astimezone(ZONE))
        worst, index = max(
            ((p, _index(v, STEPS[p])) for p, v in amounts.items()), key=lambda found: found[1]
        )
        grade = next(word for limit, word in GRADES if index <= limit)
        return Breath(area, name, amounts, float(round(index)), grade, worst)

    def _amounts(self, name: str, hour: datetime) -> dict[str, float]:
        h, seed = hours(hour), self._seed
        washed = math.exp(-self._weather.fallen(hour, 3) / 9)
        own = among(0.86, 1.16, seed, "air", name) + 0.08 * drift(h, 3, seed, "pm", name)
        spell = math.exp(0.55 * drift(h, 38, seed, "haze") + 0.2 * drift(h, 7, seed, "mix"))
        yellow = (
            170 * max(drift(h, 60, seed, "yellow") - 0.86, 0) / 0.14 * (hour.month in (3, 4, 5))
        )
        pm10 = DUST[hour.month - 1] * own * spell * (0.25 + 0.75 * washed) + yellow
        part = 0.52 + 0.12 * drift(h, 30, seed, "fine")
        sun = max(math.cos((hour.hour - 15) / 24 * 2 * math.pi), 0) * (0.35 + 0.65 * washed)
        summer = 0.6 + 0.4 * math.cos((hour.timetuple().tm_yday - 172) / 365 * 2 * math.pi)
        return {
            "PM10": float(round(pm10)),
            "PM2.5": float(round((pm10 - 0.8 * yellow) * part)),
            "O3": round(0.008 + 0.062 * sun * summer * own, 3),
            "NO2": round(0.019 * TRAFFIC(hour) * own * (0.5 + 0.5 * washed), 3),
            "CO": round(0.42 * own * (0.7 + 0.3 * TRAFFIC(hour)), 1),
            "SO2": round(0.003 * own, 3),
        }


def _index(amount: float, steps: tuple[float, ...]) -> float:
    for k in range(4):
        if amount <= steps[k + 1]:
            part = (amount - steps[k]) / (steps[k + 1] - steps[k])
            return MARKS[k] + part * (MARKS[k + 1] - MARKS[k])
    return 500.0
