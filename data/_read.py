"""Numbers, times, places, ids and texts as the portals write them: one way in for each.

What is missing comes out as NaN, None or "", never as 0. All of it is pure.
"""

import functools
import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import numpy as np
import pandas as pd
import pyproj

from data._city import BOUNDS, TM, ZONE
from data._columns import TIME
from data._errors import Unreadable
from data._text import code, link, plain

__all__ = [
    "code", "hours", "link", "listed", "lonlat", "moment", "moments", "number", "numbers", "pick",
    "plain",
]  # fmt: skip

NAN = float("nan")
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d{1,2})?", re.ASCII)
PLAIN = re.compile(r"(?:-?\d{1,15}(?:\.\d{0,20})?,)*", re.ASCII)  # a column without oddities
MISSING = -900.0  # this and less is how the portals write "not measured"
LARGEST = 1e15  # nothing a city counts is larger
MOMENT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:[ T]?(\d\d)(\d\d)?(\d\d)?)?"
    r"|(\d{4})([-/.])(\d\d?)\8(\d\d?)(?:[ T]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?",
    re.ASCII,
)
ZONED = re.compile(r"(.*\d)\s*(Z|[+-]\d\d:?\d\d)", re.ASCII)
SHORT = re.compile(r"(\d{8}) (\d{3}|\d{5})", re.ASCII)  # a time that lost its leading zero
RFC = re.compile(r"([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d.*", re.ASCII)
YEARS = range(1990, 2100)


def number(value: object, low: float | None = None, high: float | None = None) -> float:
    """The number written there; NaN when it is missing, a sentinel, outside low..high or no number.

    Only ascii digits, with commas between thousands and a decimal point, count as one.
    """
    if isinstance(value, str):
        value = value.strip(" \t\r\n")
        if len(value) > 40 or not NUMBER.fullmatch(value):
            return NAN
        value = float(value.replace(",", ""))
    elif isinstance(value, bool | np.bool) or not isinstance(value, int | float | np.number):
        return NAN
    if not MISSING < value < LARGEST:  # NaN is not either
        return NAN
    if (low is not None and value < low) or (high is not None and value > high):
        return NAN
    return float(value)


def numbers(series: pd.Series) -> pd.Series:
    """``number`` of every value, float64; quick where all are texts without oddities."""
    values = series.tolist()
    try:
        plainly = PLAIN.fullmatch(f"{','.join(values)},")
        told = np.array([*map(float, values)]) if plainly else None
    except (TypeError, ValueError):  # not all texts, or one with commas in it
        told = None
    if told is None:
        told = np.array([number(value) for value in values], "float64")
    else:
        told[told <= MISSING] = NAN
    return pd.Series(told, series.index, "float64", series.name)


def moment(text: object) -> datetime | None:
    """The time written there, aware (Asia/Seoul); None when there is none, or not since 1990.

    Knows ``YYYYMMDD[HH[MM[SS]]]``, ``YYYYMMDD HHMM`` also without its leading zero, dates with
    - / or . and ``HH:MM[:SS[.f]]``, RFC 822, a zone behind any of them, and hour 24.
    """
    text = code(text) if isinstance(text, int | float) else text
    if not isinstance(text, str) or len(text) > 40 or not (text := text.strip()).isascii():
        return None
    try:
        if RFC.fullmatch(text):
            return _since(parsedate_to_datetime(text))
        if zoned := ZONED.fullmatch(text):
            naive = _naive(zoned[1])
            return naive and _since(datetime.fromisoformat(f"{naive.isoformat()}{zoned[2]}"))
        return _since(_naive(text))
    except (ValueError, OverflowError):
        return None


def _naive(text: str) -> datetime | None:
    if short := SHORT.fullmatch(text):
        text = f"{short[1]} 0{short[2]}"
    if not (found := MOMENT.fullmatch(text)):
        return None
    packed, spaced = found.groups()[:6], [found[i] for i in (7, 9, 10, 11, 12, 13)]
    year, month, day, hour, minute, second = (int(p or 0) for p in (packed if found[1] else spaced))
    if hour == 24:  # midnight of the day that ends
        if minute or second:
            return None
        return datetime(year, month, day) + timedelta(days=1)
    return datetime(year, month, day, hour, minute, second)


def _since(when: datetime | None) -> datetime | None:
    if when is None:
        return None
    here = when.replace(tzinfo=ZONE) if when.tzinfo is None else when.astimezone(ZONE)
    return here if here.year in YEARS else None


def moments(series: pd.Series) -> pd.Series:
    """``moment`` of every value, dtype TIME; NaT where there is none."""
    known = functools.cache(moment)
    told = [known(v) if isinstance(v, str | int | float) else None for v in series]
    return pd.Series(told, series.index, TIME, name=series.name)


def hours(day: pd.Series, hour: pd.Series) -> pd.Series:
    """The time of a day and an hour of it in columns of their own, dtype TIME; NaT where none."""
    pairs = list(zip(map(code, day), map(code, hour), strict=True))
    told = {(d, h): moment(f"{d} {h.zfill(2)}00") for d, h in set(pairs)}
    return pd.Series([told[pair] for pair in pairs], day.index, TIME)


@functools.cache
def _projection(crs: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, 4326, always_xy=True)


def lonlat(x: object, y: object, crs: int = TM) -> tuple[float, float]:
    """Longitude and latitude (WGS84) of a place written in degrees or in metres of ``crs``.

    Exchanged coordinates are put right by their range. Missing, 0 and outside the city: NaN, NaN.
    """
    x, y = number(x), number(y)
    if not (x > 0 and y > 0):
        return NAN, NAN
    for east, north in ((x, y), (y, x)):
        lon, lat = (east, north) if max(x, y) <= 180 else _projection(crs).transform(east, north)
        if BOUNDS[0] <= lon <= BOUNDS[2] and BOUNDS[1] <= lat <= BOUNDS[3]:
            return float(lon), float(lat)
    return NAN, NAN


def pick(frame: pd.DataFrame, names: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """The columns we want under our names, each taken from the first of its names that is there.

    Raises Unreadable, naming the columns there are, when one has none of its names.
    """
    found = {ours: next((n for n in theirs if n in frame), None) for ours, theirs in names.items()}
    if missing := ["/".join(names[ours]) for ours, theirs in found.items() if theirs is None]:
        there = ", ".join(sorted(map(str, frame.columns)))
        raise Unreadable(f"no column {', '.join(missing)} among {plain(there)}")
    return pd.DataFrame({ours: frame[theirs] for ours, theirs in found.items()}, frame.index)


def listed(x: object) -> list:
    """One object or a list of them as a list; None and "" are none."""
    if x is None or x == "":
        return []
    return x if isinstance(x, list) else [x]
