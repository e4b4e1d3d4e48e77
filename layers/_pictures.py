"""An element of pictures in places, each by its address: what Bokeh calls image_url."""

import holoviews as hv
from holoviews.plotting.bokeh.element import ElementPlot

COLUMNS = ("src", "url", "wide", "level", "shown")


class Pictures(hv.Points):
    """x and y of the north-west corner in Web Mercator, and ``COLUMNS``.

    ``src`` is the address of a picture ("": there is none) that is ``wide`` metres wide and high;
    ``level`` which of several for different sizes of view. The picture of ``url`` is drawn where
    ``shown`` is 1: a browser puts both, those of the level that suits its viewer (tiles.js).
    """


class PicturesPlot(ElementPlot):
    """Pictures on a Bokeh figure."""

    _plot_methods = {"single": "image_url"}
    style_opts: list[str] = []

    def get_data(self, element, ranges, style):
        """Every column, and which of them the glyph reads."""
        data = {d.name: element.dimension_values(d) for d in element.dimensions()}
        glyph = dict(x="x", y="y", url="url", w="wide", h="wide", global_alpha="shown")
        return data, glyph | {"anchor": "top_left"}, style


hv.Store.register({Pictures: PicturesPlot}, "bokeh")
