"""The water of the practice city: what falls, and where it stands minutes, hours and days later."""

import math
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from data._city import ZONE
from data.sim._calendar import hours
from data.sim._chance import among, drift
from data.sim._tables import table
from data.sim._weather import WARMTH

STEP = 600  # seconds
BUCKET = 0.5  # mm: what a gauge counts by
WORST = {"11590": 1.3, "11620": 1.35, "11680": 1.25}  # 동작, 관악, 강남 in a downpour
DOWNPOUR = 25.0  # mm/h
MIDDLE = "11140"  # whose rain stands for the whole valley of the Han
LOW_WATER, PER_MM = 210.0, 38.0  # m³/s past Paldang without rain, and more for each mm on its way


@dataclass(frozen=True)
class Stream:
    """How a stream answers rain: whose district's, how soon, how long, how high.

    Attributes:
        rise, fall: hours.
        gain: metres a mm of rain that is on its way.
    """

    gu: str
    rise: float
    fall: float
    gain: float


STREAMS = {
    "도림천": Stream("11620", 0.2, 1.2, 0.030),
    "탄천": Stream("11710", 0.8, 3.5, 0.018),
    "안양천": Stream("11545", 0.8, 3.5, 0.020),
    "중랑천": Stream("11350", 0.8, 3.5, 0.025),
    "불광천": Stream("11380", 0.3, 1.2, 0.026),
    "홍제천": Stream("11410", 0.3, 1.3, 0.024),
    "목감천": Stream("11530", 0.5, 2.0, 0.022),
    "방학천": Stream("11320", 0.2, 1.0, 0.020),
    "우이천": Stream("11305", 0.4, 1.5, 0.024),
    "정릉천": Stream("11290", 0.3, 1.2, 0.020),
    "청계천": Stream("11110", 0.3, 1.2, 0.024),
    "양재천": Stream("11650", 0.4, 1.6, 0.020),
    "한강": Stream(MIDDLE, 6.0, 30.0, 0.015),
}
BASES = {"잠수교": 3.3, "한강대교": 2.1, "청담대교": 2.6, "광진교": 2.8, "행주대교": 1.4}  # m


class Water:
    """Rain in the districts and levels in streams, sewers and the Han, at any moment."""

    def __init__(self, world):
        self._weather, self._seed = world.weather, world.seed
        self._lat = {row["gu_code"]: float(row["lat"]) for row in table("districts")}
        self.fell = lru_cache(200_000)(self._fell)
        self._stood = lru_cache(50_000)(self._on_its_way)
        self.tipped = lru_cache(1000)(self._tipped)

    def _fell(self, step: int, gu: str) -> float:
        """mm in that district in the ten minutes that end at ``step`` times ten since 1970."""
        t = datetime.fromtimestamp((step - 0.5) * STEP, ZONE)
        rain = self._weather.rain(t, self._lat[gu])
        if rain <= 0:
            return 0.0
        here = 1 + 0.15 * drift(hours(t), 2, self._seed, "cell", gu)
        return rain / 6 * here * (WORST.get(gu, 1.0) if rain > DOWNPOUR else 1.0)

    def _tipped(self, day: int, gu: str, gauge: str) -> np.ndarray:
        """What a gauge counts in each ten minutes of a day (of UTC): 144 values, mm, in halves."""
        fell = np.array([self.fell(day * 144 + n + 1, gu) for n in range(144)])
        total = np.cumsum(fell) * among(0.92, 1.08, self._seed, "gauge", gauge)
        return np.diff(np.floor(total / BUCKET), prepend=0) * BUCKET

    def on_its_way(self, t: datetime, gu: str, rise: float, fall: float) -> float:
        """mm that fell there and have yet to run off: none at once, most after about ``rise``
        hours, then less over ``fall`` hours.
        """
        step, part = divmod(t.timestamp() / STEP, 1)
        before, after = (self._stood(int(step) + n, gu, rise, fall) for n in (0, 1))
        return before + (after - before) * part

    def _on_its_way(self, step: int, gu: str, rise: float, fall: float) -> float:
        weights = _weights(rise, fall)
        fell = np.array([self.fell(step - n, gu) for n in range(len(weights))])
        return float(fell @ weights)

    def level(self, t: datetime, river: str, gauge: str) -> float:
        """How high a stream stands at a gauge, m above its zero."""
        stream = STREAMS[river]
        rain = self.on_its_way(t, stream.gu, stream.rise, stream.fall)
        gain = stream.gain * among(0.9, 1.1, self._seed, "gain", gauge)
        wander = 0.03 * drift(hours(t), 3, self._seed, "stage", gauge)
        return self.base(gauge) + gain * rain + wander

    def base(self, gauge: str) -> float:
        """How high it stands there without rain, m."""
        return BASES.get(gauge) or among(0.25, 0.6, self._seed, "base", gauge)

    def discharge(self, t: datetime) -> float:
        """What comes down the Han from Paldang, m³/s: it follows the rain by half a day."""
        han = STREAMS["한강"]
        rain = self.on_its_way(t, han.gu, han.rise, han.fall)
        return (LOW_WATER + PER_MM * rain) * (1 + 0.04 * drift(hours(t), 5, self._seed, "gate"))

    def sewer(self, t: datetime, gu: str, sensor: str) -> float:
        """How high it stands in a sewer, m: people by day, rain within minutes, up to its roof."""
        t = t.astimezone(ZONE)
        use = 0.75 + 0.35 * math.cos((t.hour + t.minute / 60 - 21) / 12 * math.pi)
        rain = self.on_its_way(t, gu, 0.1, 0.5)
        dry = among(0.05, 0.3, self._seed, "dry", sensor) * use
        full = among(1.6, 3.4, self._seed, "roof", sensor)
        return min(dry + rain * among(0.012, 0.035, self._seed, "pipe", sensor), full)

    def warmth(self, t: datetime, station: str) -> float:
        """How warm the river is, °C: half a month behind the air, cooled by what has rained."""
        t = t.astimezone(ZONE)
        month = (t.timetuple().tm_yday - 30) / 365.25 * 12
        season = float(np.interp(month % 12, range(13), (*WARMTH, WARMTH[0])))
        day = 0.4 * math.cos((t.hour - 17) / 12 * math.pi)
        rain = 0.012 * self.on_its_way(t, MIDDLE, 1.0, 6.0)
        here = among(-0.6, 0.9, self._seed, "spring", station)
        return max(season, 1.8) + day + here - min(rain, 3)


@lru_cache(64)
def _weights(rise: float, fall: float) -> np.ndarray:
    """How much of what fell n steps ago is on its way now; the most of it is 1."""
    ago = np.arange(int(5 * fall * 6)) / 6
    weights = np.exp(-ago / fall) - np.exp(-ago / rise)
    return weights / weights.max()
