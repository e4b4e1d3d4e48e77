"""The pins of the gravest incidents, and the names of districts that make room for them."""

import numpy as np
import pandas as pd

from layers._districts import LINE, wide
from layers._layer import Layer
from layers._shapes import points

NUMBERED = 7  # pins that have a number, and their size
LARGE = {"hand": 24.0, "wall": 52.0, "kiosk": 70.0}  # screen px of a numbered pin
METRE = 38.0  # Mercator metres a pixel of the wall's map
STEP, FAR = 0.5, 3.0  # of a text's height: what a name moves by, and how far at most


def shown(layer: Layer) -> bool:
    """Whether the ``incidents`` of a layer are young enough to be pins."""
    there = layer.incidents is not None and not layer.incidents.empty
    return there and layer.about("incidents").state in ("live", "late")


def aside(layer: Layer, rows: pd.DataFrame, px: float) -> pd.DataFrame:
    """Named districts, on the wall moved as little as lets no numbered pin cover the name or the
    figure under it; who finds no free place near by stays.

    Elsewhere a viewer can come nearer, and names stay where they are.

    Args:
        layer: with the frame ``incidents``.
        rows: as ``layers._districts.named`` gives them.
        px: height of the text.
    """
    if layer.surface != "wall" or not shown(layer) or rows.empty:
        return rows
    pins = layer.incidents.head(NUMBERED)
    pins = np.column_stack(points(pins["lon"], pins["lat"]))
    pins = pins[np.isfinite(pins).all(axis=1)]
    metre = px * METRE
    pin, high = LARGE["wall"] * METRE, 2 * LINE * metre
    long = np.array([wide(name) for name in rows["name"].tolist()]) * metre
    places, moves = np.array(rows[["x", "y"]], "float64"), _moves() * metre
    for k, width in enumerate(long):
        room = (np.array([width, high]) + pin) / 2
        tried = places[k] + moves
        free = ~_over(tried, pins, room)
        others = np.delete(places, k, axis=0)
        rooms = np.column_stack([(np.delete(long, k) + width) / 2, np.full(len(others), high)])
        free[1:] &= ~_over(tried[1:], others, rooms)
        places[k] = tried[free.argmax()]  # the first when none is
    return rows.assign(x=places[:, 0], y=places[:, 1])


def _moves() -> np.ndarray:
    """(n, 2) in heights of a text, the shortest first: nowhere."""
    along = np.arange(-FAR, FAR + STEP / 2, STEP)
    grid = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    away = np.hypot(*grid.T)
    return grid[np.argsort(away, kind="stable")][: int((away <= FAR).sum())]


def _over(places: np.ndarray, others: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Whether each place is nearer to any other than the room both need, across and up."""
    apart = np.abs(places[:, None] - others[None])
    return (apart < room).all(axis=-1).any(axis=-1)
