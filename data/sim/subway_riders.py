"""CardSubwayStatsNew: who got on and off at each station on a day, told three days later."""

from datetime import timedelta

from data.sim._chance import chance
from data.sim._open_data import Table
from data.sim._riders import Riders, told_day


class CardSubwayStatsNew(Table):
    """A row a line and station; numbers are strings, some of them none."""

    name = "CardSubwayStatsNew"
    needs = 1

    def rows(self, args, request):
        """Every station of every line on that day."""
        day = told_day(args[0], request.now)
        told = self.world.part(Riders).by_station(day) if day else []
        return [
            {
                "USE_YMD": f"{day:%Y%m%d}",
                "SBWY_ROUT_LN_NM": line,
                "SBWY_STNS_NM": station,
                "GTON_TNOPE": "-" if self._silent(line, station, day) else str(on),
                "GTOFF_TNOPE": str(off),
                "REG_YMD": f"{day + timedelta(days=3):%Y%m%d}",
            }
            for line, station, on, off in told
        ]

    def _silent(self, line, station, day) -> bool:
        return chance(self.world.seed, "no riders", line, station, day) < 0.004
