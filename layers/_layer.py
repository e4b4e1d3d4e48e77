"""A layer: frames in, one HoloViews element out."""

from typing import ClassVar

import holoviews as hv
import panel as pn
import param

from layers._reader import Reader


class Layer(Reader, pn.viewable.Viewer):
    """One thing on the map. A subclass gives ``title``, ``on``, its frames and ``draw``."""

    title: ClassVar[str]
    on: ClassVar[dict[str, int]] = {}  # map: drawing order, bottom first ("city", "narrow", "near")

    theme = param.Selector(
        default="dark", objects=["light", "dark", "kiosk"], doc="Whose colours, as in tokens.css."
    )
    surface = param.Selector(
        default="hand", objects=["hand", "wall", "kiosk"], doc="Whose sizes, as in tokens.css."
    )
    narrow = param.Boolean(default=False, doc="Drawn under 700 px wide: less detail.")

    def draw(self) -> hv.Element:
        """The element for the present frames, also when they are None or empty."""
        raise NotImplementedError

    def __panel__(self) -> pn.viewable.Viewable:
        return pn.pane.HoloViews(
            hv.DynamicMap(self.draw), min_height=300, sizing_mode="stretch_both"
        )
