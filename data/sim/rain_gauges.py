"""ListRainfallService: what fell in each ten minutes, newest first, in the columns of before."""

from datetime import datetime, timedelta
from functools import cache

from data._city import ZONE
from data.sim._chance import chance, pick
from data.sim._open_data import Table
from data.sim._tables import table
from data.sim._water import STEP, Water

LATE = timedelta(seconds=15)
STEPS = 160  # how far back it goes: a little over a day
CODES = {"11680": 101, "11110": 110, "11140": 111, "11170": 116, "11560": 119}  # as seen
SECOND = 16  # so many districts have a second gauge, in one of their dongs
SILENT = 0.03  # the share of gauges that fall behind, for some hours


class ListRainfallService(Table):
    """Codes are floats, rain is a string; ``GU_NAME`` narrows it to a district."""

    name = "ListRainfallService"

    def rows(self, args, request):
        """Every gauge at :09, :19 …; one that has fallen behind has no newer rows."""
        water = self.world.part(Water)
        last = int((request.now - LATE).timestamp()) // STEP
        wanted = [g for g in gauges() if not args[0] or g[2] == args[0]]
        rows = []
        for step in range(last, last - STEPS, -1):
            told = datetime.fromtimestamp(step * STEP - 60, ZONE)
            for gauge, name, district, gu in wanted:
                behind = chance(self.world.seed, "behind", gauge, step // 36) < SILENT
                if behind and last // 36 == step // 36:
                    continue
                day, n = divmod(step - 1, 144)
                rows.append(
                    {
                        "RAINGAUGE_CODE": float(gauge),
                        "RAINGAUGE_NAME": name,
                        "GU_CODE": float(codes()[gu]),
                        "GU_NAME": district,
                        "RAINFALL10": f"{water.tipped(day, gu, name)[n]:g}",
                        "RECEIVE_TIME": f"{told:%Y-%m-%d %H:%M}",
                    }
                )
        return rows


@cache
def codes() -> dict[str, int]:
    """The service's own number of a district; those never seen fill the gaps."""
    free = iter(n for n in range(101, 126) if n not in CODES.values())
    return {gu: CODES.get(gu) or next(free) for gu in (r["gu_code"] for r in table("districts"))}


@cache
def gauges() -> list[tuple[int, str, str, str]]:
    """(code, name, district, gu_code): those of our table, and one in a dong of some districts."""
    found = []
    for number, row in enumerate(table("districts")):
        gu = row["gu_code"]
        names = [g["name_ko"] for g in table("rain_gauges") if g["gu_code"] == gu]
        dongs = [d["name_ko"] for d in table("dongs") if d["gu_code"] == gu]
        if len(names) == 1 and number <= SECOND:
            names.append(pick(dongs, "second gauge", gu))
        first = (codes()[gu] - 100) * 100 + 1
        found += [(first + n, name, row["name_ko"], gu) for n, name in enumerate(names)]
    return found
