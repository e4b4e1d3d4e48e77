"""A map: the layers of a page on one Bokeh figure, the same for all who look at it."""

import logging
import math
import time
from collections.abc import Hashable
from datetime import datetime

import holoviews as hv
from bokeh.document import Document
from bokeh.models import GlyphRenderer, Plot, Range1d

from apps._page import pages
from data import BOUNDS, feeds
from layers import SEEN, add, elements, layers, put

log = logging.getLogger(__name__)
NEAR = 1900.0  # true metres from the place to the left and right edge of a near map
BARE = dict(  # a figure that is nothing but its map: the paper shines through
    name="map", background_fill_color=None, border_fill_color=None, outline_line_color=None,
    margin=0, min_border=0, sizing_mode="stretch_both", toolbar_location=None, lod_threshold=None,
)  # fmt: skip
STRETCH = 1.2617  # Mercator metres to a true metre
REST = 60.0  # seconds a layer that goes wrong stays as it was
EDGE = 20037508.34  # Mercator metres at 180 degrees


class Map:
    """What an island shows on that page, in that language and theme.

    Args:
        page, language, theme, narrow: of whom it is made for.
        station: the name of the place a near map is drawn around; "" is the whole city.
        whole: also with the hidden layers that nobody can choose on that page.
    """

    def __init__(
        self, page: str, language: str, theme: str, narrow: bool, station: str, whole: bool = False
    ):
        surface = pages[page].surface
        look = dict(language=language, theme=theme, surface=surface, narrow=narrow)
        look["place"] = _place(station) if station else None
        self.name = "near" if station else "city"
        self._renderers: dict[str, list[GlyphRenderer]] = {}
        self._drawn: dict[str, list[hv.Element]] = {}
        self._told: dict[str, Hashable] = {}
        self._rests: dict[str, float] = {}  # until when, monotonic
        self.place = look["place"]
        kinds = pages[page].layers(self.name)
        if whole:
            kinds = {kind.__module__.rpartition(".")[2]: kind for kind in layers.on(self.name)}
        self.layers = {name: kind(follow=False, **look) for name, kind in kinds.items()}

    def build(self, doc: Document) -> None:
        """Put the figure into the document; every renderer is tagged with its layer's name.

        A layer that cannot be drawn is left out: it costs itself, never the map.
        """
        for name, layer in list(self.layers.items()):
            try:
                self._drawn[name] = elements(layer.draw())
            except Exception:
                log.exception("layer %s left out", name)
                del self.layers[name]
        west, south, east, north = self.extent()
        figure = Plot(x_range=Range1d(west, east), y_range=Range1d(south, north), **BARE)
        for name, parts in self._drawn.items():
            self._renderers[name] = [add(figure, element) for element in parts]
            for renderer, element in zip(self._renderers[name], parts, strict=True):
                renderer.visible = self.name not in self.layers[name].hidden
                renderer.name = element.group if element.group in SEEN else None
            self._stamp(name)
        doc.add_root(figure)

    def update(self, now: datetime, share: float = 1.0) -> None:
        """Draw anew the layers that have a newer frame, or whose frame has grown too old.

        Args:
            now: the moment it is shown for.
            share: of a core that a layer may take; who has had it stays as it is, with its age.
        """
        for name in self.layers:
            if time.monotonic() < self._rests.get(name, 0.0):
                continue
            began = time.thread_time()
            try:
                drawn = self._renew(name, now)
            except Exception:
                log.exception("layer %s kept as it was", name)
                self._rests[name] = time.monotonic() + REST
                continue
            if drawn:
                took = time.thread_time() - began
                self._rests[name] = time.monotonic() + took * (1 / share - 1)

    def _renew(self, name: str, now: datetime) -> bool:
        """Whether the layer was drawn anew."""
        layer = self.layers[name]
        newer, before = layer.take(now), self._told.pop(name, None)
        told = layer.told()
        if anew := newer or told != before:
            before, self._drawn[name] = self._drawn[name], elements(layer.draw())
            pairs = zip(self._renderers[name], self._drawn[name], before, strict=True)
            for renderer, *drawn in pairs:
                put(renderer.data_source, *drawn)
        self._told[name] = told  # unless it went wrong: then it is tried again
        self._stamp(name)
        return anew

    def _stamp(self, name: str) -> None:
        """Tell the browser how old what the layer's marks say is, where that has changed."""
        told = [name, *self.layers[name].stamp()]
        for renderer in self._renderers[name]:
            if "tip" in renderer.data_source.data and renderer.tags != told:
                renderer.tags = told

    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north in Web Mercator; the browser fits it into its window."""
        if self.place is not None:
            x, y = mercator(*self.place)
            away = NEAR * STRETCH
            return x - away, y - away, x + away, y + away
        outline = feeds.outline.frame
        west, south, east, north = BOUNDS if outline is None else outline.total_bounds
        return *mercator(west, south), *mercator(east, north)


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """(x, y) in EPSG:3857 of degrees."""
    return lon * EDGE / 180, math.log(math.tan(math.radians(45 + lat / 2))) * EDGE / math.pi


def _place(station: str) -> tuple[float, float] | None:
    """(lon, lat) of that station; None while the table of stations is not there."""
    rows = feeds.stations.frame
    rows = [] if rows is None else rows[rows["name_ko"] == station]
    return (rows["lon"].mean(), rows["lat"].mean()) if len(rows) else None
