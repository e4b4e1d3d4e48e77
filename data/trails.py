"""Walks in and around the city (서울두드림길): their check points, length and time.

Source   data.seoul.go.kr, SeoulGilWalkCourse (Seoul Metropolitan Government, KOGL type 1); names of
         fields from those who read the service, no answer of it is recorded
Cadence  now and then; asked once a day

X and Y are metres. One reader takes them for EPSG:2097, another for something else, and no known
point was at hand: they are read as EPSG:2097 and ``mark`` says assumed. Read as EPSG:5181 the same
metres lie 350 m away.
"""

import re

import pandas as pd

from data import Column, Feed, empty
from data._districts import district_in, gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, lonlat, number, pick, plain

NAMES = {
    "group": ("COURSE_CATEGORY_NM",),
    "course": ("COURSE_NAME",),
    "point": ("CPI_IDX",),
    "point_name": ("CPI_NAME",),
    "districts": ("AREA_GU",),
    "level": ("COURSE_LEVEL",),
    "length": ("DISTANCE",),
    "minutes": ("LEAD_TIME",),
    "stations": ("RELATE_SUBWAY",),
    "x": ("X",),
    "y": ("Y",),
}
TEXTS = ("group", "course", "point_name", "districts", "stations")
BELT = 2097  # EPSG code of X and Y, as one reader of the service has it
DEGREES = 180.0
LENGTH = re.compile(r"(?:약\s*)?([\d.,]+)\s*(km|㎞|m)", re.IGNORECASE | re.ASCII)
TIME = re.compile(r"(?:약\s*)?(?:(\d{1,2}(?:\.\d)?)\s*시간)?\s*(?:(\d{1,4})\s*분)?", re.ASCII)


class Trails(Feed):
    """One row per check point, in the portal's order; a course repeats its length and time.

    ``mark``: told where the place came in degrees, assumed where it came in metres, "" without.
    """

    title = "Walking trails"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/SeoulGilWalkCourse/1/1000/"
    every = "1d"
    daily = 2
    pages = 3
    key = ("course", "point")
    columns = {
        "group": Column("str", "Group"),
        "course": Column("str", "Trail", required=True),
        "point": Column("str", "Check point number"),
        "point_name": Column("str", "Check point"),
        "districts": Column("str", "Districts"),
        "level": Column("float64", "Difficulty", low=1, high=5),
        "length": Column("float64", "Length", "km", 0.05, 200),
        "minutes": Column("float64", "Time needed", "min", 1, 3000),
        "stations": Column("str", "Stations near it"),
        "gu_code": Column("str", "District"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "mark": Column("str", "How we know"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """``gu_code`` is that of the first district a course runs through."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        for name in TEXTS:
            rows[name] = rows[name].map(plain)
        places = [lonlat(x, y, BELT) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        degrees = rows["x"].map(number).le(DEGREES)
        return rows.assign(
            point=rows["point"].map(code),
            level=rows["level"].map(number),
            length=rows["length"].map(_km),
            minutes=rows["minutes"].map(_minutes),
            gu_code=gu_codes(rows["districts"].map(district_in)),
            mark=degrees.map({True: "told", False: "assumed"}).where(rows["lon"].notna(), ""),
        )


def _km(text: object) -> float:
    """``1.3km`` or ``800m`` as kilometres; a bare number is of kilometres."""
    if not (told := LENGTH.fullmatch(plain(text))):
        return number(text)
    return number(told[1]) / (1000 if told[2].lower() == "m" else 1)


def _minutes(text: object) -> float:
    """``30분`` or ``1시간 20분`` as minutes; a bare number is of minutes."""
    told = TIME.fullmatch(plain(text))
    if not told or not any(told.groups()):
        return number(text)
    return 60 * number(told[1] or 0) + number(told[2] or 0)
