"""Which pedestrian streets belong to walkers now: by their hours, or because TOPIS says so.

Source   pedestrian_street_hours, incidents (a 차 없는 거리 is announced there as A11)
Cadence  that of incidents
"""

import re
from datetime import datetime, time

import geopandas as gpd
import pandas as pd

from data import TM, ZONE, Column, Feed, clock

RULE = re.compile(r"([1-7]+) (\d\d):(\d\d)-(\d\d):(\d\d)(?: (\d+)-(\d+))?", re.ASCII)
ANNOUNCED = re.compile(r"차\s*없는|보행\s*전용|보행자\s*전용")
NEAR = 150.0  # metres from the line within which an announcement is of this street


class PedestrianStreets(Feed):
    """One row per street: ``state`` walkers or cars, "" when its hours are not known well enough.

    ``because`` says what that stands on: hours, announcement or "". Public holidays that are no
    Sunday, and what was called off, are not in the hours: an estimate.
    """

    title = "Pedestrian streets"
    source = "Seoul Metropolitan Government, Seoul TOPIS"
    every = "5m"
    lag = "5m"
    mark = "estimate"
    columns = {
        "street_id": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)", required=True),
        "gu_code": Column("str", "District"),
        "state": Column("str", "Open to"),
        "because": Column("str", "By what"),
        "hours_ko": Column("str", "Hours (Korean)"),
        "hours_en": Column("str", "Hours (English)"),
        "length_m": Column("float64", "Length", "m", 10, 10_000),
        "geometry": Column("geometry", "Course"),
    }

    def derive(
        self, incidents: pd.DataFrame, pedestrian_street_hours: gpd.GeoDataFrame
    ) -> gpd.GeoDataFrame | None:
        """An announcement goes before the hours; without one they alone decide."""
        streets = pedestrian_street_hours
        if incidents is None or streets is None:
            return None
        now = clock.now().astimezone(ZONE)
        told = _announced(streets, incidents, now)
        state = streets["times"].map(lambda times: by_hours(times, now)).mask(told, "walkers")
        because = pd.Series("hours", streets.index).where(state.ne(""), "")
        return streets.assign(state=state, because=because.mask(told, "announcement"))


def by_hours(times: str, now: datetime) -> str:
    """walkers or cars at that moment; "" when there is no rule."""
    rules = list(RULE.finditer(times))
    if not rules:
        return ""
    return "walkers" if any(_holds(rule, now) for rule in rules) else "cars"


def _holds(rule: re.Match, now: datetime) -> bool:
    days, *clocks, first, last = rule.groups()
    start, end = (60 * int(h) + int(m) for h, m in zip(clocks[::2], clocks[1::2], strict=True))
    at = time(now.hour, now.minute)
    in_season = first is None or int(first) <= now.month <= int(last)
    return str(now.isoweekday()) in days and in_season and start <= 60 * at.hour + at.minute < end


def _announced(streets: gpd.GeoDataFrame, incidents: pd.DataFrame, now: datetime) -> pd.Series:
    """For each street, whether an announcement of one without cars lies on it and holds now."""
    words = incidents["text"].str.contains(ANNOUNCED)
    holds = ~(incidents["started_at"].gt(now) | incidents["expected_end"].le(now))
    found = incidents[words & holds & incidents["lon"].notna() & incidents["lat"].notna()]
    places = gpd.GeoSeries(gpd.points_from_xy(found["lon"], found["lat"], crs=4326)).to_crs(TM)
    lines = streets.geometry.to_crs(TM)
    return lines.map(lambda line: bool((places.distance(line) <= NEAR).any()))
