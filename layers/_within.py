"""Where to put what is known by its district only: around the middle, never on a spot."""

import numpy as np
import pandas as pd

APART = 0.008  # degrees of latitude between neighbours, about 900 m
TURN = np.pi * (3 - np.sqrt(5))  # of the sunflower
FLAT = 1.26  # degrees of longitude to one of latitude as long, in Seoul


def within(rows: pd.DataFrame, districts: pd.DataFrame | None) -> pd.DataFrame:
    """The rows with ``lon`` and ``lat`` near the label of their ``gu_code``; NaN where unknown.

    Several of one district stand around its middle like the seeds of a sunflower, in the order of
    the rows; the place says the district and nothing nearer.
    """
    if districts is None or districts.empty or rows.empty:
        return rows.assign(lon=np.nan, lat=np.nan)
    middles = districts.drop_duplicates("gu_code").set_index("gu_code")
    middles = middles[["label_lon", "label_lat"]].reindex(rows["gu_code"])
    place = rows.groupby("gu_code").cumcount().to_numpy()
    away, angle = APART * np.sqrt(place + 1), place * TURN - np.pi / 2  # first below the name
    return rows.assign(
        lon=middles["label_lon"].to_numpy() + away * np.cos(angle) * FLAT,
        lat=middles["label_lat"].to_numpy() + away * np.sin(angle),
    )
