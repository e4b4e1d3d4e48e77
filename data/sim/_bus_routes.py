"""Bus stops along the main roads, and routes over two of them, out and back."""

from dataclasses import dataclass

import numpy as np

from data.sim._chance import among
from data.sim._roads import Link
from data.sim._tables import metres, points, table

APART, NEXT, MOST = 480, 1500, 40  # metres between stops, to the road it goes on with; stops a road
ZONES = [0, 0, 0, 2, 2, 2, 2, 1, 1, 1, 1, 7, 7, 7, 6, 6, 6, 5, 6, 5, 5, 4, 4, 3, 3]  # a district
PLACES = (  # what stops are called by
    ("stations", "역", 260), ("hospitals", "", 300), ("parks", "", 350), ("dongs", "주민센터", 900),
)  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """One side of a road where buses stop."""

    stop_id: str
    ars_id: str  # five digits: the district's two and three of its own
    name: str
    lon: float
    lat: float
    link: Link  # whose traffic buses are in


@dataclass(frozen=True)
class Route:
    """A route out and back."""

    route_id: str
    name: str
    kind: str  # routeType: 3 trunk, 4 branch
    stops: tuple[Stop, ...]
    legs: tuple[float, ...]  # metres to the next stop
    turn: int  # index of the first stop of the way back
    first: int  # minutes after midnight of the first departure
    last: int
    every: int  # minutes between two departures


class Network:
    """Every stop and every route.

    Args:
        seed: of the world.
        links: its links of roads.
    """

    def __init__(self, seed: int, links: dict[str, Link]):
        self._seed, self._links = seed, links
        self._count: dict[int, int] = {}
        sides = self._sides()
        self.routes = {route.route_id: route for route in self._routes(sides)}
        self.stops = {s.ars_id: s for ways in sides.values() for way in ways for s in way}

    def _sides(self) -> dict[str, tuple[list[Stop], list[Stop]]]:
        """The stops of each road, by road_id: as it is drawn, and on the other side against it."""
        ways: dict[str, list] = {}
        for link in self._links.values():
            if link.kind == "arterial" and not link.road.endswith("터널"):
                way = link.places if link.forward else link.places[::-1]
                ways.setdefault(link.road_id, []).extend((lon, lat, link) for lon, lat in way)
        return {road: self._along(way) for road, way in ways.items()}

    def _along(self, way: list) -> tuple[list[Stop], list[Stop]]:
        """Stops along the way points (lon, lat, link) of a road."""
        place = metres([p[0] for p in way], [p[1] for p in way])
        far = np.concatenate([[0], np.hypot(*np.diff(place, axis=0).T).cumsum()])
        marks = np.linspace(0, far[-1], max(round(far[-1] / APART), 2) + 1)[:-1] + APART / 4
        lons, lats = (np.interp(marks, far, [p[axis] for p in way]) for axis in (0, 1))
        sides, used = ([], []), set()
        for mark, lon, lat in zip(marks, lons, lats, strict=True):
            link = way[min(int(np.searchsorted(far, mark)), len(way) - 1)][2]
            name = _name(lon, lat, link.road, used)
            for side, aside in zip(sides, (0.0002, -0.0002), strict=True):
                side.append(self._stop(name, round(lon + aside, 7), round(lat - aside, 7), link))
        return sides[0], sides[1][::-1]

    def _stop(self, name: str, lon: float, lat: float, link: Link) -> Stop:
        district = _nearest("districts", lon, lat)[0] + 1
        number = self._count[district] = self._count.get(district, 0) + 1
        return Stop(f"1{district:02d}{number:06d}", f"{district:02d}{number:03d}", name, lon, lat,
                    link)  # fmt: skip

    def _routes(self, sides: dict) -> list[Route]:
        """One route over each road and the next, and a second over the longest."""
        longest = sorted(sides, key=lambda road: -len(sides[road][0]))[:8]
        found, names = [], set()
        for n, road in enumerate([*sides, *longest]):
            out, back = sides[road]
            again = n >= len(sides)
            end = out[0] if again else out[-1]  # a second route goes the other way
            if again:
                out, back = back, out
            goes = _next(end, road, sides)
            out, back = [*out[-MOST:], *goes[0][:MOST]], [*goes[1][-MOST:], *back[:MOST]]
            found.append(self._route(n, tuple(out + back), len(out), names))
        return found

    def _route(self, n: int, stops: tuple[Stop, ...], turn: int, names: set[str]) -> Route:
        place = metres([s.lon for s in stops], [s.lat for s in stops])
        legs = tuple(np.hypot(*np.diff(place, axis=0).T).tolist())
        zones = "".join(str(ZONES[int(stops[k].ars_id[:2]) - 1]) for k in (0, turn - 1))
        kind = "3" if len(stops) > 34 else "4"
        digits = 1 if kind == "3" else 2
        serials = (f"{zones}{k:0{digits}d}" for k in range(1 if digits == 1 else 11, 100))
        name = next(name for name in serials if name not in names)
        names.add(name)
        every = round(among(6, 14, self._seed, "headway", n))
        first = 240 + 5 * round(among(0, 8, self._seed, "first", n))
        last = first + every * ((1350 - first) // every)
        return Route(f"{100100001 + n}", name, kind, stops, legs, turn, first, last, every)


def _next(end: Stop, road: str, sides: dict) -> tuple[list[Stop], list[Stop]]:
    """The sides of the road that begins or ends nearest to there, leading away; or none."""
    here, best, found = metres(end.lon, end.lat), NEXT, ([], [])
    for other, (out, back) in sides.items():
        for away, home in ((out, back), (back, out)) if other != road else ():
            gap = float(np.hypot(*(metres(away[0].lon, away[0].lat) - here)))
            if gap < best:
                best, found = gap, (away, home)
    return found


def _nearest(name: str, lon: float, lat: float) -> tuple[int, float]:
    """(row, metres) of the nearest place of a table."""
    gaps = np.hypot(*(points(name) - metres(lon, lat)).T)
    return int(gaps.argmin()), float(gaps.min())


def _name(lon: float, lat: float, road: str, used: set[str]) -> str:
    """A name that no stop of the road has yet: a station's, a hospital's, a park's, a dong's."""
    for kind, ending, reach in PLACES:
        row, gap = _nearest(kind, lon, lat)
        name = table(kind)[row]["name_ko"].removesuffix(ending) + ending
        if gap < reach and name not in used:
            used.add(name)
            return name
    used.add(name := f"{road}{len(used) + 1}길")
    return name
