"""How fast traffic moves on the links of the main roads.

Source   TOPIS through data.seoul.go.kr, TrafficInfo (Seoul Metropolitan Government, KOGL type 1)
Cadence  about 5 minutes. One link a call: within a key's budget the links take turns, and each
         row keeps its own age
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import TIME, Column, Feed, clock, empty
from data._envelope import seoul
from data._read import code, numbers, pick
from data._turns import DAY, Turns, share

NAMES = {
    "link_id": ("link_id", "LINK_ID"),
    "speed": ("prcs_spd", "PRCS_SPD"),
    "travel_time": ("prcs_trv_time", "PRCS_TRV_TIME"),
}
FIRST = (  # asked until the chain of road_links has told more: one link of each main road
    "1040004100", "1240004900", "1130004900", "1030002000", "1070001600", "1220003800",
    "1210030700", "1000001600", "1240000600", "1210002800", "1220028800",
)  # fmt: skip
WORTHWHILE = 3600.0  # seconds: with a small key no more links take turns than come round in this


class RoadSpeeds(Feed):
    """One row per link of a main road; a closed or retired link has none."""

    title = "Road speeds"
    source = "Seoul TOPIS"
    url = "{seoul}/{seoul_key}/xml/TrafficInfo/1/5/{link_id}"
    every = "5m"
    lag = "5m"
    daily = 130
    key = ("link_id",)
    keep = "6h"
    follows = ("road_links", "link_id")
    columns = {
        "link_id": Column("str", "Road link", required=True),
        "observed_at": Column(TIME, "Observed"),
        "speed": Column("float64", "Speed", "km/h", 0, 200, required=True),
        "travel_time": Column("float64", "Travel time", "s", 0, 36_000),
    }

    def __init__(self, **params):
        """No link has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The links whose turn it is: all of them with a lifted key, else as many as our share."""
        rate = share(self.portal, self.daily)
        links = list(self.wanted or FIRST)
        ring = links[: int(max(len(FIRST), min(rate * WORTHWHILE / DAY, len(links))))]
        return [self.url.replace("{link_id}", link) for link in self._turns.take(ring, now, rate)]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The rows as told. The portal tells no time: that is when they are taken."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        return pick(rows, NAMES)

    def join(self, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
        """All answers at once: there are as many as links."""
        rows = super().join(parts)
        told = {name: numbers(rows[name]) for name in ("speed", "travel_time")}
        none = pd.Series(pd.NaT, rows.index, dtype=TIME)
        return rows.assign(link_id=rows["link_id"].map(code), observed_at=none, **told)

    async def take(self, frame: pd.DataFrame, *, practice: bool = False) -> None:
        """A speed is of when we asked."""
        asked = frame["observed_at"].fillna(clock.now())
        await super().take(frame.assign(observed_at=asked), practice=practice)
