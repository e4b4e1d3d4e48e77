"""An element on a Bokeh figure, as HoloViews would put it there, without HoloViews drawing.

HoloViews weighs each element of an overlay against all others: a city map of 93 elements is 13
million calls, and a map is made for every page, language and theme. What a layer returns stays an
element of HoloViews, and is drawn by it where it stands alone (python -m layers); here its glyph is
made of the same styles. A test compares both, property by property.
"""

import math
from types import SimpleNamespace

import holoviews as hv
from bokeh.core.properties import field
from bokeh.models import (
    ColumnDataSource,
    Glyph,
    GlyphRenderer,
    ImageURL,
    MultiLine,
    MultiPolygons,
    Plot,
    Scatter,
    Text,
)

from layers._columns import columns, styles
from layers._pictures import Pictures

KINDS = {  # the more special first: its glyph, which of its properties are columns
    Pictures: (ImageURL, dict(x="x", y="y", url="url", w="wide", h="wide", global_alpha="shown")),
    hv.Polygons: (MultiPolygons, dict(xs="xs", ys="ys")),
    hv.Path: (MultiLine, dict(xs="xs", ys="ys")),
    hv.Labels: (Text, dict(x="x", y="y", text="text")),
    hv.Points: (Scatter, dict(x="x", y="y")),
}
PARTS = {  # styles of HoloViews that stand for several of the glyph; its own are stronger
    "color": ("fill_color", "line_color", "text_color"),
    "alpha": ("fill_alpha", "line_alpha", "text_alpha"),
}


def add(figure: Plot, element: hv.Element) -> GlyphRenderer:
    """Put the element on the figure, above what is there; its hooks are run as by HoloViews."""
    source = ColumnDataSource(columns(element))
    made = glyph(element)
    renderer = GlyphRenderer(data_source=source, glyph=made, nonselection_glyph=None)
    figure.renderers.append(renderer)
    handles = dict(glyph=made, glyph_renderer=renderer, source=source, plot=figure)
    for hook in hv.Store.lookup_options("bokeh", element, "plot").kwargs.get("hooks", ()):
        hook(SimpleNamespace(handles=handles, state=figure), element)
    return renderer


def glyph(element: hv.Element) -> Glyph:
    """Its glyph: constants as they are, styles that follow a value as the names of columns."""
    kind, geometry = next(made for of, made in KINDS.items() if isinstance(element, of))
    style = hv.Store.lookup_options("bokeh", element, "style")[0]  # first of a cycle
    follows, there = styles(element), kind.properties()
    said = {name: field(name) if name in follows else value for name, value in style.items()}
    if "angle" in said:  # degrees in HoloViews
        said["angle"] = math.radians(said["angle"])
    for name, parts in PARTS.items():
        if name in said:
            said = {part: said[name] for part in parts} | said
    own = {name: value for name, value in said.items() if name in there}
    return kind(**{name: field(column) for name, column in geometry.items()} | own)
