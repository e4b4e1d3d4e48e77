"""How many vehicles passed a counting place in an hour, into the city's middle and out of it.

Source   TOPIS through data.seoul.go.kr, VolInfo (Seoul Metropolitan Government, KOGL type 1); that
         io_type 1 is in and 2 is out is from memory, not yet seen
Cadence  hourly. One place and hour a call: within a key's budget a few places take turns, and each
         row keeps its own hour
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import seoul
from data._read import code, hours, numbers, pick
from data._turns import DAY, Turns, share

NAMES = {
    "spot_id": ("spot_num", "SPOT_NUM"),
    "day": ("ymd", "YMD"),
    "hour": ("hh", "HH"),
    "way": ("io_type", "IO_TYPE"),
    "vehicles": ("vol", "VOL"),
}
WAYS = {"1": "inbound", "2": "outbound"}
FIRST = ("A-01", "A-02", "A-03", "A-04", "A-10", "C-19", "D-42", "F-05")  # until spots are told
WORTHWHILE = 12 * 3600.0  # seconds: with a small key no more places take turns than come round
LATE = timedelta(minutes=70)  # an hour is whole ten minutes after its end


class TrafficCounts(Feed):
    """One row per counting place, its newest hour; observed_at is when that hour began.

    A way of which one lane is not known is NaN; so is one that nothing was told of.
    """

    title = "Traffic counts"
    source = "Seoul TOPIS"
    url = "{seoul}/{seoul_key}/xml/VolInfo/1/1000/{spot_id}/{hour}/"
    every = "1h"
    lag = "2h"
    daily = 23
    key = ("spot_id",)
    keep = "1d"
    follows = ("traffic_spots", "spot_id")
    columns = {
        "spot_id": Column("str", "Counting place id", required=True),
        "observed_at": Column(TIME, "Hour", required=True),
        "inbound": Column("float64", "Vehicles in", "cars", 0, 100_000),
        "outbound": Column("float64", "Vehicles out", "cars", 0, 100_000),
    }

    def __init__(self, **params):
        """No place has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The places whose turn it is: all of them with a lifted key, else as our share allows."""
        rate = share(self.portal, self.daily)
        spots = list(self.wanted or FIRST)
        ring = spots[: int(max(1, min(rate * WORTHWHILE / DAY, len(spots))))]
        ask = self.url.replace("{hour}", f"{now - LATE:%Y%m%d/%H}")
        return [ask.replace("{spot_id}", spot) for spot in self._turns.take(ring, now, rate)]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A row comes for each lane and way."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["spot_id"] = rows["spot_id"].map(code)
        rows["observed_at"] = hours(rows["day"], rows["hour"])
        rows["vehicles"] = numbers(rows["vehicles"])
        rows["way"] = rows["way"].map(code).map(WAYS)
        lanes = rows.dropna(subset=["way", "observed_at"]).groupby(
            ["spot_id", "observed_at", "way"]
        )
        sums = lanes["vehicles"].agg(lambda told: told.sum(skipna=False))
        told = sums.unstack("way").reindex(columns=[*WAYS.values()]).astype("float64")
        return told.rename_axis(columns=None).reset_index()
