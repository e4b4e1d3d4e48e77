"""getStationByUid: the next two buses of every route at a stop."""

from data.sim._bus_routes import Route, Stop
from data.sim._buses import Bus, Buses
from data.sim._tables import projected
from data.sim._ws_bus import BusService

WAITS, OVER = "출발대기", "운행종료"
SOON = 60  # seconds


class StationByUid(BusService):
    """A route without a bus on its way says so in words; its seconds are 0 then."""

    operation = "stationinfo/getStationByUid"

    def rows(self, query, now):
        """The routes that stop at ``arsId``, in no order."""
        buses = self.world.part(Buses)
        stop = buses.stops.get(query.get("arsId", ""))
        if stop is None:
            return []
        return [_row(buses, stop, route, n, now) for route, n in buses.calling(stop.ars_id)]


def _row(buses: Buses, stop: Stop, route: Route, n: int, now) -> dict:
    coming = [bus for bus in buses.running(route, now) if bus.here < n]
    coming.sort(key=lambda bus: bus.seconds(n))
    [(x, y)] = projected([(stop.lon, stop.lat)])
    before = route.stops[n - 1].name if n else stop.name
    none = OVER if buses.over(route, now) else WAITS
    row = {
        "stId": stop.stop_id,
        "stNm": stop.name,
        "arsId": stop.ars_id,
        "busRouteId": route.route_id,
        "rtNm": route.name,
        "busRouteAbrv": route.name,
        "sectNm": f"{before}~{stop.name}",
        "gpsX": f"{stop.lon:.10f}",
        "gpsY": f"{stop.lat:.10f}",
        "posX": str(x),
        "posY": str(y),
        "stationTp": "1",
        "firstTm": _clock(route.first),
        "lastTm": _clock(route.last),
        "term": str(route.every),
        "routeType": route.kind,
        "nextBus": " ",
        "staOrd": str(n + 1),
    }
    for order in (1, 2):
        row |= _bus(coming[order - 1] if order <= len(coming) else None, route, n, none, order)
    toward = route.stops[route.turn - 1] if n < route.turn else route.stops[-1]
    return row | {"adirection": toward.name, "nxtStn": route.stops[n + 1].name, "deTourAt": "00"}


def _bus(bus: Bus | None, route: Route, n: int, none: str, order: int) -> dict:
    if bus is None:
        told = dict(vehId="0", plainNo=None, sectOrd="0", stationNm=" ", traTime="0", isLast="0",
                    busType="0", arrmsg=none, isFullFlag="0", congestion="0")  # fmt: skip
    else:
        left = int(bus.seconds(n))
        told = dict(vehId=bus.vehicle, plainNo=None, sectOrd=str(bus.here + 1),
                    stationNm=route.stops[bus.here].name, traTime=str(left),
                    isLast=str(int(bus.last)), busType=str(int(bus.low)),
                    arrmsg=_message(left, n - bus.here), congestion=str(bus.crowding),
                    isFullFlag=str(int(bus.crowding == 6)))  # fmt: skip
    return {f"{name}{order}": value for name, value in told.items()}


def _message(left: int, behind: int) -> str:
    if left < SOON:
        return "곧 도착"
    minutes, seconds = divmod(left, 60)
    return f"{minutes}분{f'{seconds}초' * bool(seconds)}후[{behind}번째 전]"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}{minutes % 60:02d}  "
