"""The drop of complaints: a CSV, a line each, of today and the two days before."""

from datetime import timedelta

from data.sim._calendar import midnight
from data.sim._chance import chance, pick
from data.sim._service import Reply, Service
from data.sim._tables import table
from data.sim._voice import SOUTH

CATEGORIES = ("불법 주정차", "도로 파손", "소음", "쓰레기", "가로등", "공원")
A_DAY, RAINY = 180, 3.0  # complaints a day; more for each mm that fell in its hours
DAYS = 3


class ComplaintsDrop(Service):
    """Rain makes complaints of water, in the south above all."""

    route = "/drop/complaints.csv"

    def answer(self, request):
        """Oldest day first; what has not come yet is not there."""
        now = request.now
        days = [now.date() - timedelta(days=d) for d in range(DAYS - 1, -1, -1)]
        lines = ["date,category,district,status", *(li for d in days for li in self._of(d, now))]
        return Reply(("\n".join(lines) + "\n").encode(), "text/csv")

    def _of(self, day, now):
        seed, ends = self.world.seed, min(midnight(day) + timedelta(days=1), now)
        hours = (ends - midnight(day)) / timedelta(hours=1)
        fell = self.world.weather.fallen(ends, max(hours, 1), 37.5)
        wet = round(fell * RAINY / 3)
        names = [row["name_ko"] for row in table("districts")]
        for n in range(round(A_DAY * hours / 24) + wet):
            key = (seed, "complaint", day, n)
            rain = n < wet
            age = (now - midnight(day)) / timedelta(days=1)
            category = "침수·하수" if rain else pick(CATEGORIES, *key)
            where = pick(SOUTH if rain and chance(*key, "south") < 0.7 else names, *key, "gu")
            done = chance(*key, "done") * 4
            status = "완료" if done < age - 0.5 else "처리중" if done < age + 1 else "접수"
            yield f"{day},{category},{where},{status}"
