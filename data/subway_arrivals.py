"""The next trains at the stations somebody looks at.

Source   Seoul subway through swopenapi.seoul.go.kr, realtimeStationArrival (KOGL type 1)
Cadence  seconds; asked each half minute, only for stations in ``wanted``, in turns within the key
"""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import pandas as pd

from data import TIME, Column, Feed, empty
from data._codes import LINES, STATIONS, said
from data._envelope import subway
from data._read import code, moments, number, pick, plain
from data._turns import Turns, share

NAMES = {
    "station": ("statnNm",),
    "line_id": ("subwayId",),
    "direction": ("updnLine",),
    "heading": ("trainLineNm",),
    "terminal": ("bstatnNm",),
    "order_key": ("ordkey",),
    "due": ("barvlDt",),
    "message": ("arvlMsg2",),
    "at": ("arvlMsg3",),
    "code": ("arvlCd",),
    "status": ("btrainSttus",),
    "last": ("lstcarAt",),
    "train": ("btrainNo",),
    "observed_at": ("recptnDt",),
}
TEXTS = ["station", "direction", "heading", "terminal", "message", "at", "status"]
CODES = ["line_id", "code", "last", "train"]
FAST = {"급행", "ITX", "특급"}
OURS = {theirs: ours for ours, theirs in STATIONS.items()}


class SubwayArrivals(Feed):
    """One row per coming train and station, nearest first within a line and direction.

    ``seconds`` counts from observed_at and is NaN where nobody said; ``stops`` is how far away.
    """

    title = "Subway arrivals"
    source = "Seoul Metropolitan Government"
    url = "{subway}/api/subway/{subway_key}/json/realtimeStationArrival/0/20/{station}"
    every = "30s"
    lag = "2m"
    daily = 600
    key = ("station",)
    keep = "10m"
    columns = {
        "station": Column("str", "Station", required=True),
        "line_id": Column("str", "Line code", required=True),
        "line": Column("str", "Line"),
        "line_en": Column("str", "Line (English)"),
        "direction": Column("str", "Direction"),
        "heading": Column("str", "Heading"),
        "terminal": Column("str", "Terminal"),
        "order": Column("int64", "Order"),
        "seconds": Column("float64", "Arrives in", "s", 0, 7200),
        "stops": Column("float64", "Stops away", low=0, high=100),
        "message": Column("str", "Message"),
        "at": Column("str", "Train is at"),
        "code": Column("str", "Arrival code"),
        "express": Column("bool", "Express"),
        "last": Column("bool", "Last train"),
        "train": Column("str", "Train number"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def __init__(self, **params):
        """No station has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The stations whose turn it is, as the service spells them; none: nobody looks."""
        wanted = sorted(self.wanted)
        names = self._turns.take(wanted, now, share(self.portal, self.daily)) if wanted else []
        return [self.url.replace("{station}", quote(STATIONS.get(n, n), safe="")) for n in names]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows come in no order. Service over and station not covered both are no rows."""
        rows = subway(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows[TEXTS] = rows[TEXTS].map(plain)
        rows[CODES] = rows[CODES].map(code)
        rows["station"] = rows["station"].map(lambda name: OURS.get(name, name))
        rows["line"] = rows["line_id"].map(lambda c: said(LINES, c, 0))
        rows["line_en"] = rows["line_id"].map(lambda c: said(LINES, c, 1))
        rows["observed_at"] = moments(rows["observed_at"])
        rows["express"], rows["last"] = rows["status"].isin(FAST), rows["last"] == "1"
        keys = rows["order_key"].map(plain).map(lambda k: re.match(r"[01](\d)(\d{3})", k))
        rows["order"] = [int(k[1]) if k else 0 for k in keys]
        rows["seconds"] = [
            _seconds(d, m) for d, m in zip(rows["due"], rows["message"], strict=True)
        ]
        rows["stops"] = [
            _stops(m, c, k) for m, c, k in zip(rows["message"], rows["code"], keys, strict=True)
        ]
        return rows.sort_values(["station", "line_id", "direction", "order"], ignore_index=True)


def _seconds(due: object, message: str) -> float:
    """Seconds until arrival; 0 does not mean arrived but unknown, then the message may know."""
    seconds = number(due, 1, 7200)
    if seconds == seconds:
        return seconds
    said = re.fullmatch(r"(?:(\d{1,3})분)?\s*(?:(\d{1,2})초)?\s*후.*", message)
    if not said or not any(said.groups()):
        return float("nan")
    return 60.0 * int(said[1] or 0) + int(said[2] or 0)


def _stops(message: str, arrival: str, order_key: re.Match | None) -> float:
    """Stations between the train and this one: by the message, the code or the order key."""
    if away := re.match(r"\[(\d{1,3})\]번째 전역", message):
        return float(away[1])
    if arrival in {"0", "1", "2"}:
        return 0.0
    if arrival in {"3", "4", "5"}:
        return 1.0
    return float(order_key[2]) if order_key else float("nan")
