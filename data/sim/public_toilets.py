"""mgisToiletPoi: at stations, in parks, at community centres and in shops that let you in.

The fields are those that readers of the service name; no answer of it is recorded.
"""

from data.sim._chance import among, chance, pick
from data.sim._open_data import Table
from data.sim._tables import table

HOURS = (
    "정시(09:00~18:00)|",
    "정시(06:00~22:00)|",
    "상시(24시간)|",
    "기타|05:00~익일01:00",
    "정시(영업시작~종료)|",
)
EMPTY = ("VALUE_03", "VALUE_06", "VALUE_07", "VALUE_08", "VALUE_09")


class ToiletPlaces(Table):
    """Lists end with a bar; coordinates are numbers, in degrees."""

    name = "mgisToiletPoi"

    def rows(self, args, request):
        """All of them; they never change."""
        districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        return [
            self._row(n, name, place, districts.get(place.get("gu_code"), ""), public)
            for n, (name, place, public) in enumerate(_places(), 1)
        ]

    def _row(self, n, name, place, district, public):
        key = (self.world.seed, "toilet", n)
        hours = pick(HOURS[:3], *key) if public else pick(HOURS[2:], *key)
        wheelchair = ("남자|여자|", "남자|", "")[min(2, int(chance(*key, "wheelchair") * 4))]
        return {
            "OBJECTID": float(n),
            "CONTS_NAME": name,
            "ADDR_NEW": f"서울특별시 {district}".strip(),
            "ADDR_OLD": "",
            "COORD_X": round(float(place["lon"]) + among(-0.002, 0.002, *key, "lon"), 7),
            "COORD_Y": round(float(place["lat"]) + among(-0.002, 0.002, *key, "lat"), 7),
            "GU_NAME": district,
            "TEL_NO": "",
            "VALUE_01": "공공개방|" if public else "민간개방|",
            "VALUE_02": hours,
            "VALUE_04": "남자|여자|",
            "VALUE_05": wheelchair,
            **dict.fromkeys(EMPTY, ""),
        }


def _places() -> list[tuple[str, dict, bool]]:
    """(name, place, whether it is public)."""
    found = [
        (f"{row['name_ko']} 공중화장실", row, True) for row in table("parks") if row["gu_code"]
    ]
    for dong in table("dongs"):
        found.append((f"{dong['name_ko']} 주민센터", dong, True))
        found.append((f"{dong['name_ko']} 상가 개방화장실", dong, False))
    return found
