"""SeoulPublicLibraryInfo: a public library in each district, small ones in the dongs, some shut."""

from data.sim._chance import among, chance, pick
from data.sim._open_data import Table
from data.sim._tables import table

REST = (
    "매주 월요일 및 법정공휴일",
    "토,일요일, 법정공휴일",
    "일요일, 법정공휴일",
    "휴관중",
    "없음",
)
EMPTY = ("HMPG_URL", "FXNUM", "FOND_YEAR", "TFCMN", "MBER_SBSCRB_RQISIT", "LON_GDCC", "FLOOR_DC",
         "LBRRY_INTRCN")  # fmt: skip


class PublicLibraries(Table):
    """Latitude in XCNTS, as the portal has it; null for what is not told."""

    name = "SeoulPublicLibraryInfo"

    def rows(self, args, request):
        """By district; it never changes."""
        found = []
        for n, gu in enumerate(table("districts"), 1):
            public = f"{gu['name_ko'].removesuffix('구')}중앙도서관"
            found.append(self._row(len(found) + 1, public, gu, gu, n, "공공도서관"))
            for dong in table("dongs"):
                key = (self.world.seed, "small library", dong["dong_code"])
                if dong["gu_code"] == gu["gu_code"] and chance(*key) < 0.6:
                    name = f"{dong['name_ko']}작은도서관"
                    gone = "[폐관]" if chance(*key, "gone") < 0.02 else ""
                    row = self._row(len(found) + 1, gone + name, dong, gu, n, "작은도서관")
                    found.append(row)
        return found

    def _row(self, number, name, place, gu, n, kind):
        key = (self.world.seed, "library", name)
        large = kind == "공공도서관"
        lon = float(place["lon"]) + among(-0.003, 0.003, *key, "lon")
        lat = float(place["lat"]) + among(-0.003, 0.003, *key, "lat")
        return {
            "LBRRY_SEQ_NO": str(number),
            "LBRRY_NAME": name,
            "GU_CODE": f"{n:04d}",
            "CODE_VALUE": gu["name_ko"],
            "ADRES": f"서울특별시 {gu['name_ko']} {'' if large else place['name_ko']}".strip(),
            "TEL_NO": None,
            "OP_TIME": "평일 09:00~22:00, 주말 09:00~17:00" if large else "평일 10:00~18:00",
            "FDRM_CLOSE_DATE": REST[0] if large else pick(REST[1:], *key, "rest"),
            "LBRRY_SE_NAME": kind,
            "XCNTS": f"{lat:.7f}",
            "YDNTS": f"{lon:.7f}",
            **dict.fromkeys(EMPTY),
        }
