"""How is the air where I stand?"""

from apps._format import known, shown
from apps.cards import Card
from apps.cards._near import nearest, place
from layers import Frame

GRADES = {"좋음": 1, "보통": 2, "나쁨": 3, "매우나쁨": 4}  # as the portal writes it
WORDS = ("", "Good", "Moderate", "Unhealthy", "Very unhealthy")
SCALE = (0, 50, 100, 250, 500)  # of the index: where each of the four grades begins and ends
ARC = 45.0  # degrees of the dial for a grade


class AirHere(Card):
    """The index at the measuring station of this district, on a dial of four grades."""

    title = "Air"

    air = Frame("air_quality", doc="The station of each district, by the district's name.")
    stations = Frame("stations", doc="Where this station is.")
    dongs = Frame("dongs", doc="The district is that of the nearest dong.")
    districts = Frame("districts", doc="Names of the districts.")

    def facts(self) -> dict:
        """place; index, level 0 to 4, grade, pm25, pm10 in µg/m³; turn of the notch in degrees;
        suspect: what of it is doubted."""
        korean, name = self._district()
        air = self.air
        row = {}
        if air is not None and len(mine := air[air["station"] == korean]):
            row = mine.iloc[-1].to_dict()
        about = self.about("air", row["observed_at"].to_pydatetime() if row else None)
        row = row if shown(about) else {}
        level = GRADES.get(row.get("grade", ""), 0)
        return {
            "about": about,
            "place": name,
            "level": level,
            "grade": self.say(WORDS[level]) if level else "",
            "suspect": row.get("suspect", ""),
            "turn": _turn(row.get("index"), level),
            **{n: row.get(n) if level else None for n in ("index", "pm25", "pm10")},
        }

    def _district(self) -> tuple[str, str]:
        """(as the portal names its station, as shown); empty while nothing is known."""
        near = nearest(self.dongs, place(self.stations, self.station))
        if near.empty or self.districts is None:
            return "", ""
        row = self.districts.set_index("gu_code").loc[near["gu_code"].iloc[0]]
        english = row["name_en"].removesuffix("-gu")
        return row["name_ko"], row["name_ko"] if self.language == "ko" else english


def _turn(index: float | None, level: int) -> float:
    """Where on the dial, 0 to 180 degrees: each grade has a quarter, whatever its width."""
    if not level or not known(index):
        return 0.0
    low, high = SCALE[level - 1], SCALE[level]
    part = min(max((index - low) / (high - low), 0.04), 0.96)
    return ARC * (level - 1 + part)
