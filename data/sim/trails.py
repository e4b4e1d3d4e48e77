"""SeoulGilWalkCourse: the courses of our lines, a row for each check point, places in metres.

The fields, and EPSG:2097 for X and Y, are those that readers of the service name; no answer of it
is recorded.
"""

from functools import cache

import numpy as np
from pyproj import Transformer

from data.sim._open_data import Table
from data.sim._tables import metres, table

LEVELS = {"초급": "1", "중급": "2", "고급": "3"}


class WalkCourses(Table):
    """A course may be asked by its name."""

    name = "SeoulGilWalkCourse"

    def rows(self, args, request):
        """Course by course, point by point; it never changes."""
        rows = [row for course in table("trail_lines") for row in _points(course)]
        return [row for row in rows if not args[0] or row["COURSE_NAME"] == args[0]]


def _points(course: dict) -> list[dict]:
    places = [tuple(map(float, point.split())) for point in course["points"].split("|")]
    last = len(places) - 1
    named = {0: course["start_ko"], last: course["end_ko"]}
    shared = {
        "COURSE_CATEGORY": course["trail_id"][0],
        "COURSE_CATEGORY_NM": "서울둘레길" if course["trail_id"][0] == "T" else "한양도성길",
        "COURSE_NAME": f"{course['group_ko']} {course['course']}코스({course['name_ko']})",
        "COURSE_LEVEL": LEVELS[course["difficulty_ko"]],
        "AREA_GU": _district(places[0]),
        "DISTANCE": f"{course['length_km']}km",
        "LEAD_TIME": _told(int(course["duration_min"])),
        "RELATE_SUBWAY": course["start_ko"] if course["start_ko"].endswith("역") else "",
        "TRAFFIC_INFO": "",
        "CONTENT": "<p>연습 도시의 소개입니다.</p>",
        "DETAIL_COURSE": f"{course['start_ko']} ~ {course['end_ko']}",
    }
    metric = _belt().itransform(places)
    return [
        shared
        | {"CPI_IDX": str(n), "CPI_NAME": named.get(n - 1, f"{n}번 지점")}
        | {"X": f"{x:.4f}", "Y": f"{y:.4f}"}
        for n, (x, y) in enumerate(metric, 1)
    ]


def _told(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (hours and f"{hours}시간", rest and f"{rest}분") if part)


def _district(place: tuple[float, float]) -> str:
    """The one whose centre is nearest."""
    rows = table("districts")
    there = metres([float(r["lon"]) for r in rows], [float(r["lat"]) for r in rows])
    gaps = ((there - metres(*place)) ** 2).sum(axis=1)
    return rows[int(np.argmin(gaps))]["name_ko"]


@cache
def _belt() -> Transformer:
    return Transformer.from_crs(4326, 2097, always_xy=True)
