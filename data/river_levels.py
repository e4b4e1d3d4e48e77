"""How high the streams stand at the city's gauges, and the levels set for each.

Source   data.seoul.go.kr, ListRiverStageService (Seoul Metropolitan Government, KOGL type 1);
         names of fields from those who read the service, no answer of it is recorded
Cadence  every 10 minutes

What metres count from was not seen: levels are compared within their row only. Of the two times
of the older answers TRANSFER_TIME is taken for the gauge's. Places are those of
places/river_gauges.csv, by name and river.
"""

import functools
from pathlib import Path

import pandas as pd

from data import TIME, Column, Feed, empty
from data._districts import district_in, gu_codes
from data._envelope import seoul
from data._places import measures, table
from data._read import code, moments, numbers, pick, plain
from data._stages import stages

PLACES = Path(__file__).parent / "places" / "river_gauges.csv"
NAMES = {  # ours: the portal's since 2025, before
    "gauge_id": ("WATG_CD", "RIVERGAUGE_CODE"),
    "gauge": ("WATG_NM", "RIVERGAUGE_NAME"),
    "river": ("RVR_NM", "RIVER_NAME"),
    "district": ("GU_OFC_NM", "GU_NAME"),
    "observed_at": ("DTRSM_DATA_CLCT_TM", "TRANSFER_TIME"),
    "level": ("RLTM_RVR_WATL_CNT", "CURRENT_LEVEL"),
    "ordinary": ("RBH", "ORDINARY_LEVEL"),
    "control": ("CNTRL_WATL", "CONTROL_LEVEL"),
    "flood": ("PLAN_FLDE", "PLANFLOOD_LEVEL"),
    "levee": ("EBM_HGT", "LEVEE_LEVEL"),
}
SET = ["ordinary", "control", "flood", "levee"]


class RiverLevels(Feed):
    """One row per gauge. A level of 0 or blank was never set: NaN.

    ``alert`` is the highest of control, flood and levee that the water has reached, else normal;
    none set: no such level; "": the water is not known. lon and lat are NaN out of our table.
    """

    title = "River levels"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/ListRiverStageService/1/1000/"
    every = "10m"
    lag = "10m"
    daily = 48
    columns = {
        "gauge_id": Column("str", "Gauge id", required=True),
        "gauge": Column("str", "Gauge"),
        "river": Column("str", "River"),
        "district": Column("str", "District (Korean)"),
        "gu_code": Column("str", "District"),
        "observed_at": Column(TIME, "Observed", required=True),
        "level": Column("float64", "Water level", "m", -10, 100, step=3),
        "ordinary": Column("float64", "Ordinary level", "m", 0, 100),
        "control": Column("float64", "Control level", "m", 0, 100),
        "flood": Column("float64", "Planned flood level", "m", 0, 100),
        "levee": Column("float64", "Levee", "m", 0, 100),
        "alert": Column("str", "Alert"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Numbers may be strings; a district may come with the city before it."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        for name in ("gauge", "river", "district"):
            rows[name] = rows[name].map(plain)
        rows["gauge_id"] = rows["gauge_id"].map(code)
        rows["gu_code"] = gu_codes(rows["district"].map(district_in))
        rows["observed_at"] = moments(rows["observed_at"])
        for name in ("level", *SET):
            known = numbers(rows[name])
            rows[name] = known.where(known.between(-10 if name == "level" else 0, 100))
        rows[SET] = rows[SET].where(rows[SET] > 0)
        keys = pd.MultiIndex.from_frame(rows[["river", "gauge"]])
        rows = rows.join(_places().reindex(keys).set_index(rows.index))
        return rows.assign(alert=stages(rows, "control", "flood", "levee"))


@functools.cache
def _places() -> pd.DataFrame:
    """lon and lat of the gauges of our table by river and name; the city's before another's."""
    rows = measures(table(PLACES.read_bytes()), "lon", "lat")
    rows = rows.drop_duplicates(["river_ko", "name_ko"])
    return rows.set_index(["river_ko", "name_ko"])[["lon", "lat"]]
