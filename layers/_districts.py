"""Which districts are named on a map, and where."""

import numpy as np
import pandas as pd
import shapely
import shapely.affinity

from layers._once import once_a_frame
from layers._shapes import points

FEW = 9  # names on a narrow map: all 25 would crowd it
EDGE = 2.0  # times as near to the edge of its area as to a name a word may stand
GRID = 24  # places looked at in each direction for one that is clear
NAME = 3.0  # times as wide as high the name of a district is
LINE = 1.15  # of the height of a text: the next line is so far below
WHOLE = {True: 190.0, False: 85.0}  # Mercator metres a pixel, narrow or not, of the whole city
LATIN, HANGUL = 0.55, 1.0  # width of a letter to the height of a line


def named(districts: pd.DataFrame | None, language: str, narrow: bool) -> pd.DataFrame:
    """gu_code, name, x and y (Web Mercator) of each district that is named; the largest if narrow.

    Korean names lose 구 unless that is half of them (중구). Worked out once for a frame: not to be
    written into.
    """
    if districts is None or districts.empty:
        return pd.DataFrame({"gu_code": [], "name": [], "x": [], "y": []})
    return _named(districts, language, narrow)


@once_a_frame
def _named(districts: pd.DataFrame, language: str, narrow: bool) -> pd.DataFrame:
    rows = districts.nlargest(FEW, "area_km2") if narrow else districts
    x, y = points(rows["label_lon"], rows["label_lat"])
    korean = rows["name_ko"]
    korean = korean.str.removesuffix("구").where(korean.str.len() > 2, korean)
    name = korean if language == "ko" else rows["name_en"].str.removesuffix("-gu")
    return pd.DataFrame({"gu_code": rows["gu_code"], "name": name, "x": x, "y": y})


def wide(word: str) -> float:
    """Its width in heights of its line."""
    return sum(LATIN if sign.isascii() else HANGUL for sign in word)


def apart(rows: pd.DataFrame, px: float, narrow: bool) -> pd.DataFrame:
    """Of named districts those whose words, with a figure under them, do not lie on one another
    when the whole city is seen; which comes first stays.

    Args:
        rows: as ``named`` gives them.
        px: height of the text.
        narrow: on a screen under 700 px, where there is no figure.
    """
    metre = WHOLE[narrow]
    high = px * (LINE if narrow else 2 * LINE) * metre
    kept: list[tuple[float, float, float]] = []
    stays = []
    for x, y, name in zip(rows["x"], rows["y"], rows["name"], strict=True):
        long = px * metre * wide(name)
        free = all(abs(x - a) > (long + w) / 2 or abs(y - b) > high for a, b, w in kept)
        kept += [(x, y, long)] if free else []
        stays.append(free)
    return rows[np.array(stays, dtype=bool)]


def clear(shape: shapely.Geometry, word: str, taken: np.ndarray) -> tuple[float, float]:
    """(x, y) inside the shape for a word, as far as can be from its edge and from other words.

    Args:
        shape: an area, in Web Mercator.
        word: what will stand there.
        taken: (n, 2) middles of the words that are there.
    """
    west, south, east, north = shape.bounds
    x, y = (
        a.ravel()
        for a in np.meshgrid(np.linspace(west, east, GRID), np.linspace(south, north, GRID))
    )
    inside = shapely.contains_xy(shape, x, y)
    if not inside.any():
        middle = shapely.point_on_surface(shape)
        return middle.x, middle.y
    long = (wide(word) + NAME) / 2
    flat = shapely.affinity.scale(shape.boundary, 1 / long, 1, origin=(0, 0))
    free = EDGE * shapely.distance(flat, shapely.points(x / long, y))
    if len(taken):
        away = np.hypot((x[:, None] - taken[:, 0]) / long, y[:, None] - taken[:, 1])
        free = np.minimum(free, away.min(axis=1))
    best = int(np.where(inside, free, -1.0).argmax())
    return float(x[best]), float(y[best])
