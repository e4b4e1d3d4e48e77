"""The drop of the rent disputes: cases by district and week, the last eight weeks."""

import math
from datetime import timedelta

from data.sim._chance import among
from data.sim._drops import monday, put, told
from data.sim._service import Service
from data.sim._tables import table

HOUSEHOLDS = 6000  # to a case a week
MOVING = 0.25  # how much more in spring and autumn, when homes are changed


class RentDisputes(Service):
    """What is closed in a week came in the week before; a part of it was mediated."""

    route = "/drop/rent_disputes.json"

    def answer(self, request):
        """Two hundred rows; the week that is running is not told."""
        newest, rows = monday(request.now), []
        for back in range(8, 0, -1):
            week = (newest - timedelta(weeks=back)).date()
            for district in table("districts"):
                closed = round(0.9 * self._received(district, week - timedelta(weeks=1)))
                part = among(0.3, 0.5, self.world.seed, "mediated", district["gu_code"], week)
                rows.append(
                    {
                        "gu_code": district["gu_code"],
                        "week": week.isoformat(),
                        "received": told(self._received(district, week)),
                        "mediated": told(round(closed * part)),
                        "closed": told(closed),
                    }
                )
        return put(newest, "weeks", rows)

    def _received(self, district: dict, week) -> int:
        season = 1 - MOVING * math.cos((week.timetuple().tm_yday + 20) / 365.25 * 4 * math.pi)
        own = among(0.7, 1.3, self.world.seed, "rent", district["gu_code"], week)
        return round(float(district["households"]) / HOUSEHOLDS * season * own)
