"""The links of the main roads: where TOPIS measures speed.

Source   TOPIS through data.seoul.go.kr (Seoul Metropolitan Government, KOGL type 1), a chain of
         questions: RoadDivInfo (classes of road) -> RoadInfo (the roads of a class)
         -> LinkWithLoad (the links of a road) -> LinkInfo and LinkVerInfo (a link, its course)
Cadence  hardly ever changes; asked anew each week, within a small key's share over many days
"""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString

from data import Column, Feed, Frame, duration, empty
from data._envelope import seoul
from data._read import code, lonlat, numbers, pick, plain
from data._turns import DAY, share

AGAIN = timedelta(days=7)
ASK = "{seoul}/{seoul_key}/xml/"
INFO = {
    "link_id": ("link_id", "LINK_ID"),
    "road": ("road_name", "ROAD_NAME"),
    "from_node": ("st_node_nm", "ST_NODE_NM"),
    "to_node": ("ed_node_nm", "ED_NODE_NM"),
    "length": ("map_dist", "MAP_DIST"),
}
POINT = {"order": ("ver_seq",), "x": ("grs80tm_x",), "y": ("grs80tm_y",)}


class RoadLinks(Feed):
    """One row per link of a main road, one of each road first, expressways before arterials."""

    title = "Road links"
    source = "Seoul TOPIS"
    url = f"{ASK}RoadDivInfo/1/1000/"
    every = "1h"  # how often the chain goes on; once complete it rests for a week
    lag = "14d"
    quiet = True  # a turn may only learn which links there are
    daily = 24
    pages = 5000
    follows = ("roads", "name_ko")
    columns = {
        "link_id": Column("str", "Road link", required=True),
        "road": Column("str", "Road", required=True),
        "road_class": Column("str", "Class", required=True),
        "from_node": Column("str", "From"),
        "to_node": Column("str", "To"),
        "length": Column("float64", "Length", "m", 0, 50_000),
        "geometry": Column("geometry", "Course"),
    }

    def __init__(self, **params):
        """Nothing is told yet, the chain begins with the first turn."""
        super().__init__(**params)
        self._told: dict[str, pd.DataFrame] = {}  # what the chain has answered so far, by url
        self._open: deque[str] = deque()  # what it makes us ask next, nearest first
        self._left = 0.0  # questions we may still ask this turn

    def urls(self, now: datetime) -> Sequence[str]:
        """The next open question, if our share allows one; a week after the last, the first."""
        if not self._open:
            if self._told and self.fetched_at and now - self.fetched_at < AGAIN:
                return []
            self._told, self._open = {}, deque([self.url])
        if self.problem:  # what could not be answered waits behind the rest
            self._open.rotate(-1)
        rate = share(self.portal, self.daily)
        self._left = rate * duration(self.every).total_seconds() / DAY
        return [self._open[0]] if self._left >= 1 else []

    def next(self, body: bytes, url: str) -> str | None:
        """Follow the chain: what this answer makes us ask comes last."""
        self._told[url] = self.parse(body, url)
        if self._open and self._open[0] == url:
            self._open.popleft()
        self._open.extend(u for u in self._leads_to(url) if u not in self._told)
        self._left -= 1
        return self._open[0] if self._open and self._left >= 1 else None

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The rows of one link of the chain, as they came; ``attrs["url"]`` is what was asked."""
        rows = seoul(body)
        rows.attrs["url"] = url
        return rows

    def join(self, parts: Sequence[Frame]) -> gpd.GeoDataFrame:
        """The links of which the chain has told everything by now."""
        told = self._told | {part.attrs["url"]: part for part in parts}
        kinds = {_code(r, "road_div_cd"): _kind(r) for _, r in _all(told, "RoadDivInfo")}
        roads = {_code(r, "axis_cd"): r for _, r in _all(told, "RoadInfo")}
        belongs = {_code(r, "link_id"): _code(r, "axis_cd") for _, r in _all(told, "LinkWithLoad")}
        rows = []
        for link, axis in belongs.items():
            info = told.get(f"{ASK}LinkInfo/1/5/{link}")
            course = told.get(f"{ASK}LinkVerInfo/1/1000/{link}")
            if info is None or course is None or info.empty or course.empty:
                continue
            line = _line(course)
            road = roads.get(axis)
            if line is None or road is None:
                continue
            row = pick(info, INFO).iloc[0]
            kind = kinds.get(_code(road, "road_div_cd"), "arterial")
            rows.append({**row, "link_id": link, "road_class": kind, "geometry": line})
        return self._ordered(rows)

    def _ordered(self, rows: list[dict]) -> gpd.GeoDataFrame:
        if not rows:
            return gpd.GeoDataFrame(empty(self.columns), geometry="geometry", crs=4326)
        links = gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)
        links["length"] = numbers(links["length"])
        for name in ("road", "from_node", "to_node"):
            links[name] = links[name].map(plain)
        turn = links.groupby("road").cumcount()
        slower = links["road_class"] != "expressway"
        order = pd.DataFrame({"turn": turn, "slower": slower}).sort_values(["turn", "slower"])
        return links.loc[order.index].reset_index(drop=True)

    def _leads_to(self, url: str) -> list[str]:
        """What an answer makes us ask: expressways first, and only roads that are wanted."""
        rows = [r for _, r in self._told[url].iterrows()]
        match url.removeprefix(ASK).split("/")[0]:
            case "RoadDivInfo":
                rows.sort(key=lambda r: _kind(r) != "expressway")
                return [f"{ASK}RoadInfo/1/1000/{_code(r, 'road_div_cd')}" for r in rows]
            case "RoadInfo":
                wanted = [r for r in rows if plain(r.get("axis_name")) in self.wanted]
                return [f"{ASK}LinkWithLoad/1/1000/{_code(r, 'axis_cd')}" for r in wanted]
            case "LinkWithLoad":
                links = dict.fromkeys(_code(r, "link_id") for r in rows)
                asked = ("LinkInfo/1/5/", "LinkVerInfo/1/1000/")
                return [f"{ASK}{service}{link}" for link in links for service in asked]
        return []


def _all(told: dict[str, pd.DataFrame], service: str):
    """Every row that service has answered, whoever was asked about."""
    for url, rows in told.items():
        if url.startswith(f"{ASK}{service}/"):
            yield from rows.iterrows()


def _code(row: pd.Series, name: str) -> str:
    return code(row.get(name, row.get(name.upper(), "")))


def _kind(row: pd.Series) -> str:
    """The class of road that a division is: expressway where its name says 고속, else arterial."""
    return "expressway" if "고속" in plain(row.get("road_div_nm", "")) else "arterial"


def _line(course: pd.DataFrame) -> LineString | None:
    """The course of a link in order, EPSG:4326; None when less than two of its points are ours."""
    points = pick(course, POINT)
    points = points.assign(order=numbers(points["order"])).sort_values("order")
    places = [lonlat(x, y) for x, y in zip(points["x"], points["y"], strict=True)]
    known = [place for place in places if place[0] == place[0]]
    return LineString(known) if len(known) > 1 else None
