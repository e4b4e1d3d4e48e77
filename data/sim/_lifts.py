"""The lifts and escalators of the practice city's subway, a few per cent of them out of order."""

from dataclasses import dataclass
from datetime import datetime

from data.sim._calendar import hours
from data.sim._chance import chance
from data.sim._tables import table

OPERATED = {f"{n}호선" for n in range(1, 9)}
FEWEST, MOST = {"lift": 1, "escalator": 2, "chair": 0, "walkway": 0}, {
    "lift": 4, "escalator": 9, "chair": 1, "walkway": 0
}  # fmt: skip
OUT = {"lift": 0.02, "escalator": 0.035, "chair": 0.03, "walkway": 0.03}
WHY = (("S", 0.5), ("I", 0.75), ("T", 0.92), ("B", 1.0))
SPELL = {"S": 14.0, "I": 3.0, "T": 6.0, "B": 500.0}  # hours that each lasts at most


@dataclass(frozen=True)
class Lift:
    """One lift of one kind."""

    kind: str
    number: int  # of its kind, in that station
    index: int  # of all
    line: str
    station: str
    station_code: str
    flood: bool  # out of doors, so that a great rain stops it


class Lifts:
    """Every lift of the lines that Seoul Metro runs, and its state at any time."""

    def __init__(self, world):
        self._world, self._seed = world, world.seed
        stations = [
            row for row in table("stations")
            if row["line_ko"] in OPERATED and row["in_seoul"] == "1"
        ]  # fmt: skip
        self.lifts: dict[str, list[Lift]] = {kind: [] for kind in FEWEST}
        for n, row in enumerate(stations):
            for kind, fewest in FEWEST.items():
                luck = chance(self._seed, kind, row["station_id"])
                many = fewest + int(luck * (MOST[kind] - fewest + 1) * 0.999)
                for k in range(1, (kind == "walkway" and luck < 0.02) + many + 1):
                    index = len(self.lifts[kind])
                    name = row["name_ko"].removesuffix("역")
                    code = str(2000 + n)
                    self.lifts[kind].append(
                        Lift(kind, k, index, row["line_ko"], name, code, k == many)
                    )

    def state(self, lift: Lift, t: datetime) -> str:
        """M runs, S repair, I inspection, T stopped, B construction."""
        if lift.flood and self._world.weather.rain(t) > 40 and self._lucky(lift, "flood") < 0.06:
            return "T"
        h = hours(t)
        key = (lift.kind, lift.index)
        for spell in (500.0, 14.0):
            began = int(h // spell)
            luck = chance(self._seed, "lift", *key, spell, began)
            if luck >= OUT[lift.kind] * (0.2 if spell > 100 else 1):
                continue
            why = chance(self._seed, "why", *key, spell, began)
            state = "B" if spell > 100 else next(s for s, most in WHY if why < most)
            if (h % spell) < SPELL[state]:
                return state
        return "M"

    def _lucky(self, lift: Lift, what: str) -> float:
        return chance(self._seed, what, lift.kind, lift.index)
