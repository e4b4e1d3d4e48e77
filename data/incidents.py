"""What holds traffic up now: accidents, works, closures, rallies.

Source   TOPIS through data.seoul.go.kr, AccInfo (Seoul Metropolitan Government, KOGL type 1)
Cadence  about 5 minutes; no incident is an empty frame
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._codes import CLOSURES, DETAILS, KINDS, said
from data._envelope import seoul
from data._read import code, lonlat, moment, pick, plain

NAMES = {
    "incident_id": ("acc_id", "ACC_ID"),
    "kind": ("acc_type", "ACC_TYPE"),
    "detail": ("acc_dtype", "ACC_DTYPE"),
    "text": ("acc_info", "ACC_INFO"),
    "link_id": ("link_id", "LINK_ID"),
    "day": ("occr_date", "OCCR_DATE"),
    "time": ("occr_time", "OCCR_TIME"),
    "end_day": ("exp_clr_date", "EXP_CLR_DATE"),
    "end_time": ("exp_clr_time", "EXP_CLR_TIME"),
    "x": ("grs80tm_x", "GRS80TM_X"),
    "y": ("grs80tm_y", "GRS80TM_Y"),
}
LONGEST = 1000  # characters of an announcement


class Incidents(Feed):
    """One row per incident. Long works run for years; lon and lat are NaN where none is told.

    The portal gives no time of its own: observed_at of the feed is when we asked.
    """

    title = "Incidents"
    source = "Seoul TOPIS"
    url = "{seoul}/{seoul_key}/xml/AccInfo/1/1000/"
    every = "5m"
    lag = "5m"
    quiet = True
    daily = 144
    key = ("incident_id",)
    columns = {
        "incident_id": Column("str", "Incident id", required=True),
        "kind": Column("str", "Kind code"),
        "detail": Column("str", "Detail code"),
        "kind_name": Column("str", "Kind"),
        "kind_name_en": Column("str", "Kind (English)"),
        "detail_name": Column("str", "Detail"),
        "detail_name_en": Column("str", "Detail (English)"),
        "text": Column("str", "Announcement"),
        "link_id": Column("str", "Road link"),
        "started_at": Column(TIME, "Since"),
        "expected_end": Column(TIME, "Expected end"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
        "road_code": Column("str", "Closure code"),
        "closure": Column("str", "Closure"),
        "closure_en": Column("str", "Closure (English)"),
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Code names from the portal's tables; a code that is not there stands for itself."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        road = next((n for n in ("acc_road_code", "ACC_ROAD_CODE") if n in rows), None)
        closed = rows[road].map(code) if road else ""  # not in answers before 2026
        rows = pick(rows, NAMES).assign(road_code=closed)
        for name in ("incident_id", "kind", "detail", "link_id"):
            rows[name] = rows[name].map(code)
        for column, stem, table in (
            ("kind", "kind_name", KINDS),
            ("detail", "detail_name", DETAILS),
            ("road_code", "closure", CLOSURES),
        ):
            rows[stem] = rows[column].map(lambda c, t=table: said(t, c, 0))
            rows[f"{stem}_en"] = rows[column].map(lambda c, t=table: said(t, c, 1))
        rows["text"] = rows["text"].map(lambda text: plain(text, LONGEST))
        rows["started_at"] = _times(rows["day"], rows["time"])
        rows["expected_end"] = _times(rows["end_day"], rows["end_time"])
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, index=rows.index, columns=["lon", "lat"])
        return rows


def _times(days: pd.Series, times: pd.Series) -> pd.Series:
    """Day ``20260407`` with time ``1000``, ``082045`` or ``930``: a lost zero is put back."""
    return pd.Series(
        [_time(code(day), code(time)) for day, time in zip(days, times, strict=True)],
        index=days.index,
        dtype=TIME,
    )


def _time(day: str, time: str):
    """One aware moment; None when either half is not one."""
    if not (time.isascii() and time.isdigit()) or len(time) > 6:
        return None
    return moment(f"{day} {time.zfill(4 if len(time) <= 4 else 6)}")
