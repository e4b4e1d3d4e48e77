"""CardBusStatisticsServiceNew: riders of each route and stop on a day, told three days later."""

from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np

from data.sim._buses import Buses
from data.sim._chance import chances
from data.sim._open_data import Table
from data.sim._riders import carried, people, told_day
from data.sim._tables import nearness, points

A_ROUTE = (11_500, 9_200, 7_000)  # got on, on a working day, a Saturday, a Sunday


class CardBusStatisticsServiceNew(Table):
    """A row a route and stop, a thousand a page; numbers are strings."""

    name = "CardBusStatisticsServiceNew"
    needs = 1

    def rows(self, args, request):
        """The routes of bus_arrivals, fewer than the city has."""
        day = told_day(args[0], request.now)
        return self._told(day) if day else []

    @cached_property
    def _told(self):
        return lru_cache(maxsize=4)(self._of)

    @cached_property
    def _served(self) -> list[tuple]:
        """(route, stop) of every call of a bus."""
        routes = self.world.part(Buses).routes.values()
        return [(route, stop) for route in routes for stop in route.stops]

    @cached_property
    def _near(self) -> np.ndarray:
        """How near each dong is to each stop that is served."""
        buses = self.world.part(Buses)
        rows = {ars_id: n for n, ars_id in enumerate(buses.stops)}
        near = nearness(buses.place, points("dongs"), 600)
        return near[[rows[stop.ars_id] for _, stop in self._served]]

    def _of(self, day: date) -> list[dict]:
        usual = [many * len(self.world.part(Buses).routes) for many in A_ROUTE]
        weights = self._near @ people(self.world, day) + 3_000
        weights *= 0.3 + chances(len(weights), self.world.seed, "stop")
        on = carried(self.world, usual, day) * weights / weights.sum()
        return [
            {
                "USE_YMD": f"{day:%Y%m%d}",
                "RTE_ID": route.route_id,
                "RTE_NO": route.name,
                "RTE_NM": f"{route.name}번({route.stops[0].name}~{route.stops[route.turn].name})",
                "STOPS_ID": stop.stop_id,
                "STOPS_ARS_NO": stop.ars_id,
                "SBWY_STNS_NM": stop.name,
                "GTON_TNOPE": str(round(up)),
                "GTOFF_TNOPE": str(round(down)),
                "REG_YMD": f"{day + timedelta(days=3):%Y%m%d}",
            }
            for (route, stop), up, down in zip(self._served, on, np.roll(on, 3), strict=True)
        ]
