"""Areas told apart by hatching: colour never fills a surface, and a tip belongs to each."""

import geopandas as gpd
import holoviews as hv
import shapely

from layers._layer import Layer, marked
from layers._shapes import area, metres, thinned
from layers._spots import name_of

THIN = 60.0  # metres
PARTS = {  # of the weather service since 2020, by the districts in them
    "L1100100": ("11650", "11680", "11710", "11740"),
    "L1100200": ("11200", "11215", "11230", "11260", "11290", "11305", "11320", "11350"),
    "L1100300": ("11470", "11500", "11530", "11545", "11560", "11590", "11620"),
    "L1100400": ("11110", "11140", "11170", "11380", "11410", "11440"),
}
APART = {"hand": 13.0, "wall": 26.0, "kiosk": 40.0}  # screen px between lines of the widest hatch


def districts(layer: Layer) -> dict[str, shapely.Geometry]:
    """The shapes of its frame ``shapes`` by gu_code, thinned, worked out once a frame."""
    shapes: gpd.GeoDataFrame | None = layer.shapes
    if shapes is None or shapes.empty:
        return {}
    if getattr(layer, "_shapes_of", None) is not shapes:
        layer._shapes_of = shapes
        layer._by_district = dict(
            zip(shapes["gu_code"], thinned(metres(shapes), THIN), strict=True)
        )
    return layer._by_district


def hatched(
    layer: Layer, rows: list[tuple[shapely.Geometry, str, float]], dense: int, colour: str
) -> hv.Polygons:
    """The areas with lines across in that colour.

    Args:
        layer: whose areas they are.
        rows: shape in Web Mercator, tip, at (seconds since 1970 or NaN).
        dense: 1, 2, 3 or 4: lines stand closer and are thicker.
        colour: token of the lines and the edge.
    """
    cells = [cell for shape, tip, at in rows for cell in area(shape, tip=tip, at=at)]
    ink = layer.tokens[colour]
    hatch = dict(
        hatch_pattern="/",
        hatch_color=ink,
        hatch_scale=APART[layer.surface] / (0.7 + 0.3 * dense),
        hatch_weight=layer.tokens.px("hair") * (0.7 + 0.15 * dense),
        hatch_alpha=0.7,
    )
    return hv.Polygons(cells, ["x", "y"], ["tip", "at"]).opts(
        fill_alpha=0.0,
        line_color=ink,
        line_width=layer.tokens.px("hair") * (0.75 + dense / 4),
        hooks=[marked(name_of(layer), **hatch)],
    )
