"""WPOSInformationTime: how warm the rivers are, by the hour, newest first."""

import os
from datetime import timedelta

from data.sim._chance import chance
from data.sim._open_data import Table
from data.sim._water import Water

COLUMNS = {"YMD": "MSR_DATE", "HR": "MSR_TIME", "MSRSTN_NM": "SITE_ID", "WATT": "W_TEMP"}
STATIONS = ("탄천", "중랑천", "안양천", "선유", "노량진")
LATE = timedelta(minutes=25)
HOURS = 48
SERVICED = 0.04


class WPOSInformationTime(Table):
    """A station being serviced says so instead of a number; ``SIM_OLD_NAMES=1``: names before."""

    name = "WPOSInformationTime"

    def rows(self, args, request):
        """Two days of all stations; numbers are strings."""
        last = (request.now - LATE).replace(minute=0, second=0, microsecond=0)
        ago = [last - timedelta(hours=n) for n in range(HOURS)]
        rows = [self._row(station, at) for at in ago for station in STATIONS]
        if os.environ.get("SIM_OLD_NAMES") == "1":
            return [{COLUMNS[k]: v for k, v in row.items()} for row in rows]
        return rows

    def _row(self, station, at) -> dict:
        water, seed = self.world.part(Water), self.world.seed
        serviced = chance(seed, "serviced", station, at.date(), at.hour // 6) < SERVICED
        return {
            "YMD": f"{at:%Y%m%d}",
            "HR": f"{at:%H:%M}",
            "MSRSTN_NM": station,
            "WATT": "점검중" if serviced else f"{water.warmth(at, station):.1f}",
        }
