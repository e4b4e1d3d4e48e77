"""Real-time city data (citydata): one answer tells one place, in blocks that several feeds read.

A block is an object or a list of them; when there is nothing to tell it is ``[]`` or left out.
Numbers are text or numbers, times come in five ways, commas in a text may be full-width.
"""

import functools
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from data._columns import TIME, Column
from data._envelope import seoul
from data._errors import Unreadable
from data._gate import fields, names
from data._places import table
from data._read import code, listed, moment, pick, plain

URL = "{citydata}/{citydata_key}/json/citydata/1/5/{place}"
KEEP = "7h"  # on an ordinary key the least important place has its turn every five hours
PLACE = {
    "area_cd": Column("str", "Code", required=True),
    "name_ko": Column("str", "Name (Korean)", required=True),
    "name_en": Column("str", "Name (English)"),
    "gu_code": Column("str", "District"),
}
CROWDED = {
    "여유": "Relaxed",
    "보통": "Normal",
    "약간 붐빔": "Slightly crowded",
    "붐빔": "Crowded",
}


def told(body: bytes) -> dict:
    """The blocks of an answer by name; none when the portal has nothing. Raises as ``seoul``."""
    rows = seoul(body)
    if rows.empty:
        return {}
    city = rows.iloc[0].to_dict()
    if not code(city.get("AREA_CD")):
        raise Unreadable(f"no AREA_CD among {names(city)}")
    return city


def block(city: Mapping, name: str) -> list[dict]:
    """The objects of a block; none when it is empty or not there. Raises Unreadable."""
    return [fields(item) for item in listed(city.get(name))]


def rows(city: Mapping, items: list[dict], wanted: Mapping[str, tuple]) -> pd.DataFrame:
    """One row an object, with the columns wanted (see ``pick``) and those of PLACE."""
    found = pick(pd.DataFrame(items, dtype=object), wanted)
    return found.assign(**place(city))


def place(city: Mapping) -> dict[str, str]:
    """What PLACE declares: names and district "" for a place that is not in our table."""
    known = where(city)
    name = plain(city.get("AREA_NM"))
    return {
        "area_cd": code(city["AREA_CD"]),
        "name_ko": name or known.get("name_ko", ""),
        "name_en": known.get("name_en", ""),
        "gu_code": known.get("gu_code", ""),
    }


def where(city: Mapping) -> dict[str, str]:
    """The row of our table for that place, by name, else by code; empty when it has none."""
    name, area = plain(city.get("AREA_NM")), code(city.get("AREA_CD"))
    named = (row for row in places() if row["name_ko"] == name)
    coded = (row for row in places() if row["area_cd"] == area)
    return next(named, None) or next(coded, {})


def asked_at(city: Mapping) -> datetime | None:
    """The newest time its blocks tell: for what tells no time of its own. None when none does."""
    said = [person.get("PPLTN_TIME") for person in block(city, "LIVE_PPLTN_STTS")]
    said += [weather.get("WEATHER_TIME") for weather in block(city, "WEATHER_STTS")]
    said += [road.get("ROAD_TRAFFIC_TIME") for road in roads(city)]
    return max((when for when in map(moment, said) if when), default=None)


def roads(city: Mapping) -> list[dict]:
    """What is told of the roads of the place as a whole: one object, or none."""
    return [a for road in block(city, "ROAD_TRAFFIC_STTS") for a in block(road, "AVG_ROAD_DATA")]


def times(city: Mapping, rows: pd.DataFrame) -> pd.Series:
    """``asked_at`` for every row, dtype TIME."""
    return pd.Series([asked_at(city)] * len(rows), rows.index, dtype=TIME)


@functools.cache
def places() -> list[dict[str, str]]:
    """Our table of hotspots, every cell as it is written."""
    file = Path(__file__).parent / "places" / "hotspots.csv"
    return table(file.read_bytes()).to_dict("records")
