"""tbCycleStationInfo and tbCycleRentUseMonthInfo: rental stations, and their use in a month."""

import re
from datetime import timedelta
from functools import cached_property, lru_cache

import numpy as np

from data.sim._calendar import kind, midnight
from data.sim._chance import among, chance
from data.sim._open_data import Table
from data.sim._tables import metres, points, table

TOLD_AFTER = timedelta(days=4)  # of the next month
MINUTES, METRES = (14, 34), (135, 165)  # of a trip; metres a minute
PER_RACK = (0.9, 0.95, 0.8)  # trips a day, on a working day, a Saturday, a Sunday


class CycleStations(Table):
    """Every value a string; the number apart from the name, with zeros in front."""

    name = "tbCycleStationInfo"
    wrapper = "stationInfo"

    def rows(self, args, request):
        """The same stations as in bikeList."""
        return self._all

    @cached_property
    def _all(self) -> list[dict]:
        stands, dongs = self.world.bikes.stands, table("dongs")
        names = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        known = {row["station_no"]: names[row["gu_code"]] for row in table("bike_stations")}
        found = []
        for stand in stands:
            gaps = np.hypot(*(points("dongs") - metres(stand.lon, stand.lat)).T)
            dong = dongs[int(gaps.argmin())]
            number, name = re.fullmatch(r"(\d+)\. (.*)", stand.name).groups()
            district = known.get(number, names[dong["gu_code"]])
            found.append(
                {
                    "STA_LOC": district,
                    "RENT_ID": stand.station_id,
                    "RENT_NO": number.zfill(5),
                    "RENT_NM": name,
                    "RENT_ID_NM": stand.name,
                    "HOLD_NUM": str(stand.racks),
                    "STA_ADD1": f"서울특별시 {district} {name}",
                    "STA_ADD2": "",
                    "STA_LAT": f"{stand.lat:.8f}",
                    "STA_LONG": f"{stand.lon:.8f}",
                }
            )
        return found


class CycleMonth(Table):
    """A row a station; the month asked for stands again in RENT_NM."""

    name = "tbCycleRentUseMonthInfo"
    wrapper = "cycleRentUseMonthInfo"
    needs = 1

    def rows(self, args, request):
        """A month is told on the fifth of the next."""
        if not re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", args[0]):
            return []
        first = midnight(request.now.replace(year=int(args[0][:4]), month=int(args[0][4:]), day=1))
        ended = (first + timedelta(days=32)).replace(day=1)
        if request.now < ended + TOLD_AFTER:
            return []
        days = self._days(first, ended)
        return [self._row(stand, args[0], days) for stand in self.world.bikes.stands]

    def _row(self, stand, month, days) -> dict:
        seed = self.world.seed
        own = among(0.25, 2.2, seed, "ridden", stand.station_id) * (1.5 if stand.by_train else 1)
        trips = round(stand.racks * days * own * among(0.9, 1.1, seed, stand.station_id, month))
        minutes = round(trips * among(*MINUTES, seed, "long", stand.station_id))
        told = chance(seed, "no length", stand.station_id, month) >= 0.003
        return {
            "RENT_DATE": f"{month}01",
            "RENT_ID": stand.station_id,
            "RENT_NM": month,
            "RENT_NO": stand.name.partition(".")[0],
            "RENT_USE_CNT": str(trips),
            "MOVE_TIME": str(minutes),
            "MOVE_METER": str(round(minutes * among(*METRES, seed, stand.station_id)))
            if told
            else "",
        }

    @cached_property
    def _days(self):
        return lru_cache(maxsize=24)(self._ridden)

    def _ridden(self, first, ended) -> float:
        """Trips a rack in the days from first to ended: fewer in rain and in the cold."""
        sums, day = 0.0, first
        while day < ended:
            fell = self.world.weather.fallen(day + timedelta(hours=20), 12)
            cold = {12: 0.45, 1: 0.4, 2: 0.5}.get(day.month, 1.0)
            sums += PER_RACK[kind(day.date())] * cold * (1 - min(fell / 40, 0.85))
            day += timedelta(days=1)
        return sums
