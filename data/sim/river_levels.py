"""ListRiverStageService: how high the streams stand, with the levels set for each gauge."""

import os
from datetime import timedelta

from data.sim._chance import among, pick
from data.sim._drops import ten_minutes
from data.sim._open_data import Table
from data.sim._tables import metres, points, table
from data.sim._water import Water

COLUMNS = {  # since 2025: before
    "WATG_CD": "RIVERGAUGE_CODE", "WATG_NM": "RIVERGAUGE_NAME", "RVR_NM": "RIVER_NAME",
    "STDG_SGG_CD": "GU_CODE", "GU_OFC_NM": "GU_NAME", "DTRSM_DATA_CLCT_TM": "TRANSFER_TIME",
    "RCPTN_SRVR_STRG_TM": "STORED_TIME", "RLTM_RVR_WATL_CNT": "CURRENT_LEVEL",
    "EBM_HGT": "LEVEE_LEVEL", "PLAN_FLDE": "PLANFLOOD_LEVEL", "RBH": "ORDINARY_LEVEL",
    "CNTRL_WATL": "CONTROL_LEVEL",
}  # fmt: skip
LATE = timedelta(minutes=2)
UNSET = {"301": "0", "303": "", "902": "0"}  # gauges without a control level, and how that looks


class ListRiverStageService(Table):
    """The city's own gauges; ``SIM_OLD_NAMES=1`` gives the names until 2025."""

    name = "ListRiverStageService"

    def rows(self, args, request):
        """One row a gauge, of the last full ten minutes; numbers are strings."""
        at = ten_minutes(request.now - LATE)
        gauges = [g for g in table("river_gauges") if g["operator"] == "서울시"]
        rows = [self._row(gauge, at) for gauge in gauges]
        if os.environ.get("SIM_OLD_NAMES") == "1":
            return [{COLUMNS[k]: v for k, v in row.items()} for row in rows]
        return rows

    def _row(self, gauge, at) -> dict:
        water, seed, name = self.world.part(Water), self.world.seed, gauge["name_ko"]
        ordinary = water.base(name)
        control = ordinary + among(1.1, 1.5, seed, "control", name)
        flood = ordinary + among(3.2, 3.8, seed, "flood", name)
        levee = flood + among(1.0, 1.6, seed, "levee", name)
        district = _district(float(gauge["lon"]), float(gauge["lat"]))
        return {
            "WATG_CD": gauge["gauge_id"],
            "WATG_NM": name,
            "RVR_NM": gauge["river_ko"],
            "STDG_SGG_CD": district["gu_code"],
            "GU_OFC_NM": f"서울특별시 {district['name_ko']}",
            "DTRSM_DATA_CLCT_TM": f"{at:%Y-%m-%d %H:%M:%S}",
            "RCPTN_SRVR_STRG_TM": f"{at + timedelta(seconds=pick((41, 52, 67), name)):%F %T}",
            "RLTM_RVR_WATL_CNT": f"{water.level(at, gauge['river_ko'], name):.2f}",
            "EBM_HGT": f"{levee:.2f}",
            "PLAN_FLDE": f"{flood:.2f}",
            "RBH": f"{ordinary:.2f}",
            "CNTRL_WATL": UNSET.get(gauge["gauge_id"], f"{control:.2f}"),
        }


def _district(lon: float, lat: float) -> dict[str, str]:
    """The district whose middle is nearest."""
    gap = ((points("districts") - metres(lon, lat)) ** 2).sum(axis=-1)
    return table("districts")[int(gap.argmin())]
