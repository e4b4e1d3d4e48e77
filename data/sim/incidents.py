"""AccInfo with its tables AccMainCode and AccSubCode: what holds traffic up. XML only."""

from data.sim._chance import among, chance
from data.sim._open_data import Table
from data.sim._tables import projected

MAIN = (
    "교통사고 차량고장 보행사고 공사 낙하물 버스사고 지하철사고 화재 기상/재난 집회및행사 "
    "기타 제보 단순정보"
)
SUB = {
    "01B01": "추돌", "01B03": "전복", "01B04": "차량화재", "01B05": "차량고장", "02B01": "차량고장",
    "03B01": "보행사고", "04B01": "시설물보수", "04B02": "청소작업", "04B03": "차선도색",
    "04B04": "도로보수", "04B06": "포장공사", "05B01": "소형낙하물", "05B02": "대형낙하물",
    "06B01": "버스사고", "08B01": "화재", "09B01": "폭우", "09B16": "도로침수", "09B19": "강우통제",
    "10B01": "훈련", "10B02": "집회/시위", "10B03": "행사", "11B01": "기타", "12B01": "제보",
    "13B01": "단순정보",
}  # fmt: skip


class AccInfo(Table):
    """With the portal's quirks: times of four or six digits that lose a zero, places left blank."""

    name = "AccInfo"
    types = ("xml", "xmlf")

    def rows(self, args, request):
        """What is announced now, the newest first."""
        return [self._row(trouble) for trouble in reversed(self.world.troubles.at(request.now))]

    def _row(self, trouble) -> dict:
        seed, number = self.world.seed, trouble.number
        began = f"{trouble.starts:%H%M%S}" if number % 3 else f"{trouble.starts:%H%M}"
        if chance(seed, "zero", number) < 0.6:
            began = began[1:] if began.startswith("0") and not began.startswith("00") else began
        [(x, y)] = projected([trouble.link.middle])
        blank = chance(seed, "blank", number) < 0.05
        return {
            "acc_id": number,
            "occr_date": f"{trouble.starts:%Y%m%d}",
            "occr_time": began,
            "exp_clr_date": f"{trouble.expected:%Y%m%d}",
            "exp_clr_time": f"{trouble.expected:%H%M%S}",
            "acc_type": trouble.kind,
            "acc_dtype": trouble.detail,
            "link_id": trouble.link.link_id,
            "grs80tm_x": "" if blank else x + among(-20, 20, seed, "x", number),
            "grs80tm_y": "" if blank else y + among(-20, 20, seed, "y", number),
            "acc_info": trouble.text,
            "acc_road_code": trouble.closure,
        }


class AccMainCode(Table):
    """What the kinds are called."""

    name = "AccMainCode"
    types = ("xml", "xmlf")

    def rows(self, args, request):
        """A01 to A13."""
        return [
            {"acc_type": f"A{n + 1:02d}", "acc_type_nm": name}
            for n, name in enumerate(MAIN.split())
        ]


class AccSubCode(Table):
    """What the details are called."""

    name = "AccSubCode"
    types = ("xml", "xmlf")

    def rows(self, args, request):
        """Those that are in use."""
        return [{"acc_dtype": code, "acc_dtype_nm": name} for code, name in SUB.items()]
