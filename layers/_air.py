"""The air of every station with its place, from both networks; the four grades."""

import pandas as pd

from layers._layer import Layer
from layers._spots import fresh, named

WORDS = ("", "Good", "Moderate", "Unhealthy", "Very unhealthy")
LEVELS = {"좋음": 1, "보통": 2, "나쁨": 3, "매우나쁨": 4}  # as the portals write them
LIMITS = (
    50.0,
    100.0,
    250.0,
)  # of the index, up to and including each grade (Ministry of Environment)
NAMES = ["name", "gu_code", "type", "index", "level", "suspect", "observed_at", "lon", "lat"]


def level(index: float) -> int:
    """The grade of an index, 1 to 4; 0 when it is unknown."""
    return 0 if index != index else 1 + sum(index > limit for limit in LIMITS)


def measured(layer: Layer) -> pd.DataFrame:
    """A row per station that tells its index: ``NAMES``; the city's own figure before Air Korea's.

    Of its frames ``stations``, ``city_air`` and ``korea_air``; empty when any place is unknown.
    """
    told = [fresh(layer, name) for name in ("city_air", "korea_air")]
    told = [rows for rows in told if rows is not None and len(rows)]
    if not told or layer.stations is None or layer.stations.empty:
        return pd.DataFrame(columns=NAMES)
    wanted = ["station", "index", "grade", "suspect", "observed_at"]
    rows = pd.concat([rows.reindex(columns=wanted) for rows in told], ignore_index=True)
    rows = rows[rows["index"].notna()].drop_duplicates("station")
    places = layer.stations.assign(name=named(layer, layer.stations))
    rows = places.merge(rows, left_on="name_ko", right_on="station")
    rows["level"] = rows["grade"].map(LEVELS).fillna(0).astype(int)
    rows["suspect"] = rows["suspect"].fillna("").str.contains("index")
    return rows[rows["level"] > 0][NAMES].reset_index(drop=True)
