"""Where the trains of the subway are.

Source   Seoul subway through swopenapi.seoul.go.kr, realtimePosition (KOGL type 1)
Cadence  seconds. One line a call: within a key's budget the lines take turns, and each row keeps
         its own age

The portal tells a station and whether the train comes in, stands or has left; places are ours.
"""

import functools
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from data import TIME, Column, Feed, empty
from data._codes import LINES, STATIONS, said
from data._envelope import subway
from data._places import measures, table
from data._read import code, moments, pick, plain
from data._turns import Turns, share

NAMES = {
    "line_id": ("subwayId",),
    "train": ("trainNo",),
    "station": ("statnNm",),
    "station_code": ("statnId",),
    "direction": ("updnLine",),
    "terminal": ("statnTnm",),
    "code": ("trainSttus",),
    "express": ("directAt",),
    "last": ("lstcarAt",),
    "observed_at": ("recptnDt",),
}
CODES = ["line_id", "train", "station_code", "direction", "code", "express", "last"]
ASKED = [name for line, (name, _) in LINES.items() if line != "1061"]  # now within 1063
WAYS = {"0": ("상행", "내선"), "1": ("하행", "외선")}  # on a line, on the loop
OURS = {theirs: ours for ours, theirs in STATIONS.items()}


class SubwayPositions(Feed):
    """One row per train under way. A line that did not run when it was asked has no rows.

    ``code``: 0 comes in, 1 stands, 2 has left, 3 has left the station before. lon and lat are
    those of the station (WGS84), NaN where our table does not know it.
    """

    title = "Subway trains"
    source = "Seoul Metropolitan Government"
    url = "{subway}/api/subway/{subway_key}/json/realtimePosition/0/200/{line}"
    every = "1m"
    lag = "2m"
    daily = 290
    key = ("line_id",)
    keep = "10m"
    columns = {
        "line_id": Column("str", "Line code", required=True),
        "line": Column("str", "Line"),
        "line_en": Column("str", "Line (English)"),
        "train": Column("str", "Train number", required=True),
        "station": Column("str", "Station", required=True),
        "station_code": Column("str", "Station number"),
        "direction": Column("str", "Direction"),
        "terminal": Column("str", "Terminal"),
        "code": Column("str", "Position code"),
        "express": Column("bool", "Express"),
        "last": Column("bool", "Last train"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def __init__(self, **params):
        """No line has had its turn yet."""
        super().__init__(**params)
        self._turns = Turns()

    def urls(self, now: datetime) -> Sequence[str]:
        """The lines whose turn it is: all of them with a lifted key."""
        lines = self._turns.take(ASKED, now, share(self.portal, self.daily))
        return [self.url.replace("{line}", quote(line, safe="")) for line in lines]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Rows as told; the directions of the loop are its inner and outer track."""
        rows = subway(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows[CODES] = rows[CODES].map(code)
        for name in ("station", "terminal"):
            rows[name] = rows[name].map(plain).map(lambda n: OURS.get(n, n))
        rows["terminal"] = rows["terminal"].str.removesuffix("종착")
        rows["line"] = rows["line_id"].map(lambda c: said(LINES, c, 0))
        rows["line_en"] = rows["line_id"].map(lambda c: said(LINES, c, 1))
        ways = rows["direction"].map(lambda c: WAYS.get(c, ("", "")))
        rows["direction"] = [w[c == "1002"] for w, c in zip(ways, rows["line_id"], strict=True)]
        rows["observed_at"] = moments(rows["observed_at"])
        rows["express"], rows["last"] = rows["express"].isin({"1", "7"}), rows["last"] == "1"
        places = _places().reindex(list(map(_known, rows["line"], rows["station"])))
        rows[["lon", "lat"]] = places.to_numpy()
        return rows


def _known(line: str, station: str) -> tuple[str, str]:
    """A line and a station on it, without what the services add to names."""
    return line, re.sub(r"\(.*|역$", "", station)


@functools.cache
def _places() -> pd.DataFrame:
    """lon and lat of our stations, by line and name."""
    rows = table((Path(__file__).parent / "places" / "stations.csv").read_bytes())
    keys = map(_known, rows["line_ko"], rows["name_ko"])
    places = measures(rows, "lon", "lat")[["lon", "lat"]]
    places.index = pd.MultiIndex.from_tuples(list(keys))
    return places[~places.index.duplicated()]
