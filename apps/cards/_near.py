"""How far things are from the station a card stands in, and what of them is nearest. Pure."""

import math

import numpy as np
import pandas as pd

from apps._walk import EAST, NORTH


def place(stations: pd.DataFrame | None, name: str) -> tuple[float, float] | None:
    """(lon, lat) of the station, between the platforms of its lines; None when not in the table."""
    if stations is None or not name:
        return None
    rows = stations[stations["name_ko"] == name]
    return (rows["lon"].mean(), rows["lat"].mean()) if len(rows) else None


def nearest(
    rows: pd.DataFrame | None, here: tuple[float, float] | None, within: float = math.inf
) -> pd.DataFrame:
    """The rows with ``metres``, nearest first, up to ``within``; without a place or rows, none.

    Args:
        rows: with ``lon`` and ``lat`` in degrees; a row without them is left out.
    """
    if rows is None or here is None or rows.empty:
        return pd.DataFrame()
    east, north = (rows["lon"] - here[0]) * EAST, (rows["lat"] - here[1]) * NORTH
    rows = rows.assign(metres=np.hypot(east, north))
    return rows[rows["metres"] <= within].sort_values("metres", kind="stable")


def far(metres: float) -> tuple[str, str]:
    """(figure, unit): ``("350", "m")`` in tens below a kilometre, else ``("1.2", "km")``."""
    tens = round(metres, -1)
    return (f"{tens:.0f}", "m") if tens < 1000 else (f"{metres / 1000:.1f}", "km")


def short(name: str, most: int) -> str:
    """The name without what is in brackets, and with … where it is longer than ``most``."""
    name = name.split("(")[0].strip() or name
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
