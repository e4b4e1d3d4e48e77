"""Weather warnings (기상특보) in force in the four parts of Seoul.

Source   Korea Meteorological Administration through data.go.kr, getPwnCd (KOGL type 1); the
         shape from a test fixture of one of its readers, no answer of it is recorded
Cadence  whenever one is issued or lifted

The areas beside L1100200 서울동북권, and the ones among 1 to 12 that never came, are from memory.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import kma
from data._read import code, moments, pick, plain

NAMES = {
    "area_code": ("areaCode",),
    "area": ("areaName",),
    "kind_code": ("warnVar",),
    "stress": ("warnStress",),
    "command": ("command",),
    "cancel": ("cancel",),
    "issued_at": ("tmFc",),
    "number": ("tmSeq",),
    "starts_at": ("startTime",),
}
AREAS = ("L1100100", "L1100200", "L1100300", "L1100400")
KINDS = {
    "1": ("강풍", "Strong wind"),
    "2": ("호우", "Heavy rain"),
    "3": ("한파", "Cold wave"),
    "4": ("건조", "Dry air"),
    "5": ("폭풍해일", "Storm surge"),
    "6": ("풍랑", "High seas"),
    "7": ("태풍", "Typhoon"),
    "8": ("대설", "Heavy snow"),
    "9": ("황사", "Yellow dust"),
    "12": ("폭염", "Heat wave"),
}
LEVELS = {"0": ("주의보", "advisory"), "1": ("경보", "warning")}
LIFTED = "2"


class WeatherWarnings(Feed):
    """One row per kind and area in force; no row: none is. A level of no name is its code."""

    title = "Weather warnings"
    source = "Korea Meteorological Administration"
    url = (
        "{data_go}/1360000/WthrWrnInfoService/getPwnCd?serviceKey={data_go_key}"
        "&dataType=JSON&pageNo=1&numOfRows=100&areaCode={area}"
    )
    every = "5m"
    lag = "5m"
    quiet = True
    daily = 1200
    columns = {
        "area_code": Column("str", "Area code", required=True),
        "area": Column("str", "Area"),
        "kind_code": Column("str", "Kind code", required=True),
        "kind": Column("str", "Kind"),
        "kind_en": Column("str", "Kind (English)"),
        "level": Column("str", "Level"),
        "level_en": Column("str", "Level (English)"),
        "issued_at": Column(TIME, "Issued", required=True),
        "starts_at": Column(TIME, "In force since"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """One question a part of the city."""
        return [self.url.replace("{area}", area) for area in AREAS]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Of each kind the last word counts; one that lifts or cancels it leaves no row."""
        rows = kma(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        for name in ("area_code", "kind_code", "stress", "command", "cancel"):
            rows[name] = rows[name].map(code)
        rows["area"] = rows["area"].map(plain)
        rows["number"] = pd.to_numeric(rows["number"].map(code), errors="coerce")
        rows[["issued_at", "starts_at"]] = rows[["issued_at", "starts_at"]].apply(moments)
        rows = rows.sort_values(["issued_at", "number"], na_position="first")
        rows = rows.drop_duplicates(["area_code", "kind_code"], keep="last")
        rows = rows[rows["command"].ne(LIFTED) & rows["cancel"].ne("1")]
        for language, end in ((0, ""), (1, "_en")):
            for name, theirs, table in (("kind", "kind_code", KINDS), ("level", "stress", LEVELS)):
                said = {c: words[language] for c, words in table.items()}
                rows[name + end] = rows[theirs].map(said).fillna(rows[theirs])
        return rows.reset_index(drop=True)
