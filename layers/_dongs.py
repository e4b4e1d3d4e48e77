"""Dongs as areas: one polygon of a frame ``shapes`` after the other, whatever they tell."""

from collections.abc import Sequence

import geopandas as gpd
import holoviews as hv
import numpy as np
import shapely

from layers._layer import Layer, marked
from layers._once import once_a_frame
from layers._shapes import area, many, metres, thinned
from layers._spots import name_of

THIN = 15.0  # metres


def dongs(layer: Layer, values: dict[str, Sequence], **look: object) -> hv.Polygons:
    """The dongs of its frame ``shapes``, in their order, with those values as vdims; none without
    shapes.

    Args:
        layer: whose areas they are.
        values: a value a dong, by vdim.
        look: styles of the element; one named as a vdim follows it.
    """
    rows = []
    if layer.shapes is not None and len(layer.shapes):
        each = zip(_of(layer.shapes)[0], *values.values(), strict=True)
        told = ((cells, dict(zip(values, row, strict=True))) for cells, *row in each)
        rows = [cell | row for cells, row in told for cell in cells]
    return many(hv.Polygons, rows, list(values)).opts(**look, hooks=[marked(name_of(layer))])


def codes(layer: Layer) -> list[str]:
    """The code of each dong, in the order of the shapes."""
    return [] if layer.shapes is None else layer.shapes["dong"].tolist()


def called(layer: Layer) -> list[str]:
    """What each is called, by its frame ``dongs``; its code where that has no name for it."""
    column = "name_ko" if layer.language == "ko" else "name_en"
    names = {} if layer.dongs is None else layer.dongs.set_index("dong")[column].to_dict()
    return [names.get(dong, dong) for dong in codes(layer)]


def middles(layer: Layer) -> np.ndarray:
    """(n, 2) a place inside each, in Web Mercator metres."""
    if layer.shapes is None or layer.shapes.empty:
        return np.empty((0, 2))
    return _of(layer.shapes)[1]


@once_a_frame
def _of(shapes: gpd.GeoDataFrame) -> tuple[list[list[dict]], np.ndarray]:
    """Each dong's polygons and middle, the same for every map."""
    thin = thinned(metres(shapes), THIN)
    inside = shapely.get_coordinates(shapely.point_on_surface(thin.to_numpy()))
    return [area(shape) for shape in thin], np.round(inside)
