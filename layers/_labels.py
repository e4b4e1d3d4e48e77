"""Words on a map: with a halo in the colour of the land, so that they are read on anything."""

from collections.abc import Sequence

import holoviews as hv
import pandas as pd
from bokeh.core.properties import value

from layers._layer import dims, marked, overlay
from layers._palette import Palette

Word = tuple[float, float, str]  # x, y, text


def labels(
    words: Sequence[Word],
    layer: str,
    tokens: Palette,
    *,
    colour: str = "",
    halo: str = "land-0",
    size: float = 0,
    style: str = "normal",
    lift: float = 0,
    angle: float = 0,
    box: str = "",
    tips: Sequence[str] | None = None,
    group: str = "Labels",
) -> hv.Element | hv.Overlay:
    """One text a word, its middle at (x, y); with a halo an Overlay of two elements.

    Args:
        words: (x, y, text) in Web Mercator metres.
        layer: whose words they are.
        colour: of the text; the ink when not given.
        halo: token of the colour around it; "" for none.
        size: screen px; the smallest of the surface when not given.
        lift: screen px that the text stands above its place.
        angle: degrees, anticlockwise, of all of them.
        box: token of the colour of a box around each; "" for none.
        tips: what each says of itself, as a layer's marks do; None for nothing.
        group: FAR or NEAR (layers/_columns.py) when they are shown in one view alone.
    """
    size = size or tokens.px("t1")

    rows = pd.DataFrame(list(words), columns=["x", "y", "text"])
    if tips is not None:
        rows["tip"] = list(tips)

    def written(ink: str, *told: str, **glyph: object) -> hv.Labels:
        return hv.Labels(rows, dims("x", "y"), dims("text", *told), group=group).opts(
            text_color=ink,
            text_font_size=f"{size:g}px",
            text_font_style=style,
            text_align="center",
            text_baseline="middle",
            angle=angle,
            hooks=[marked(layer, y_offset=-lift, text_font=value(tokens.font), **glyph)],
        )

    said = [] if tips is None else ["tip"]
    ink = colour or tokens["ink"]
    if box:
        return written(ink, *said, background_fill_color=tokens[box], padding=round(size / 3))
    if not halo:
        return written(ink, *said)
    around = written(tokens[halo], text_outline_color=tokens[halo], text_outline_width=size / 5)
    return overlay([around, written(ink, *said)])
