"""RealtimeCityAir: the air at the 25 district stations, published a quarter of an hour late."""

import os
from datetime import timedelta

from data.sim._open_data import Table

LATE = timedelta(minutes=15)
COLUMNS = {  # since 2025: before
    "MSRMT_DT": "MSRDT", "SAREA_NM": "MSRRGN_NM", "MSRSTN_NM": "MSRSTE_NM", "PM": "PM10",
    "FPM": "PM25", "OZON": "O3", "NTDX": "NO2", "CBMX": "CO", "SPDX": "SO2",
    "CAI_GRD": "IDEX_NM", "CAI_IDX": "IDEX_MVL", "CRST_SBSTN": "ARPLT_MAIN",
}  # fmt: skip


class RealtimeCityAir(Table):
    """A station in maintenance is a row of 0.0 with an empty grade."""

    name = "RealtimeCityAir"

    def rows(self, args, request):
        """Floats, as that service has them; ``SIM_OLD_NAMES=1`` gives the names until 2025."""
        hour = (request.now - LATE).replace(minute=0, second=0, microsecond=0)
        rows = [self._row(breath, hour) for breath in self.world.air.at(hour)]
        wanted = dict(zip(("SAREA_NM", "MSRSTN_NM"), args, strict=False))
        rows = [r for r in rows if all(not v or r[k] == v for k, v in wanted.items())]
        if os.environ.get("SIM_OLD_NAMES") == "1":
            return [{COLUMNS[k]: v for k, v in row.items()} for row in rows]
        return rows

    def _row(self, breath, hour) -> dict:
        amounts = (breath.amounts.get(p, 0.0) for p in ("PM10", "PM2.5", "O3", "NO2", "CO", "SO2"))
        values = (
            f"{hour:%Y%m%d%H%M}", breath.area, breath.station, *amounts,
            breath.grade, breath.index, breath.pollutant,
        )  # fmt: skip
        return dict(zip(COLUMNS, values, strict=True))
