"""The links of the main roads and how fast traffic moves on them."""

import math
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from data.sim._calendar import Curve, hours
from data.sim._chance import chance, drift
from data.sim._tables import metres, table
from data.sim._troubles import Troubles
from data.sim._weather import Weather

LONGEST = 5_000  # metres of a link; longer sections are cut
KNOWN = {  # a link of that road as the portal numbers it
    "강변북로": "1040004100", "올림픽대로": "1240004900", "내부순환로": "1130004900",
    "강남대로": "1210030700", "종로": "1000001600", "동부간선도로": "1030002000",
    "북부간선도로": "1070001600", "천호대로": "1240000600", "양재대로": "1210002800",
    "테헤란로": "1220028800", "동부간선도로(탄천 구간)": "1220003800",
}  # fmt: skip
FREE = {"expressway": 0.96, "bridge": 0.82, "arterial": 0.68}  # of the limit, with nobody about
CENTRES = metres([126.9784, 127.0277, 126.925], [37.5665, 37.4979, 37.5215])  # 도심, 강남, 여의도
BUSY = Curve(  # how full the roads are
    ".14 .09 .06 .05 .07 .16 .42 .82 1.0 .88 .74 .70 .68 .72 .75 .78 .84 .96 1.0 .84 .60 "
    ".46 .36 .24",
    ".22 .15 .10 .07 .07 .10 .18 .30 .44 .58 .70 .78 .80 .82 .84 .84 .84 .82 .76 .66 .54 "
    ".46 .38 .28",
    ".22 .15 .10 .07 .06 .08 .13 .20 .30 .42 .54 .62 .66 .70 .74 .78 .80 .78 .70 .58 .46 "
    ".36 .26 .18",
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A piece of road in one direction."""

    link_id: str
    road_id: str
    road: str
    kind: str  # expressway, arterial, bridge
    seq: int  # along the road
    forward: bool  # as the road is drawn, or against it
    limit: float  # km/h
    lanes: int
    places: tuple[tuple[float, float], ...]  # degrees, in the direction of traffic

    @cached_property
    def length(self) -> float:
        """Metres."""
        legs = np.diff(metres(*zip(*self.places, strict=True)), axis=0)
        return float(np.hypot(*legs.T).sum())

    @cached_property
    def middle(self) -> tuple[float, float]:
        """A place half way, degrees."""
        return self.places[len(self.places) // 2]

    @cached_property
    def central(self) -> float:
        """How near the busy middles of the city it is, 0 to 1."""
        gaps = np.hypot(*(CENTRES - metres(*self.middle)).T)
        return float(np.exp(-((gaps / 4_500) ** 2)).max())

    @cached_property
    def inbound(self) -> float:
        """1 when it leads to the middle of the city, -1 when it leads away."""
        first, last = (
            np.hypot(*(metres(*p) - CENTRES[0])) for p in (self.places[0], self.places[-1])
        )
        return float(np.clip((first - last) / max(self.length, 1), -1, 1))


def links(seed: int) -> list[Link]:
    """Every link, in the order of the roads."""
    found, count = [], {}
    for row in table("roads"):
        places = [tuple(map(float, p.split())) for p in row["points"].split("|")]
        for piece in _cut(places):
            name = row["name_ko"]
            seq = count[row["road_id"]] = count.get(row["road_id"], 0) + 1
            forward = chance(seed, "way", row["road_id"]) < 0.5
            made = f"{1200 + int(row['road_id'][1:]):04d}{seq:04d}{'00' if forward else '10'}"
            number = KNOWN.get(name, made) if seq == 1 else made
            kind = row["road_class"].replace("urban ", "")
            way = tuple(piece if forward else piece[::-1])
            limit, lanes = float(row["speed_limit_kmh"]), int(row["lanes_total"])
            found.append(Link(number, row["road_id"], name, kind, seq, forward, limit, lanes, way))
    return found


def _cut(places: list) -> list[list]:
    """Pieces of about equal length, none much longer than LONGEST."""
    legs = np.hypot(*np.diff(metres(*zip(*places, strict=True)), axis=0).T)
    along = np.concatenate([[0], legs.cumsum()])
    parts = min(math.ceil(along[-1] / LONGEST), len(places) - 1)
    marks = sorted({int(np.abs(along - along[-1] * k / parts).argmin()) for k in range(parts + 1)})
    return [places[a : b + 1] for a, b in zip(marks, marks[1:], strict=False)]


class Roads:
    """Traffic on every link, at any time past or to come."""

    def __init__(self, seed: int, weather: Weather, found: list[Link], troubles: Troubles):
        self._seed, self._weather, self._troubles = seed, weather, troubles
        self.links = {link.link_id: link for link in found}

    def speed(self, link: Link, t: datetime) -> float:
        """km/h: rush hours, rain, and what blocks the road there or just ahead."""
        h = hours(t)
        morning = 1 if (h + 9) % 24 < 13 else -1
        lean = 1 + 0.16 * link.inbound * morning
        own = 0.72 + 0.5 * chance(self._seed, "busy", link.link_id)
        full = BUSY(t) * lean * own * (0.62 + 0.5 * link.central)
        full += 0.08 * drift(h, 0.6, self._seed, "flow", link.link_id)
        rain = self._weather.rain(t, link.middle[1])
        full = min(max(full * (1 + min(rain / 80, 0.3)), 0), 1.12)
        free = link.limit * FREE[link.kind] * (1 - min(rain / 160, 0.25))
        jam = 0.76 if link.kind == "expressway" else 0.66
        return max(free * (1 - jam * full**1.6) * (1 - self._held(link, t)), 2.0)

    def _held(self, link: Link, t: datetime) -> float:
        """How much of the road is lost to incidents, 0 to 1."""
        held = 0.0
        for trouble in self._troubles.at(t):
            other = trouble.link
            if other.link_id == link.link_id:
                held = max(held, trouble.blocked(t))
            elif other.road_id == link.road_id:
                behind = (other.seq - link.seq) * (1 if link.forward else -1)
                held = max(held, 0.45 * trouble.blocked(t)) if behind == 1 else held
        return held
