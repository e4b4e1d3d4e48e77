"""Marks too many for the whole city on a small screen: from afar their number in every district,
near by each of them.
"""

from functools import lru_cache

import holoviews as hv
import numpy as np
import pandas as pd
import shapely

from data import figure
from layers._columns import FAR, NEAR
from layers._districts import named
from layers._labels import labels
from layers._layer import Layer, overlay
from layers._once import once_a_frame
from layers._spots import name_of, spots
from layers._tips import tip

DROP = 0.6  # of the text's size, by which a number stands under the name of its district
LOWER = 1.15  # where few districts are named, and those at the very place
HELD = 64  # sets of places of which it is remembered where they lie


def crowd(layer: Layer, rows: pd.DataFrame, *by: str, worth: str = "", **look) -> hv.Overlay:
    """Numbers for who sees the whole city, then a mark a row for who has enlarged it.

    Args:
        layer: with the frames ``districts`` (where a number stands) and ``shapes`` (their
            outlines); a near map has no numbers.
        rows, by, look: as for ``spots``, of one marker.
        worth: column that is added up in a district; "" counts the rows.
    """
    marks = spots(layer, rows, by, group="Points" if layer.place is not None else NEAR, **look)
    if layer.place is not None:
        return overlay([marks])
    return overlay([*_numbers(layer, rows, worth), marks])


def _numbers(layer: Layer, rows: pd.DataFrame, worth: str) -> hv.Overlay:
    """Two elements: halos and numbers, with tips; the dash never: who is not counted has none."""
    there = named(layer.districts, layer.language, narrow=False)
    codes = home(rows, layer.shapes)
    told = rows[worth].astype(float) if worth else pd.Series(1.0, index=rows.index)
    sums = told.groupby(codes.to_numpy()).sum()
    there = there[there["gu_code"].isin(sums.index)]
    found = [figure(sums[code]) for code in there["gu_code"]]
    title = layer.say(layer.title)
    size = layer.tokens.px("t1")
    return labels(
        list(zip(there["x"], there["y"], found, strict=True)),
        name_of(layer),
        layer.tokens,
        size=size,
        style="bold" if layer.narrow else "normal",
        lift=-size * (LOWER if layer.narrow else DROP),
        tips=[tip(name, f"{title} {n}") for name, n in zip(there["name"], found, strict=True)],
        group=FAR,
    )


def home(rows: pd.DataFrame, shapes: pd.DataFrame | None, by: str = "gu_code") -> pd.Series:
    """The code of the area each place (lon, lat in degrees) lies in; None where in none.

    Worked out once for places that stay where they are, as stations do.

    Args:
        by: column of shapes that has the codes: ``gu_code``, or ``dong`` of shapes of dongs.
    """
    if shapes is None or not len(shapes) or not len(rows):
        return pd.Series(np.full(len(rows), None, dtype=object), index=rows.index)
    lon, lat = (rows[name].to_numpy("float64") for name in ("lon", "lat"))
    codes = _home(lon.tobytes(), lat.tobytes(), _areas(shapes, by))
    return pd.Series(codes, index=rows.index)


class _Areas:
    """Outlines and their codes."""

    def __init__(self, shapes: pd.DataFrame, by: str):
        self.tree = shapely.STRtree(shapes.geometry.to_numpy())
        self.codes = shapes[by].to_numpy(dtype=object)


_areas = once_a_frame(_Areas)


@lru_cache(HELD)
def _home(lon: bytes, lat: bytes, areas: _Areas) -> np.ndarray:
    """The codes of places given as float64."""
    places = shapely.points(np.frombuffer(lon), np.frombuffer(lat))
    codes = np.full(len(places), None, dtype=object)
    place, area = areas.tree.query(places, "within")
    codes[place] = areas.codes[area]
    codes.flags.writeable = False
    return codes
