"""A layer: frames in, one HoloViews element out."""

from collections.abc import Hashable, Sequence
from functools import cache
from typing import ClassVar

import holoviews as hv
import holoviews.plotting.bokeh  # what an element becomes
import pandas as pd
import panel as pn
import param

from data import ZONE, About, Feed, clock, feeds
from layers._palette import Palette, palette
from layers._reader import Reader
from layers._tips import BETWEEN, MOST, tips

hv.Store.set_current_backend("bokeh")


class Layer(Reader, pn.viewable.Viewer):
    """One thing on the map. A subclass gives ``title``, ``on``, its frames and ``draw``.

    Vdims ``tip`` and ``at`` of an element are what a mark says of itself, and the portal's time of
    that in seconds since 1970: shown under the pointer and as a table.
    """

    title: ClassVar[str]
    subject: ClassVar[str] = "City"  # under which it is offered: Safety, Movement, People …
    timed: ClassVar[str] = ""  # the Frame whose time marks without one have; "": the first with any
    daily: ClassVar[str] = ""  # the Frame of which it looks at the newest day alone, for limits
    on: ClassVar[dict[str, int]] = {}  # map: drawing order, bottom first ("city", "near")
    reel: ClassVar[bool] = False  # its last day travels whole (apps/_reel.py): every row, always
    is_counted: ClassVar[bool] = False  # it shows what its past adds up to (layers/_counted.py)
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

    def legend(self) -> list[tuple[str, str]]:
        """(token of a colour or name of a mark, words) in drawing order; [] if none is needed."""
        return []

    def table(self) -> pd.DataFrame:
        """What is drawn in words, most important first, at most MOST rows; the same columns always.

        Made of the tips: what, its values, when it was observed ("" without a time). No row when
        the frame of its time is silent.
        """
        told, about = tips(self.draw()).head(MOST), self.age()
        if about and about.state not in ("live", "late", "suspect"):
            told = told.iloc[:0]
        elif about and told["at"].isna().all():  # all of the frame's own time
            told = told.assign(at=about.observed_at.timestamp())
        parts = told["tip"].str.partition(BETWEEN)
        named = parts[[0, 2]] if len(told) else pd.DataFrame({0: [], 2: []})
        at = pd.to_datetime(told["at"], unit="s", utc=True).dt.tz_convert(ZONE)
        return pd.DataFrame(
            {
                self.say(self.title): named[0],
                self.say("Value"): named[2],
                self.say("Observed"): at.dt.strftime("%H:%M").fillna(""),
            }
        )

    def stamp(self) -> list:
        """What a browser needs to tell how old a mark is that has no time of its own, and of which.

        [title, at, live, silent, behind, note]: seconds since 1970 of the newest observation, and
        after it the seconds until it is no longer live and no longer told, None where it has no
        time or never grows old; whether it is published late by design; practice or estimate.
        """
        about = self.age()
        title = self.say(self.title)
        if about is None or about.observed_at is None or about.live_until is None:
            return [title, None, None, None, False, ""]
        limits = [
            (t - about.observed_at).total_seconds() for t in (about.live_until, about.silent_from)
        ]
        practice = "practice" if about.practice and not clock.practice else ""
        note = ", ".join(self.say(word) for word in (about.mark, practice) if word)
        at = round(about.observed_at.timestamp())
        return [title, at, *map(round, limits), about.behind, note]

    def age(self) -> About | None:
        """What must stand beside what its marks say; None when all are tables that never change."""
        moving = [name for name, feed in self._named.items() if feed and feeds[feed].every]
        timed = self.timed or next(iter(moving), "")
        return self.about(timed) if timed else None

    @property
    def follows(self) -> list[Feed]:
        """The feeds its frames come from."""
        return list(self._feeds.values())

    @property
    def tokens(self) -> Palette:
        """Colours and sizes of its theme and surface."""
        return palette(self.theme, self.surface, self.narrow)

    def __panel__(self) -> pn.viewable.Viewable:
        follows = [getattr(self.param, name) for name in self._feeds]
        bare = dict(
            xaxis=None,
            yaxis=None,
            toolbar=None,
            data_aspect=1,
            responsive=True,
            bgcolor=self.tokens["paper"],
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


def dims(*names: str) -> list[hv.Dimension]:
    """Dimensions of those names, each made once: of names HoloViews takes its time to make them."""
    return [_dim(name) for name in names]


_dim = cache(hv.Dimension)


def overlay(elements: Sequence[hv.Element]) -> hv.Overlay:
    """Elements of one layer, bottom first."""
    return hv.Overlay(list(elements))
