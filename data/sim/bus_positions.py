"""getBusPosByRtid: where the buses of a route are."""

from datetime import timedelta

from data.sim._buses import Bus, Buses
from data.sim._chance import among
from data.sim._tables import projected
from data.sim._ws_bus import BusService


class BusPosByRtid(BusService):
    """Every bus on its way, each as it reported some seconds ago."""

    operation = "buspos/getBusPosByRtid"

    def rows(self, query, now):
        """The buses of ``busRouteId``, the first in front."""
        buses = self.world.part(Buses)
        route = buses.routes.get(query.get("busRouteId", ""))
        if route is None:
            return []
        told = now - timedelta(seconds=round(among(2, 18, "bus", route.route_id, now.minute)))
        return [_row(bus, told) for bus in buses.running(route, told)]


def _row(bus: Bus, told) -> dict:
    here, metres = bus.route.stops[bus.here], bus.route.legs[bus.here]
    [(x, y)] = projected([(bus.lon, bus.lat)])
    return {
        "busType": str(int(bus.low)),
        "congetion": str(bus.crowding),
        "dataTm": f"{told:%Y%m%d%H%M%S}",
        "gpsX": f"{bus.lon:.6f}",
        "gpsY": f"{bus.lat:.6f}",
        "posX": str(x),
        "posY": str(y),
        "isFullFlag": str(int(bus.crowding == 6)),
        "lastStnId": here.stop_id,
        "plainNo": f"서울70사{bus.vehicle[-4:]}",
        "routeId": bus.route.route_id,
        "sectDist": str(round(bus.part * metres)),
        "sectOrd": str(bus.here + 1),
        "sectionId": f"{here.stop_id[:3]}6{here.stop_id[4:]}",
        "stopFlag": str(int(bus.part < 0.1)),
        "vehId": bus.vehicle,
    }
