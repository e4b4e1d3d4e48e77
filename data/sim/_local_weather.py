"""Weather, air and warnings as citydata tells them of a place."""

import math
from datetime import datetime, timedelta

from data.sim._around import Around
from data.sim._tables import table
from data.sim._warnings import AREAS, NAMES, Warnings

WINDS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]
GRADES = ((30, "좋음"), (80, "보통"), (150, "나쁨"), (math.inf, "매우나쁨"))
FINE = ((15, "좋음"), (35, "보통"), (75, "나쁨"), (math.inf, "매우나쁨"))


class LocalWeather:
    """By place, in the order of the table of hotspots, at any time."""

    def __init__(self, world):
        self.world, self._rows = world, table("hotspots")
        self._around = world.part(Around)

    def weather(self, n: int, now: datetime) -> dict:
        """WEATHER_STTS: the last ten minutes; air of the last hour at the district's station."""
        t = now - timedelta(minutes=now.minute % 10)
        lat = float(self._rows[n]["lat"])
        sky, rain = self.world.weather.at(t), self.world.weather.rain(t, lat)
        hours = [t.replace(hour=h, minute=0) for h in (5, 15)]
        low, high = (self.world.weather.at(hour).temperature for hour in hours)
        rises, sets = _sun(t)
        kind = "없음" if rain < 0.1 else "눈" if sky.snow else "비"
        sun = max(math.sin((t.hour + t.minute / 60 - 6) / 13 * math.pi), 0)
        uv = round(9 * sun * (0.3 if rain > 0.1 else 1))
        return {
            "WEATHER_TIME": f"{t:%Y-%m-%d %H:%M}", "TEMP": f"{sky.temperature:.1f}",
            "MAX_TEMP": f"{high:.1f}", "MIN_TEMP": f"{low:.1f}", "HUMIDITY": f"{sky.humidity:.0f}",
            "WIND_DIRCT": WINDS[round(sky.direction / 45) % 8], "WIND_SPD": f"{sky.wind:.1f}",
            "PRECIPITATION": "-" if kind == "없음" else f"{rain:.1f}", "PRECPT_TYPE": kind,
            "PCP_MSG": "비 또는 눈 소식이 없어요." if kind == "없음" else "우산을 챙기세요.",
            "SUNRISE": rises, "SUNSET": sets, "UV_INDEX_LVL": "낮음" if uv < 3 else "보통",
            "UV_INDEX": str(uv), "UV_MSG": "", **self._air(n, t),
            "FCST24HOURS": [self._later(t + timedelta(hours=k), lat) for k in range(1, 25)],
            "NEWS_LIST": self._warned(lat, t),
        }  # fmt: skip

    def _air(self, n: int, t: datetime) -> dict:
        hour = (t - timedelta(minutes=15)).replace(minute=0)
        breaths = {b.station: b for b in self.world.air.at(hour)}
        breath = breaths.get(self._around.district(n), breaths["서초구"])
        pm10, pm25 = breath.amounts.get("PM10"), breath.amounts.get("PM2.5")
        return {
            "PM25_INDEX": _grade(FINE, pm25), "PM25": _text(pm25),
            "PM10_INDEX": _grade(GRADES, pm10), "PM10": _text(pm10),
            "AIR_IDX": breath.grade or "점검중",
            "AIR_IDX_MVL": f"{breath.index:.1f}" if breath.amounts else "점검중",
            "AIR_IDX_MAIN": breath.pollutant, "AIR_MSG": "",
        }  # fmt: skip

    def _later(self, t: datetime, lat: float) -> dict:
        hour = t.replace(minute=0)
        rain, sky = self.world.weather.rain(hour, lat), self.world.weather.at(hour)
        fell = "-" if rain < 0.1 else "1 미만" if rain < 1 else f"{rain:.1f}"
        return {
            "FCST_DT": f"{hour:%Y%m%d%H%M}", "TEMP": f"{sky.temperature:.0f}",
            "PRECIPITATION": fell, "PRECPT_TYPE": "없음" if rain < 0.1 else "비",
            "RAIN_CHANCE": "30" if rain < 0.1 else "60",
            "SKY_STTS": "맑음" if rain < 0.1 else "흐림",
        }  # fmt: skip

    def _warned(self, lat: float, t: datetime) -> list[dict]:
        area = min(AREAS, key=lambda name: abs(AREAS[name][1] - lat))
        words = [w for w in self.world.part(Warnings).in_force(t) if w.area == area]
        return [
            {"WARN_VAL": NAMES[w.kind], "WARN_STRESS": "주의보" if w.level == 1 else "경보",
             "ANNOUNCE_TIME": f"{w.at:%Y%m%d%H%M}", "COMMAND": "발표", "CANCEL_YN": "정상",
             "WARN_MSG": "야외활동은 최대한 자제해주세요."}
            for w in words
        ]  # fmt: skip


def _grade(limits, value: float | None) -> str:
    return "점검중" if value is None else next(word for limit, word in limits if value <= limit)


def _text(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _sun(t: datetime) -> tuple[str, str]:
    """When the sun rises and sets that day, right to some minutes."""
    half = 6.05 + 1.32 * math.cos((t.timetuple().tm_yday - 172) / 365.25 * 2 * math.pi)
    minutes = [round(60 * (12.58 + half * side)) for side in (-1, 1)]
    return tuple(f"{m // 60:02d}:{m % 60:02d}" for m in minutes)
