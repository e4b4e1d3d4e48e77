"""getStationByPos: the bus stops around a place, nearest first."""

import numpy as np

from data._read import number
from data.sim._buses import Buses
from data.sim._tables import metres, projected
from data.sim._ws_bus import BusService


class StationByPos(BusService):
    """tmX and tmY are degrees in spite of their names."""

    operation = "stationinfo/getStationByPos"

    def rows(self, query, now):
        """Stops within ``radius`` metres."""
        lon, lat, radius = (number(query.get(name, "")) for name in ("tmX", "tmY", "radius"))
        buses = self.world.part(Buses)
        gaps = np.hypot(*(buses.place - metres(lon, lat)).T)
        stops = list(buses.stops.values())
        near = [int(n) for n in gaps.argsort(kind="stable") if gaps[n] <= radius]
        if not near:
            return []
        places = projected((stops[n].lon, stops[n].lat) for n in near)
        return [
            {
                "stationId": stops[n].stop_id,
                "stationNm": stops[n].name,
                "gpsX": f"{stops[n].lon:.10f}",
                "gpsY": f"{stops[n].lat:.10f}",
                "posX": str(x),
                "posY": str(y),
                "stationTp": "1",
                "arsId": stops[n].ars_id,
                "dist": str(round(float(gaps[n]))),
            }
            for n, (x, y) in zip(near, places, strict=True)
        ]
