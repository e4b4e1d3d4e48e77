"""Public car parks: where they are, how large, when open and what they cost.

Source   data.seoul.go.kr, GetParkInfo (Seoul Metropolitan Government, KOGL type 1); fields from
         those who read the service, no answer of it is recorded
Cadence  now and then; asked once a day, three pages
"""

import pandas as pd

from data import Column, Feed, empty
from data._districts import district_in, gu_codes
from data._envelope import seoul
from data._pages import page_after
from data._read import code, lonlat, numbers, pick, plain

NAMES = {
    "lot_id": ("PKLT_CD", "PARKING_CODE"),
    "lot": ("PKLT_NM", "PARKING_NAME"),
    "address": ("ADDR",),
    "kind": ("PRK_TYPE_NM", "PARKING_TYPE_NM"),
    "spaces": ("TPKCT", "CAPACITY"),
    "pays": ("PAY_YN",),
    "opens": ("WD_OPER_BGNG_TM", "WEEKDAY_BEGIN_TIME"),
    "closes": ("WD_OPER_END_TM", "WEEKDAY_END_TIME"),
    "fee": ("BSC_PRK_CRG", "RATES"),
    "fee_minutes": ("BSC_PRK_HR", "TIME_RATE"),
    "more_fee": ("ADD_PRK_CRG", "ADD_RATES"),
    "more_minutes": ("ADD_PRK_HR", "ADD_TIME_RATE"),
    "day_fee": ("DAY_MAX_CRG", "DAY_MAXIMUM"),
    "lat": ("LAT",),
    "lon": ("LOT", "LNG"),
}
MEASURES = ["spaces", "fee", "fee_minutes", "more_fee", "more_minutes", "day_fee"]


class ParkingLots(Feed):
    """One row per car park; of those along a street, which come once a stretch, the first.

    A fee of 0 is none told, NaN; opens and closes are of weekdays, "" where not told.
    """

    title = "Public car parks"
    source = "Seoul Metropolitan Government"
    url = "{seoul}/{seoul_key}/json/GetParkInfo/1/1000/"
    every = "1d"
    daily = 6
    pages = 6
    key = ("lot_id",)
    columns = {
        "lot_id": Column("str", "Car park code", required=True),
        "lot": Column("str", "Car park", required=True),
        "address": Column("str", "Address"),
        "gu_code": Column("str", "District"),
        "kind": Column("str", "Kind"),
        "spaces": Column("float64", "Spaces", "spaces", 1, 20_000),
        "charged": Column("bool", "Charged"),
        "opens": Column("str", "Opens"),
        "closes": Column("str", "Closes"),
        "fee": Column("float64", "Fee", "won", 1, 1_000_000),
        "fee_minutes": Column("float64", "Fee for", "min", 1, 1440),
        "more_fee": Column("float64", "Further fee", "won", 1, 1_000_000),
        "more_minutes": Column("float64", "Further fee for", "min", 1, 1440),
        "day_fee": Column("float64", "Most in a day", "won", 1, 1_000_000),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def next(self, body: bytes, url: str) -> str | None:
        """The next thousand, until a short page."""
        return page_after(body, url)

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """``0930`` is 09:30. The district is the one in the address."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        rows["lot_id"] = rows["lot_id"].map(code)
        rows = rows.drop_duplicates("lot_id", ignore_index=True)
        for name in ("lot", "address", "kind"):
            rows[name] = rows[name].map(plain)
        rows[MEASURES] = rows[MEASURES].apply(numbers)
        rows[["opens", "closes"]] = rows[["opens", "closes"]].map(_clock)
        places = [lonlat(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, rows.index, ["lon", "lat"])
        return rows.assign(
            charged=rows["pays"].map(plain) == "Y",
            gu_code=gu_codes(rows["address"].map(district_in)),
        )


def _clock(told: object) -> str:
    """``HH:MM`` of 0930, 930 or 2400; "" where no time is told."""
    digits = code(told).zfill(4)
    return f"{digits[:2]}:{digits[2:]}" if digits.isdecimal() and len(digits) == 4 else ""
