"""ChunmanFreeSuggestions: what citizens suggest; numbers as strings, CONTENT in HTML."""

from datetime import timedelta

from data.sim._calendar import midnight
from data.sim._chance import chance
from data.sim._open_data import Table
from data.sim._voice import Voice

DAYS, A_DAY = 60, 3


class FreeSuggestions(Table):
    """The newest first: three a day of the last sixty days."""

    name = "ChunmanFreeSuggestions"

    def rows(self, args, request):
        """Votes grow with the days, most in the first weeks."""
        today = request.now.date()
        days = (today - timedelta(days=d) for d in range(DAYS))
        rows = [self._row(day, n, request.now) for day in days for n in range(A_DAY - 1, -1, -1)]
        return [row for row in rows if row]

    def _row(self, day, n, now):
        seed, number = self.world.seed, day.toordinal() * A_DAY + n
        posted = midnight(day) + timedelta(hours=8 + 5 * n, minutes=60 * chance(seed, number))
        if posted > now:
            return None
        age = (now - posted) / timedelta(days=1)
        votes = int(chance(seed, "votes", number) ** 3 * 400 * age / (age + 12))
        return {
            "SN": str(number),
            "TITLE": self.world.part(Voice).wish(number),
            "CONTENT": "<p>연습 도시의 지어낸 제안입니다.</p>",
            "VOTE_SCORE": str(votes - votes // 9),
            "REG_DATE": f"{posted:%Y-%m-%d %H:%M:%S}",
            "VISIOIN_TXT": "",
            "USER_COMMENT_CNT": str(votes // 14),
            "VOTE_CNT": str(votes),
            "VOTE_DIS_CNT": str(votes // 9),
            "REPLY_YN": "Y" if votes >= 50 and age > 20 else "N",
        }
