"""GetParkingInfo and GetParkInfo: car parks, how full they are now and where they are.

Numbers are floats; the second has the places, a thousand a page, and streets come twice.
"""

from datetime import timedelta
from functools import cached_property

from data.sim._chance import chance
from data.sim._open_data import Table
from data.sim._parking import Parking

TOLD = {
    "1": "현재~20분이내 연계데이터 존재(현재 주차대수 표현)",
    "2": "20분이전~2시간이내 연계데이터 존재",
    "0": "미연계중",
}
SILENT, SLOW = 0.04, 0.08  # share of the counted car parks that do not report, report late


class GetParkingInfo(Table):
    """Those that count; the number is of the cars that are in."""

    name = "GetParkingInfo"

    def rows(self, args, request):
        """Each reports every few minutes; one in a hundred is cut off for hours."""
        parking, wanted = self.world.part(Parking), args[0] if args else ""
        return [self._row(lot, request.now) for lot in parking.counted if wanted in lot.address]

    def _row(self, lot, now) -> dict:
        luck = chance(self.world.seed, "reports", lot.lot_id, now.date(), now.hour // 6)
        status = "0" if luck < SILENT else "2" if luck < SLOW else "1"
        ago = 30 + 220 * chance(self.world.seed, "told", lot.lot_id, now.hour, now.minute)
        told = now - timedelta(seconds=ago + (3600 if status == "2" else 0))
        here = status != "0"
        cars = self.world.part(Parking).cars(lot, told) if here else 0
        return _static(lot) | {
            "PRK_STTS_YN": status,
            "PRK_STTS_NM": TOLD[status],
            "NOW_PRK_VHCL_CNT": float(cars),
            "NOW_PRK_VHCL_UPDT_TM": f"{told:%Y-%m-%d %H:%M:%S}" if here else "",
        }


class GetParkInfo(Table):
    """All of them, with their places."""

    name = "GetParkInfo"

    def rows(self, args, request):
        """The same every day."""
        wanted = args[0] if args else ""
        return [row for row in self._all if wanted in row["ADDR"]]

    @cached_property
    def _all(self) -> list[dict]:
        found = []
        for lot in self.world.part(Parking).lots:
            row = _static(lot) | {"LAT": lot.lat, "LOT": lot.lon, "PRK_STTS_YN": "0"}
            twice = lot.type_code == "NS" and chance(self.world.seed, "twice", lot.lot_id) < 0.03
            found += [row, row] if twice else [row]
        return found


def _static(lot) -> dict:
    free = lot.type_code == "NW" and lot.near == "homes" and lot.spaces < 40
    return {
        "PKLT_CD": lot.lot_id,
        "PKLT_NM": lot.name,
        "ADDR": lot.address,
        "PKLT_TYPE": lot.type_code,
        "PRK_TYPE_NM": lot.kind,
        "OPER_SE": "1",
        "OPER_SE_NM": "시간제 주차장",
        "TPKCT": float(lot.spaces),
        "PAY_YN": "N" if free else "Y",
        "PAY_YN_NM": "무료" if free else "유료",
        "WD_OPER_BGNG_TM": "0000" if lot.near == "river" else "0900",
        "WD_OPER_END_TM": "2400" if lot.near != "work" else "1900",
        "BSC_PRK_CRG": 0.0 if free else 430.0,
        "BSC_PRK_HR": 0.0 if free else 5.0,
        "ADD_PRK_CRG": 0.0 if free else 430.0,
        "ADD_PRK_HR": 0.0 if free else 5.0,
        "DAY_MAX_CRG": 30900.0 if lot.near == "work" and not free else 0.0,
    }
