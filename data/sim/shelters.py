"""TlEtqkP and TlInetqkP: where to go in an earthquake, one of each in most dongs.

The fields are those that readers of the services name; no answer of them is recorded.
"""

from data.sim._chance import among, chance
from data.sim._open_data import Table
from data.sim._tables import table


class EarthquakeOutdoor(Table):
    """School yards and small parks; coordinates as strings, now and then blank."""

    name = "TlEtqkP"
    share, kinds = 0.95, ("초등학교 운동장", "중학교 운동장", "어린이공원")

    def rows(self, args, request):
        """All of them; they never change."""
        names = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        key = (self.world.seed, self.name)
        return [
            self._row(dong, names[dong["gu_code"]])
            for dong in table("dongs")
            if chance(*key, dong["dong_code"]) < self.share
        ]

    def _row(self, dong, district) -> dict:
        key = (self.world.seed, self.name, dong["dong_code"])
        kind = self.kinds[int(chance(*key, "kind") * len(self.kinds))]
        blank = chance(*key, "blank") < 0.01
        lon = float(dong["lon"]) + among(-0.003, 0.003, *key, "lon")
        lat = float(dong["lat"]) + among(-0.003, 0.003, *key, "lat")
        return {
            "SD_NM": "서울특별시",
            "SGG_NM": district,
            "EQUP_NM": f"{dong['name_ko'].removesuffix('동')}{kind}",
            "LOC_SFPR_A": f"서울특별시 {district} {dong['name_ko']}",
            "XCORD": "" if blank else f"{lon:.6f}",
            "YCORD": "" if blank else f"{lat:.6f}",
        }


class EarthquakeIndoor(EarthquakeOutdoor):
    """School halls and community centres."""

    name = "TlInetqkP"
    share, kinds = 0.5, ("초등학교 강당", "중학교 체육관", "동 주민센터")
