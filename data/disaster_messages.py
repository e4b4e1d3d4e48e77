"""Disaster messages (재난문자) as they went to the telephones of Seoul or of the whole country.

Source   Ministry of the Interior and Safety, safetydata.go.kr, DSSP-IF-00247 (KOGL type 1)
Cadence  whenever one is sent, about a minute late

Asked without a region, since a message to the whole country may not be found under Seoul's.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, Column, Feed, empty
from data._columns import Frame
from data._envelope import safetydata
from data._read import code, moments, pick, plain

PAGE = 1000
LONGEST = {"text": 500, "regions": 4000}  # characters; a list of regions may be long
NIGHT = 6  # o'clock: until then yesterday's messages are asked for too
HERE = r"서울|전국"
NAMES = {
    "message_id": ("SN", "sn"),
    "observed_at": ("CRT_DT", "crtDt"),
    "text": ("MSG_CN", "msgCn"),
    "regions": ("RCPTN_RGN_NM", "rcptnRgnNm"),
    "level": ("EMRG_STEP_NM", "emrgStepNm"),
    "kind": ("DST_SE_NM", "dstSeNm"),
}
LEVELS = {"안전안내": "Safety notice", "긴급재난": "Emergency alert", "위급재난": "Critical alert"}


class DisasterMessages(Feed):
    """One row per message of the last three days. A level without an English name is ""."""

    title = "Disaster messages"
    source = "Ministry of the Interior and Safety"
    url = (
        "{safetydata}/V2/api/DSSP-IF-00247?serviceKey={safetydata_key}&returnType=json"
        "&pageNo=1&numOfRows=1000&crtDt={day}"
    )
    every = "3m"
    lag = "12h"  # nights without a message are usual
    daily = 720
    key = ("message_id",)
    keep = "3d"
    columns = {
        "message_id": Column("str", "Message id", required=True),
        "observed_at": Column(TIME, "Sent", required=True),
        "level": Column("str", "Level"),
        "level_en": Column("str", "Level (English)"),
        "kind": Column("str", "Kind of disaster"),
        "text": Column("str", "Message text", required=True),
        "regions": Column("str", "Regions"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """Today; yesterday too in the first hours of a day and before the first answer."""
        days = [now] if self.frame is not None and now.hour >= NIGHT else [now - timedelta(1), now]
        return [self.url.replace("{day}", f"{day:%Y%m%d}") for day in days]

    def next(self, body: bytes, url: str) -> str | None:
        """The next page, until a short one."""
        if len(safetydata(body)) < PAGE:
            return None
        before, _, rest = url.partition("&pageNo=")
        page, _, rest = rest.partition("&")
        return f"{before}&pageNo={int(page) + 1}&{rest}"

    def join(self, parts: Sequence[Frame]) -> Frame:
        """As old as the newest message to anywhere: that Seoul had none is news as well."""
        rows = super().join(parts)
        told = [part.attrs["observed_at"] for part in parts if "observed_at" in part.attrs]
        rows.attrs = {"observed_at": max(told)} if told else {}
        return rows

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Messages to Seoul, a part of it, or the whole country."""
        rows = safetydata(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows = rows.assign(
            message_id=rows["message_id"].map(code),
            observed_at=moments(rows["observed_at"]),
            level=rows["level"].map(plain),
            kind=rows["kind"].map(plain),
            **{n: [plain(text, most) for text in rows[n]] for n, most in LONGEST.items()},
        )
        rows["level_en"] = rows["level"].map(LEVELS).fillna("")
        here = rows[rows["regions"].str.contains(HERE)].reset_index(drop=True)
        if not pd.isna(newest := rows["observed_at"].max()):
            here.attrs["observed_at"] = newest.to_pydatetime()
        return here
