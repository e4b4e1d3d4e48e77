"""WoWcbsDayStatic: what the waterworks took in, sent out and supplied the day before."""

import math
from datetime import timedelta

from data.sim._calendar import kind
from data.sim._chance import among
from data.sim._open_data import Table

READY = timedelta(hours=9)  # into the day after
CENTRES = {"암사": 0.34, "강북": 0.27, "구의": 0.06, "뚝도": 0.14, "영등포": 0.12, "광암": 0.07}
OFFICES = {
    "중부": 0.08, "서부": 0.13, "동부": 0.13, "북부": 0.14, "강서": 0.15, "남부": 0.15,
    "강남": 0.12, "강동": 0.10,
}  # fmt: skip
A_DAY = 3_160_000  # m³ sent out on an ordinary working day
QUIET = (1.0, 0.985, 0.97)  # working day, Saturday, Sunday
DAYS = 7


class WoWcbsDayStatic(Table):
    """Purification centres take in and send out, district offices supply; numbers are floats."""

    name = "WoWcbsDayStatic"

    def rows(self, args, request):
        """A week, newest day first."""
        last = (request.now - READY).date() - timedelta(days=1)
        return [row for n in range(DAYS) for row in self._day(last - timedelta(days=n))]

    def _day(self, day):
        seed = self.world.seed
        summer = 0.05 * math.cos((day.timetuple().tm_yday - 215) / 365.25 * 2 * math.pi)
        sent = A_DAY * (1 + summer) * QUIET[kind(day)] * among(0.99, 1.01, seed, "sent", day)
        for works, part in CENTRES.items():
            out = sent * part * among(0.98, 1.02, seed, works, day)
            lost = among(1.02, 1.05, seed, "lost", works, day)  # washing of the filters
            yield _row(day, works, "취수", out * lost)
            yield _row(day, works, "송수", out)
        for works, part in OFFICES.items():
            supplied = sent * 0.985 * part * among(0.98, 1.02, seed, "supplied", works, day)
            yield _row(day, works, "공급", supplied)


def _row(day, works, measure, volume) -> dict:
    return {
        "YMD": f"{day:%Y%m%d}",
        "BUSNP_NM": works,
        "ROF_SE_NM": measure,
        "MSRMT_VL": float(round(volume)),
    }
