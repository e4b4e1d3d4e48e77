"""The drop of the outreach community centres: one in each dong, with today's visits."""

from data.sim._chance import among, chance
from data.sim._drops import put, ten_minutes
from data.sim._office_day import CLOSES, OPENS, OfficeDay
from data.sim._service import Service
from data.sim._tables import table

DAILY = 0.013  # visits a resident on a dry working day


class WelfareCentres(Service):
    """A large dong has more visits; a centre whose counter is broken tells none."""

    route = "/drop/welfare_centres.json"

    def answer(self, request):
        """Every dong of the city: about 90 kB."""
        now, seed = ten_minutes(request.now), self.world.seed
        day = self.world.part(OfficeDay)
        rows = []
        for dong in table("dongs"):
            code, gu_code = dong["dong_code"][:8], dong["gu_code"]
            usual = float(dong["population_registered"]) * DAILY
            own = among(0.8, 1.25, seed, "centre", code, now.date())
            came = int(usual * own * day.done(gu_code, now.date(), now))
            broken = chance(seed, "counter", code, now.date()) < 0.01
            rows.append(
                {
                    "name": f"{dong['name_ko']} 주민센터",
                    "kind": "찾아가는 동주민센터",
                    "gu_code": gu_code,
                    "dong": code,
                    "opens": f"{OPENS:02}:00",
                    "closes": f"{CLOSES}:00",
                    "visits": None if broken else came,
                }
            )
        return put(now, "centres", rows)
