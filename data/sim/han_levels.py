"""waterlevel/list/10M of the Han River Flood Control Office: one gauge, newest first."""

import json
from datetime import datetime, timedelta

from data._city import ZONE
from data.sim._drops import ten_minutes
from data.sim._service import KEY, Reply, Service
from data.sim._tables import table
from data.sim._water import Water

LATE = timedelta(minutes=3)
STEP = timedelta(minutes=10)
MOST = 1000


class WaterLevels(Service):
    """Values are strings with blanks before them; a stream has no flow, only the Han."""

    route = "/api.hrfco.go.kr/{key}/waterlevel/list/10M/{gauge}/{start:[0-9]+}/{end:[0-9]+}.json"

    def answer(self, request):
        """An unknown gauge has no rows."""
        parts = request.parts
        if parts["key"] != KEY:
            return self.refusal("key")
        known = {g["gauge_id"]: g for g in table("river_gauges") if len(g["gauge_id"]) == 7}
        start, end = (
            datetime.strptime(parts[name], "%Y%m%d%H%M").replace(tzinfo=ZONE)
            for name in ("start", "end")
        )
        at, rows = ten_minutes(min(end, request.now - LATE)), []
        while at >= start and parts["gauge"] in known and len(rows) < MOST:
            rows.append(self._row(known[parts["gauge"]], at))
            at -= STEP
        return Reply(json.dumps({"content": rows}).encode())

    def _row(self, gauge, at) -> dict:
        water = self.world.part(Water)
        level = water.level(at, gauge["river_ko"], gauge["name_ko"])
        flow = f"{water.discharge(at):9.2f}" if gauge["river_ko"] == "한강" else " "
        return {
            "wlobscd": gauge["gauge_id"],
            "ymdhm": f"{at:%Y%m%d%H%M}",
            "wl": f"{level:7.2f}",
            "fw": flow,
        }
