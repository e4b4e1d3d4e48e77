"""The major projects of the city and how far they are: a drop of the city's own.

Source   the city's own, at CITY_DROP_URL/projects.json (CITY_DROP_KEY if it asks)
Cadence  whenever a department reports, about monthly

The file is one JSON object; a city that wants to supply it writes:

    {"observed_at": "2022-08-08T09:00:00+09:00",
     "projects": [{"id": "P01",
                   "name_ko": "…", "name_en": "…",
                   "theme_ko": "안전", "theme_en": "Safety",
                   "gu_code": "11650",               district, 5 digits; "" for the whole city
                   "place": "강남역 일대",
                   "picture": "https://…",           of PICTURES below; "" without one
                   "progress": 31.5,                 % of the work done; null: not known
                   "planned": 34.0,                  % that the plan has for then
                   "owner_ko": "물순환안전국", "owner_en": "Water safety bureau",
                   "deadline": "2027-12-31",
                   "state_ko": "설계 중", "state_en": "In design",
                   "changed_at": "2022-08-03T18:00:00+09:00"}, …]}   the department's last report
"""

import pandas as pd

from data import TIME, Column, Feed
from data._dropped import dropped
from data._read import code, link, moments, numbers, plain

PICTURES = ("www.seoul.go.kr", "news.seoul.go.kr", "mediahub.seoul.go.kr")
TEXTS = ("name_ko", "name_en", "theme_ko", "theme_en", "place", "owner_ko", "owner_en")
STATES = ("state_ko", "state_en")
REST = ("id", "gu_code", "picture", "progress", "planned", "deadline", "changed_at")


class Projects(Feed):
    """One row per project. Each keeps the time of its own last report in ``changed_at``."""

    title = "Major projects"
    source = "Seoul Metropolitan Government"
    url = "{drop}/projects.json"
    every = "1h"
    lag = "1d"
    columns = {
        "project_id": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "theme_ko": Column("str", "Theme (Korean)"),
        "theme_en": Column("str", "Theme (English)"),
        "gu_code": Column("str", "District"),
        "place": Column("str", "Place"),
        "picture": Column("str", "Picture"),
        "progress": Column("float64", "Progress", "%", 0, 100),
        "planned": Column("float64", "Planned progress", "%", 0, 100),
        "owner_ko": Column("str", "Department (Korean)"),
        "owner_en": Column("str", "Department (English)"),
        "deadline": Column(TIME, "Deadline"),
        "state_ko": Column("str", "State (Korean)"),
        "state_en": Column("str", "State (English)"),
        "changed_at": Column(TIME, "Changed"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A picture from anywhere else is ``""``. Raises Unreadable without the list or time."""
        rows = dropped(body, "projects", (*TEXTS, *STATES, *REST))
        for column in (*TEXTS, *STATES):
            rows[column] = rows[column].map(plain)
        return rows.assign(
            project_id=rows["id"].map(code),
            gu_code=rows["gu_code"].map(code),
            picture=rows["picture"].map(lambda text: link(text, PICTURES)),
            progress=numbers(rows["progress"]),
            planned=numbers(rows["planned"]),
            deadline=moments(rows["deadline"]),
            changed_at=moments(rows["changed_at"]),
        )
