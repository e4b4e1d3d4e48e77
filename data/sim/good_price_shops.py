"""ListPriceModelStoreService: a few fair price shops in each dong, all invented, no telephone."""

from data.sim._chance import chance, pick
from data.sim._open_data import Table
from data.sim._tables import table

KINDS = (  # code, name, shops are called, what they sell
    ("001", "한식", "식당", "김치찌개 7,000원"),
    ("001", "한식", "분식", "김밥 2,500원"),
    ("002", "중식", "반점", "짜장면 5,000원"),
    ("003", "경양식/일식", "돈가스", "돈가스 6,500원"),
    ("004", "기타외식업", "칼국수", "칼국수 5,500원"),
    ("005", "이미용", "미용실", "미용료(커트) 9,000원"),
    ("005", "이미용", "이용원", "이용료 8,000원"),
    ("007", "세탁", "세탁소", "양복세탁료 5,000원"),
)
NAMES = (
    "정다운", "한마음", "우리", "고향", "새마을", "가나다", "햇살", "오복", "푸른", "다정", "큰길",
    "골목", "느티나무",
)  # fmt: skip
RESTS = ("매주 일요일", "일요일", "연중무휴", "매주 월요일", "")
A_DONG = 3


class PriceModelStores(Table):
    """As the portal writes them: telephones padded with blanks, what is told in lines of CRLF."""

    name = "ListPriceModelStoreService"

    def rows(self, args, request):
        """All of them, or those of one code; chosen every half year."""
        half = request.now.replace(day=1, month=4 if request.now.month >= 6 else 1)
        districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        rows = [
            self._row(dong, districts[dong["gu_code"]], n, f"{half:%y-%m}")
            for dong in table("dongs")
            for n in range(A_DONG)
            if chance(self.world.seed, "fair", dong["dong_code"], n) < 0.85
        ]
        return [row for row in rows if not args[0] or row["INDUTY_CODE_SE"] == args[0]]

    def _row(self, dong, district, n, month):
        key = (self.world.seed, "fair", dong["dong_code"], n)
        code, kind, called, sells = pick(KINDS, *key, "kind")
        opens, closes = 8 + int(chance(*key, "opens") * 4), 19 + int(chance(*key, "closes") * 4)
        told = f"영업시간 :{opens:02}:00~{closes}:00\r\n좌석수 :\r\n"
        told += f"휴무일 :{pick(RESTS, *key, 'rest')}\r\n취급 품목 : {sells}\r\n\r\n"
        number = int(dong["dong_code"][2:8]) * 10 + n
        return {
            "SH_ID": f"{number:08d}",
            "SH_NAME": f"{pick(NAMES, *key, 'name')}{called}",
            "INDUTY_CODE_SE": code,
            "INDUTY_CODE_SE_NAME": kind,
            "SH_ADDR": f"서울특별시 {district} {dong['name_ko']} {1 + int(chance(*key) * 300)}",
            "SH_PHONE": " " * 16,
            "SH_WAY": "",
            "SH_INFO": told if chance(*key, "told") < 0.8 else "",
            "SH_PRIDE": "null" if chance(*key, "pride") < 0.5 else "　",
            "SH_RCMN": int(chance(*key, "liked") ** 3 * 300),
            "SH_PHOTO": "",
            "BASE_YM": month,
        }
