"""The drop of the job buses: four, with three stops each on a working day, near stations."""

from datetime import timedelta

from data.sim._calendar import kind, midnight
from data.sim._chance import among, pick
from data.sim._drops import put, ten_minutes
from data.sim._service import Service
from data.sim._tables import table

BUSES = 4
HOURS = ((10, 12), (13, 15), (15.5, 17.5))
AN_HOUR = (6, 14)  # people advised on a dry day
SPLASH = 40  # mm/h of rain at which hardly anybody comes


class JobBuses(Service):
    """On a day off the list is empty; a stop that has not begun has advised nobody."""

    route = "/drop/job_buses.json"

    def answer(self, request):
        """The stops of today, bus by bus."""
        now = ten_minutes(request.now)
        if kind(now.date()):
            return put(now, "stops", [])
        numbers = range(1, BUSES + 1)
        stops = [self._stop(bus, turn, now) for bus in numbers for turn in range(len(HOURS))]
        return put(now, "stops", stops)

    def _stop(self, bus, turn, now):
        seed, day = self.world.seed, now.date()
        near = [row for row in table("hotspots") if row["name_ko"].endswith("역")]
        part = near[bus - 1 :: BUSES]  # two buses never meet
        station = pick(part[turn :: len(HOURS)], seed, "bus", bus, turn, day)
        begins, ends = (midnight(day) + timedelta(hours=h) for h in HOURS[turn])
        hours = max((min(now, ends) - begins).total_seconds() / 3600, 0)
        rain = self.world.weather.rain(begins, float(station["lat"]))
        rate = among(*AN_HOUR, seed, "advised", bus, turn, day) * max(1 - rain / SPLASH, 0.1)
        return {
            "bus": f"{bus}호차",
            "place": f"{station['name_ko']} 앞",
            "gu_code": station["gu_code"],
            "lon": float(station["lon"]),
            "lat": float(station["lat"]),
            "from": begins.isoformat(),
            "until": ends.isoformat(),
            "advised": int(rate * hours),
        }
