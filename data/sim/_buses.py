"""Buses on the main roads: where each is, in the traffic that it meets on its way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np

from data._city import ZONE
from data.sim._bus_routes import Network, Route
from data.sim._calendar import Curve, midnight
from data.sim._chance import among, chance
from data.sim._tables import metres

STANDS = 24  # seconds at a stop and at lights, a leg
RIDERS = Curve(
    ".1 .05 .03 .03 .08 .3 .55 .9 1 .75 .6 .58 .6 .6 .62 .66 .74 .9 1 .8 .62 .55 .45 .25",
    ".14 .08 .05 .04 .08 .2 .3 .42 .5 .56 .6 .62 .64 .66 .66 .66 .66 .66 .62 .56 .5 .44 .36 .24",
)


@dataclass(frozen=True)
class Bus:
    """A bus of a route at a moment."""

    route: Route
    vehicle: str
    here: int  # index of the stop it reached last
    part: float  # how far it is to the next one, 0 to 1
    lon: float
    lat: float
    crowding: int  # 3 seats, 4 usual, 5 crowded, 6 very crowded
    low: bool  # a low floor
    last: bool
    times: np.ndarray  # seconds after midnight of the day when it is at each stop
    clock: float  # as many seconds now

    def seconds(self, stop: int) -> float:
        """Until it is at that stop of its route; below 0 once it has been there."""
        return float(self.times[stop] - self.clock)


class Buses:
    """Stops, routes and the buses on them, at any time past or to come."""

    def __init__(self, world):
        self._seed, self._roads = world.seed, world.roads
        network = Network(world.seed, world.roads.links)
        self.stops, self.routes = network.stops, network.routes  # by ars_id and by route_id
        self.place = metres(*zip(*((s.lon, s.lat) for s in self.stops.values()), strict=True))
        self._calls: dict[str, list[tuple[Route, int]]] = {}
        for route in self.routes.values():
            for n, stop in enumerate(route.stops[:-1]):
                self._calls.setdefault(stop.ars_id, []).append((route, n))
        self._speed = lru_cache(maxsize=8192)(self._slow)
        self._trip = lru_cache(maxsize=4096)(self._went)

    def calling(self, ars_id: str) -> list[tuple[Route, int]]:
        """(route, index of the stop) of every route that stops there on its way further."""
        return self._calls.get(ars_id, [])

    def running(self, route: Route, t: datetime) -> list[Bus]:
        """The buses of a route, the one that left first in front; none in the small hours."""
        day, clock = _day(t)
        found = []
        starts = range(route.first, route.last + 1, route.every)
        for n, start in enumerate(starts):
            if not 0 <= clock - start * 60 < 4 * 3600:
                continue
            times = self._trip(route.route_id, day, start)
            if times[0] <= clock < times[-1]:
                found.append(self._bus(route, n, n == len(starts) - 1, times, clock, t))
        return found

    def over(self, route: Route, t: datetime) -> bool:
        """Whether the day's last bus has left its first stop."""
        return _day(t)[1] > route.last * 60

    def _bus(self, route, n, last, times, clock, t) -> Bus:
        here = int(np.searchsorted(times, clock, side="right")) - 1
        part = float((clock - times[here]) / (times[here + 1] - times[here]))
        a, b = route.stops[here], route.stops[here + 1]
        lon, lat = a.lon + part * (b.lon - a.lon), a.lat + part * (b.lat - a.lat)
        along = np.sin(np.pi * (here + 1) / len(times))  # empty at both ends
        full = RIDERS(t) * (0.35 + 0.75 * along) * among(0.7, 1.3, self._seed, "full", times[0])
        crowding = 3 + int(np.searchsorted([0.42, 0.7, 0.95], full))
        number = int(route.route_id[-3:]) * 100 + n % 60  # back for another round by then
        low = chance(self._seed, "low", number) < 0.6
        return Bus(route, f"1{number:08d}", here, part, lon, lat, crowding, low, last, times, clock)

    def _went(self, route_id: str, day: date, start: int) -> np.ndarray:
        """When the bus of that departure is at each stop: through the traffic it meets there."""
        route = self.routes[route_id]
        late = among(0, 90, self._seed, "late", route_id, day, start)
        times = [start * 60 + late]
        for stop, metre in zip(route.stops, route.legs, strict=False):
            slot = int(times[-1] // 600)
            times.append(times[-1] + metre / self._speed(stop.link.link_id, day, slot) + STANDS)
        return np.array(times)

    def _slow(self, link_id: str, day: date, slot: int) -> float:
        """Metres a second of a bus on a link in those ten minutes."""
        t = midnight(day) + timedelta(minutes=10 * slot)
        return min(0.75 * self._roads.speed(self._roads.links[link_id], t), 50) / 3.6


def _day(t: datetime) -> tuple[date, float]:
    """(the timetable's day, seconds after its midnight): it goes on until 03:00."""
    t = t.astimezone(ZONE)
    day = t.date() if t.hour >= 3 else t.date() - timedelta(days=1)
    return day, (t - midnight(day)).total_seconds()
