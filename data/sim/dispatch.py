"""The drop of the 119 dispatches under way."""

from data.sim._dispatch import Dispatches
from data.sim._drops import put
from data.sim._service import Service


class DispatchDrop(Service):
    """Renewed every minute."""

    route = "/drop/dispatch.json"

    def answer(self, request):
        """About a hundred on an ordinary evening."""
        now = request.now.replace(second=0, microsecond=0)
        rows = [
            {
                "id": call.number,
                "kind": call.kind,
                "stages": [[name, at.isoformat()] for name, at in call.reached(now)],
                "gu_code": call.gu_code,
                "dong": call.dong,
                "lon": call.lon,
                "lat": call.lat,
                "vehicles": call.vehicles,
            }
            for call in self.world.part(Dispatches).at(now)
        ]
        return put(now, "dispatches", rows)
