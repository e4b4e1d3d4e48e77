"""How high the water stands in the sewers of the districts.

Source   data.seoul.go.kr, DrainpipeMonitoringInfo (Seoul Metropolitan Government, KOGL type 1)
Cadence  a row a minute a sensor. One district and hour a call: within a key's budget the districts
         take turns, those that flood first before the others, and each row keeps its own age

Districts have numbers of their own here, 01 종로 to 25 강동: 01, 03 and 19 were seen, the others
follow the usual order of the city. REMARK, a place in words, came later and may be missing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, moments, numbers, pick, plain
from data._turns import DAY, Turns, share

NAMES = {
    "sensor_id": ("IDN",),
    "area": ("GUBN_NAM",),
    "observed_at": ("MEA_YMD",),
    "level": ("MEA_WAL",),
    "signal": ("SIG_STA",),
}
SPOILT = "통신이상"
LOW = (
    "21",
    "20",
    "23",
    "22",
    "19",
    "17",
    "24",
    "15",
    "16",
    "14",
)  # 관악 동작 강남 서초 영등포 구로 …
RING = (*LOW, *(f"{n:02}" for n in range(1, 26) if f"{n:02}" not in LOW))
WORTHWHILE = 3 * 3600.0  # seconds: with a small key no more districts take turns than come round
LATE = timedelta(minutes=5)  # until then an hour has hardly a row


class Sewers(Feed):
    """One row per sensor, its newest; the level of one that is out of contact is NaN.

    ``gu_code`` is "" for a district of another name; ``place`` is "" where nothing is said.
    """

    title = "Sewer levels"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/DrainpipeMonitoringInfo/1/1000/{district}/{hour}/{hour}/"
    every = "10m"
    lag = "10m"
    daily = 50
    key = ("sensor_id",)
    keep = "6h"
    pages = 2
    columns = {
        "sensor_id": Column("str", "Sensor id", required=True),
        "area": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "place": Column("str", "Place"),
        "observed_at": Column(TIME, "Observed", required=True),
        "level": Column("float64", "Water level", "m", 0, 20),
        "connected": Column("bool", "In contact"),
    }

    def __init__(self, **params):
        """No district has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The districts whose turn it is: all with a lifted key, else as many as our share."""
        rate = share(self.portal, self.daily)
        ring = RING[: int(max(1, min(rate * WORTHWHILE / DAY, len(RING))))]
        ask = self.url.replace("{hour}", f"{now - LATE:%Y%m%d%H}")
        return [ask.replace("{district}", n) for n in self._turns.take(ring, now, rate)]

    def next(self, body: bytes, url: str) -> str | None:
        """A second page where a district has more sensors than one holds."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as told, in no order; ``join`` puts those of all districts right at once."""
        told = seoul(body)
        if told.empty:
            return empty(self.columns)
        return pick(told, NAMES).assign(place=told.get("REMARK", ""))

    def join(self, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
        """Of each sensor the last minute counts."""
        rows = super().join(parts)
        if "signal" not in rows:  # nobody told a row
            return rows
        rows["sensor_id"] = rows["sensor_id"].map(code)
        rows["observed_at"] = moments(rows["observed_at"])
        rows = rows.sort_values("observed_at", na_position="first")
        rows = rows.drop_duplicates("sensor_id", keep="last").reset_index(drop=True)
        area, place, signal = (rows[name].map(plain) for name in ("area", "place", "signal"))
        there = signal != SPOILT
        said = gu_codes(area)
        return rows.assign(
            area=area,
            place=place,
            connected=there,
            level=numbers(rows["level"]).where(there),
            gu_code=said.where(said != "", gu_codes(area + "구")),
        )
