"""jobCafeOpenInfo: the cafés of our table, one that it does not know, names as a clerk types them.

The fields are those that readers of the service name; no answer of it is recorded.
"""

from data.sim._chance import chance
from data.sim._open_data import Table
from data.sim._tables import table

KINDS = {"대학": "대학형", "카페": "민간형"}
OFFERS = ("취업상담", "이력서 첨삭", "모의면접", "스터디룸", "직무 특강")
FACILITIES = ("스터디룸", "노트북", "복합기", "빔프로젝터", "무선인터넷", "화이트보드")
OTHER = {"cafe_id": "J90", "name_ko": "마포중앙도서관", "type_ko": "도서관", "gu_code": "11440"}


class JobCafes(Table):
    """Ten columns of offers and ten of facilities, filled from the first, the rest blank."""

    name = "jobCafeOpenInfo"

    def rows(self, args, request):
        """All of them; it never changes."""
        names = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        return [self._row(cafe, names[cafe["gu_code"]]) for cafe in [*table("job_cafes"), OTHER]]

    def _row(self, cafe, district):
        seed, name = self.world.seed, cafe["name_ko"]
        run_together = chance(seed, "clerk", name) < 0.2
        kind, open_late = KINDS.get(cafe["type_ko"], "공공형"), chance(seed, "late", name) < 0.3
        return {
            "CAFE_NM": name.replace(" ", "") if run_together else name,
            "SMPL_INTRO": "취업 준비생을 위한 상담과 스터디 공간",
            "SPACE_INFRO": "상담실, 스터디룸",
            "USE_DT": f"평일 09:00 ~ {'21' if open_late else '18'}:00",
            "HOLI_DD": "주말 및 공휴일",
            "APPR_MTHD_NM": "서울일자리포털 예약",
            **self._ten("RSRV_SGGST", OFFERS, name),
            **self._ten("FACLT_INFO", FACILITIES, name),
            "CAFE_TYPE_NM": kind,
            "GUGUN": district,
            "BASS_ADRES_CN": f"서울특별시 {district}",
            "ROAD_ADRES2_CN": "",
            "FILE_NM": "",
        }

    def _ten(self, field, words, name):
        there = [word for word in words if chance(self.world.seed, field, name, word) < 0.6]
        return {f"{field}{n}": there[n - 1] if n <= len(there) else "" for n in range(1, 11)}
