"""The Han River as the map draws it: wider than it is, so that it is seen from eight metres."""

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from layers._shapes import STRETCH, metres

WIDER = 120.0  # true metres on each bank, on a map of the whole city
ISLANDS = 60.0  # by which its islands are smaller
BESIDE = 100.0  # true metres from that bank, where riverside roads are drawn
THIN = 25.0


def water(river: gpd.GeoDataFrame, near: bool = False) -> BaseGeometry:
    """The river with its islands cut out, Mercator metres; ``near``: as wide as it is."""
    parts = metres(river).set_index("kind").geometry
    whole = parts.loc[["water"]].union_all()
    islands = parts.loc[["island"]].union_all() if "island" in parts.index else shapely.Polygon()
    if near:
        return whole.difference(islands)
    wide = whole.buffer(WIDER * STRETCH, quad_segs=4)
    return wide.difference(islands.buffer(-ISLANDS * STRETCH)).simplify(THIN)


def beside(river: gpd.GeoDataFrame) -> BaseGeometry:
    """The line along both banks that riverside roads are moved to."""
    parts = metres(river).set_index("kind").geometry
    whole = parts.loc[["water"]].union_all()
    return whole.buffer((WIDER + BESIDE) * STRETCH, quad_segs=4).simplify(THIN).exterior
