"""Which districts are named on a map, and where."""

import pandas as pd

from layers._shapes import points

FEW = 9  # names on a narrow map: all 25 would crowd it


def named(districts: pd.DataFrame | None, language: str, narrow: bool) -> pd.DataFrame:
    """gu_code, name, x and y (Web Mercator) of each district that is named; the largest if narrow.

    Korean names lose 구 unless that is half of them (중구).
    """
    if districts is None or districts.empty:
        return pd.DataFrame({"gu_code": [], "name": [], "x": [], "y": []})
    rows = districts.nlargest(FEW, "area_km2") if narrow else districts
    x, y = points(rows["label_lon"], rows["label_lat"])
    korean = rows["name_ko"]
    korean = korean.str.removesuffix("구").where(korean.str.len() > 2, korean)
    name = korean if language == "ko" else rows["name_en"].str.removesuffix("-gu")
    return pd.DataFrame({"gu_code": rows["gu_code"], "name": name, "x": x, "y": y})
