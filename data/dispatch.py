"""Fires, rescues and ambulances under way (119), with the time of every stage: a drop.

Source   the city's own, at CITY_DROP_URL/dispatch.json (CITY_DROP_KEY if it asks)
Cadence  every minute

No portal tells them. The file is one JSON object; a city that wants to supply it writes:

    {"observed_at": "2022-08-08T20:10:00+09:00",
     "dispatches": [{"id": "F20220808-017",
                     "kind": "화재",                   or 구조, 구급
                     "stages": [["출동지령", "2022-08-08T19:52:10+09:00"],
                                ["현장도착", "2022-08-08T19:57:40+09:00"]],   all reached so far
                     "gu_code": "11650",               district, 5 digits
                     "dong": "11650510",               행정동 of 8 digits
                     "lon": 127.007, "lat": 37.487,    to the nearest 0.001° at most
                     "vehicles": 12}, …]}              sent; null: not known

Stages of a fire or rescue: 출동지령 현장도착 활동개시 초진 완진 상황종결 (초진, 완진: fires only);
of an ambulance: 지령하달 출동중 현장도착 활동개시. No address, and nothing of any person.
"""

import pandas as pd

from data import TIME, Column, Feed
from data._dropped import dropped
from data._read import code, listed, lonlat, moment, numbers, plain

KINDS = {"화재": "Fire", "구조": "Rescue", "구급": "Ambulance"}
STAGES = {  # in their order: the column of its time, what it is called
    "출동지령": ("received_at", "Ordered out"),
    "지령하달": ("received_at", "Ordered out"),
    "출동중": ("left_at", "On the way"),
    "현장도착": ("arrived_at", "On the scene"),
    "활동개시": ("began_at", "At work"),
    "초진": ("held_at", "Under control"),
    "완진": ("out_at", "Extinguished"),
    "상황종결": ("closed_at", "Closed"),
}
ORDER = list(STAGES)
TIMES = list(dict.fromkeys(column for column, _ in STAGES.values()))


class Dispatch(Feed):
    """One row per dispatch. A stage not reached yet is NaT; the place is right to about 100 m."""

    title = "Emergency dispatch"
    source = "Seoul Metropolitan Fire and Disaster Headquarters"
    url = "{drop}/dispatch.json"
    every = "1m"
    lag = "1m"
    columns = {
        "dispatch_id": Column("str", "Dispatch id", required=True),
        "kind": Column("str", "Kind", required=True),
        "kind_en": Column("str", "Kind (English)"),
        "stage": Column("str", "Stage", required=True),
        "stage_en": Column("str", "Stage (English)"),
        "stage_at": Column(TIME, "Stage since"),
        "received_at": Column(TIME, "Ordered out"),
        "left_at": Column(TIME, "On the way"),
        "arrived_at": Column(TIME, "On the scene"),
        "began_at": Column(TIME, "At work"),
        "held_at": Column(TIME, "Under control"),
        "out_at": Column(TIME, "Extinguished"),
        "closed_at": Column(TIME, "Closed"),
        "gu_code": Column("str", "District"),
        "dong": Column("str", "Dong"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "vehicles": Column("float64", "Vehicles", low=0, high=500),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """A stage that is out of order, or earlier than the one before it, was not reached."""
        rows = dropped(
            body, "dispatches",
            ("id", "kind", "stages", "gu_code", "dong", "lon", "lat", "vehicles"),
        )  # fmt: skip
        reached = [_reached(stages) for stages in rows["stages"]]
        told = {name: [row.get(name) for row in reached] for name in ("stage_at", *TIMES)}
        places = [lonlat(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
        return rows.assign(
            dispatch_id=rows["id"].map(code),
            kind=rows["kind"].map(plain),
            kind_en=rows["kind"].map(plain).map(KINDS).fillna(""),
            stage=[row.get("stage", "") for row in reached],
            stage_en=[row.get("stage_en", "") for row in reached],
            gu_code=rows["gu_code"].map(code),
            dong=rows["dong"].map(code),
            lon=[round(lon, 3) for lon, _ in places],
            lat=[round(lat, 3) for _, lat in places],
            vehicles=numbers(rows["vehicles"]),
            **{name: pd.Series(times, rows.index, TIME) for name, times in told.items()},
        )


def _reached(stages: object) -> dict:
    """The stages reached, in time and in order: ``stage``, its names, and a time per column."""
    found, before, last = {}, -1, None
    for pair in listed(stages):
        name, at = pair if isinstance(pair, list) and len(pair) == 2 else ("", None)
        name, at = plain(name), moment(at)
        place = ORDER.index(name) if name in STAGES else -1
        if at is None or place <= before or (last is not None and at < last):
            break
        column, english = STAGES[name]
        found |= {column: at, "stage": name, "stage_en": english, "stage_at": at}
        before, last = place, at
    return found
