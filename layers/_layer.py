"""A layer: frames in, one HoloViews element out."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

import holoviews as hv
import holoviews.plotting.bokeh  # what an element becomes
import panel as pn
import param

from layers._palette import Palette, palette
from layers._reader import Reader

hv.Store.set_current_backend("bokeh")


class Layer(Reader, pn.viewable.Viewer):
    """One thing on the map. A subclass gives ``title``, ``on``, its frames and ``draw``."""

    title: ClassVar[str]
    on: ClassVar[dict[str, int]] = {}  # map: drawing order, bottom first ("city", "near")
    hidden: ClassVar[tuple[str, ...]] = ()  # maps where it shows only once a viewer asks for it

    theme = param.Selector(
        default="dark", objects=["light", "dark", "kiosk"], doc="Whose colours, as in tokens.css."
    )
    surface = param.Selector(
        default="hand", objects=["hand", "wall", "kiosk"], doc="Whose sizes, as in tokens.css."
    )
    narrow = param.Boolean(default=False, doc="Drawn under 700 px wide: less detail.")
    place = param.Parameter(default=None, doc="Middle of a near map, (lon, lat) in degrees.")

    def draw(self) -> hv.Element | hv.Overlay:
        """The element for the present frames, also when they are None or empty.

        Web Mercator metres (EPSG:3857); an Overlay always of the same elements.
        """
        raise NotImplementedError

    def told(self) -> Hashable:
        """What would look otherwise by the mere passing of time: how old its frames are."""
        return tuple(self.about(name).state for name in self._feeds)

    @property
    def tokens(self) -> Palette:
        """Colours and sizes of its theme and surface."""
        return palette(self.theme, self.surface, self.narrow)

    def __panel__(self) -> pn.viewable.Viewable:
        follows = [getattr(self.param, name) for name in self._feeds]
        bare = dict(
            xaxis=None, yaxis=None, toolbar=None, data_aspect=1, bgcolor=self.tokens["paper"]
        )
        drawn = hv.DynamicMap(pn.bind(lambda *_: self.draw(), *follows)) if follows else self.draw()
        return pn.pane.HoloViews(drawn.opts(**bare), min_height=300, sizing_mode="stretch_both")


def marked(name: str, **glyph: object):
    """A hook that tells the browser whose drawing it is, and sets what HoloViews has no word for.

    Args:
        name: the layer's, as it is asked for by a viewer; becomes a tag of the renderer.
        glyph: properties of the Bokeh glyph, ``text_outline_width=4``.
    """

    def hook(plot, element) -> None:
        renderer = plot.handles["glyph_renderer"]
        if name not in renderer.tags:
            renderer.tags = [*renderer.tags, name]
        if glyph:
            plot.handles["glyph"].update(**glyph)

    return hook


def overlay(elements: Sequence[hv.Element]) -> hv.Overlay:
    """Elements of one layer, bottom first."""
    return hv.Overlay(list(elements))
