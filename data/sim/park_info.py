"""SearchParkInfoService: the parks of our table, areas with their sign, metres a little off."""

import os

from data.sim._chance import among
from data.sim._open_data import Table
from data.sim._tables import projected, table

COLUMNS = {  # since 2026: before
    "SN": "P_IDX", "PARK_NM": "P_PARK", "PARK_OTLN": "P_LIST_CONTENT", "AREA": "AREA",
    "OPEN_YMD": "OPEN_DT", "MAIN_FCLT": "MAIN_EQUIP", "MAIN_PLNT": "MAIN_PLANTS",
    "GD_DOC": "GUIDANCE", "VST_ROAD": "VISIT_ROAD", "UTZTN_REF": "USE_REFER", "IMG": "P_IMG",
    "RGN": "P_ZONE", "PARK_ADDR": "P_ADDR", "MNG_DEPT": "P_NAME", "TELNO": "P_ADMINTEL",
    "XCRD_G": "G_LONGITUDE", "YCRD_G": "G_LATITUDE", "XCRD": "LONGITUDE", "YCRD": "LATITUDE",
    "URL": "TEMPLATE_URL",
}  # fmt: skip


class ParkGuide(Table):
    """The metres lie some hundred off; ``SIM_OLD_NAMES=1`` gives the names of before."""

    name = "SearchParkInfoService"

    def rows(self, args, request):
        """All of them; they never change."""
        old = os.environ.get("SIM_OLD_NAMES") == "1"
        rows = [self._row(n, park) for n, park in enumerate(table("parks"), 1)]
        return [{COLUMNS[k]: v for k, v in row.items()} for row in rows] if old else rows

    def _row(self, n, park):
        districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        district = districts.get(park["gu_code"], "")
        [(x, y)] = projected([(float(park["lon"]), float(park["lat"]))])
        key = (self.world.seed, "park", n)
        return {
            "SN": str(n),
            "PARK_NM": park["name_ko"],
            "PARK_OTLN": f"<p>{district or '과천'}에 있는 공원</p>",
            "AREA": f"{park['area_m2']}㎡" if park["area_m2"] else "",
            "OPEN_YMD": f"{park['opened']}.5.1" if park["opened"] else "",
            "MAIN_FCLT": "산책로, 잔디마당, 화장실",
            "MAIN_PLNT": "소나무, 느티나무",
            "GD_DOC": "",
            "VST_ROAD": "대중교통 이용",
            "UTZTN_REF": "",
            "IMG": "",
            "RGN": district,
            "PARK_ADDR": f"서울특별시 {district}" if district else "경기도 과천시",
            "MNG_DEPT": "공원여가센터",
            "TELNO": "",
            "XCRD_G": f"{x + among(-600, 600, *key, 'x'):.3f}",
            "YCRD_G": f"{y + among(-600, 600, *key, 'y'):.3f}",
            "XCRD": park["lon"],
            "YCRD": park["lat"],
            "URL": "https://parks.seoul.go.kr/",
        }
