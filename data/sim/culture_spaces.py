"""culturalSpaceInfo: the venues of our table, latitude in X_COORD, long texts in HTML.

The fields are those that readers of the service name; no answer of it is recorded.
"""

from data.sim._chance import chance
from data.sim._open_data import Table
from data.sim._tables import table

EMPTY = (
    "PHNE", "FAX", "HOMEPAGE", "SEAT_CNT", "MAIN_IMG", "ETC_DESC", "SUBWAY", "BUSSTOP", "YELLOW",
    "GREEN", "BLUE", "RED", "AIRPORT", "OPEN_DAY",
)  # fmt: skip


class CulturalSpaces(Table):
    """One of them closed on Mondays or never, open till six or nine."""

    name = "culturalSpaceInfo"

    def rows(self, args, request):
        """All of them; they never change."""
        districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        return [
            self._row(n, venue, districts[venue["gu_code"]])
            for n, venue in enumerate(table("culture_venues"), 1)
        ]

    def _row(self, n, venue, district):
        late = chance(self.world.seed, "late", venue["venue_id"]) < 0.3
        return {
            "NUM": str(n),
            "SUBJCODE": venue["category_ko"],
            "FAC_NAME": venue["name_ko"],
            "ADDR": f"서울특별시 {district}",
            "X_COORD": venue["lat"],
            "Y_COORD": venue["lon"],
            "OPENHOUR": f"10:00 ~ {'21' if late else '18'}:00",
            "CLOSEDAY": "" if late else "매주 월요일<br>1월 1일",
            "ENTR_FEE": "",
            "ENTRFREE": "무료" if chance(self.world.seed, "free", n) < 0.5 else "유료",
            "FAC_DESC": "<p>연습 도시의 지어낸 소개입니다.</p>",
            **dict.fromkeys(EMPTY, ""),
        }
