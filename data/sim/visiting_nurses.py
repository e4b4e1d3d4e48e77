"""The drop of the visiting nurses: visits planned and paid by dong, the last seven days."""

from datetime import timedelta

from data.sim._calendar import kind
from data.sim._chance import among, chance
from data.sim._drops import put, ten_minutes, told
from data.sim._office_day import OfficeDay
from data.sim._service import Service
from data.sim._tables import table

ELDERLY = 140  # residents over 65 to a visit a day


class VisitingNurses(Service):
    """More where more of the old live; rain makes them put visits off; none on days off."""

    route = "/drop/visiting_nurses.json"

    def answer(self, request):
        """Every dong and working day: about 200 kB."""
        now, seed = ten_minutes(request.now), self.world.seed
        days = [now.date() - timedelta(days=n) for n in range(6, -1, -1)]
        office, rows = self.world.part(OfficeDay), []
        for day in (day for day in days if not kind(day)):
            share = {gu: office.done(gu, day, now) for gu in office.lat}
            for dong in table("dongs"):
                code, gu_code = dong["dong_code"][:8], dong["gu_code"]
                usual = float(dong["age65plus_registered"]) / ELDERLY
                planned = round(usual * among(0.8, 1.2, seed, "nurse", code, day))
                met = among(0.88, 1.0, seed, "at home", code, day)
                silent = chance(seed, "report", code, day) < 0.005
                rows.append(
                    {
                        "dong": code,
                        "day": day.isoformat(),
                        "planned": told(planned),
                        "done": None if silent else told(int(planned * met * share[gu_code])),
                    }
                )
        return put(now, "visits", rows)
