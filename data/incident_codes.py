"""What the portal calls the kinds and details of incidents: a new code gets its name from here.

Source   TOPIS through data.seoul.go.kr, AccMainCode and AccSubCode (Seoul Metropolitan
         Government, KOGL type 1)
Cadence  hardly ever; asked once a day
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import Column, Feed, Unreadable, empty
from data._codes import DETAILS, KINDS
from data._envelope import seoul
from data._read import code, pick, plain

FIELDS = {"acc_type": "acc_type_nm", "acc_dtype": "acc_dtype_nm"}
ENGLISH = {c: english for c, (_, english) in (KINDS | DETAILS).items()}


class IncidentCodes(Feed):
    """One row per code of a kind (A01) or a detail (01B01); English is "" where we know none."""

    title = "Incident codes"
    source = "Seoul TOPIS"
    url = "{seoul}/{seoul_key}/xml/AccMainCode/1/1000/"
    every = "1d"
    daily = 4
    key = ("code",)
    columns = {
        "code": Column("str", "Code", required=True),
        "name_ko": Column("str", "Name (Korean)", required=True),
        "name_en": Column("str", "Name (English)"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """Kinds, then details."""
        return [self.url, self.url.replace("AccMainCode", "AccSubCode")]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """Either table. Raises Unreadable when it is neither."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = rows.rename(columns=str.lower)
        field = next((name for name in FIELDS if name in rows), None)
        if field is None:
            raise Unreadable(f"no {' or '.join(FIELDS)} among {plain(', '.join(rows))}")
        rows = pick(rows, {"code": (field,), "name_ko": (FIELDS[field],)})
        rows = rows.assign(code=rows["code"].map(code), name_ko=rows["name_ko"].map(plain))
        return rows.assign(name_en=rows["code"].map(ENGLISH).fillna(""))
