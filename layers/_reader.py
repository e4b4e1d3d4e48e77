"""Anything that shows frames."""

from collections.abc import Mapping
from datetime import datetime

import pandas as pd
import panel as pn
import param

from data import About, Feed, clock, feeds, say


class Frame(param.Parameter):
    """A parameter that holds a frame. Given nothing, it follows the feed it names."""

    __slots__ = ["feed"]

    def __init__(self, feed: str = "", **kwargs):
        super().__init__(default=None, **kwargs)
        self.feed = feed


class Reader(param.Parameterized):
    """Shows frames: give it each one, or a feed to follow, or nothing.

    ``follow=False`` is for shared pages: nothing is watched, ``take`` fetches what is new.
    """

    language = param.String(default="en", doc="Language of every label, as in data/words/.")
    now = param.Parameter(doc="The moment it is shown for, aware; None is the present.")

    def __init__(self, *, follow: bool = True, **params):
        frames = {n: p for n, p in self.param.objects("existing").items() if isinstance(p, Frame)}
        given = {n: params.get(n, feeds[p.feed] if p.feed else None) for n, p in frames.items()}
        self._feeds = {n: feed for n, feed in given.items() if isinstance(feed, Feed)}
        self._named = {n: p.feed for n, p in frames.items()}
        super().__init__(**params | {n: feed.frame for n, feed in self._feeds.items()})
        for name, feed in self._feeds.items() if follow else ():
            self._follow(name, feed)

    def take(self, now: datetime | None = None) -> bool:
        """Take every newer frame of its feeds; whether there was one."""
        new = {n: f.frame for n, f in self._feeds.items() if f.frame is not getattr(self, n)}
        self.param.update(now=now, **new)
        return bool(new)

    def about(self, name: str, observed_at: datetime | None = None) -> About:
        """What must stand beside the numbers of that frame: its age, practice, estimate.

        Args:
            name: the Frame parameter, ``"air"``.
            observed_at: of the one row meant; None for the frame's newest.
        """
        feed = self._feeds.get(name)
        if feed is not None:
            return feed.about(self.moment, observed_at)
        frame = getattr(self, name)
        if observed_at is None and frame is not None:
            observed_at = _observed(frame)
        feed = feeds[self._named[name]]
        return feed.about(self.moment, observed_at, frame) if observed_at else About()

    @property
    def moment(self) -> datetime:
        """The moment it is shown for."""
        return self.now or clock.now()

    def _follow(self, name: str, feed: Feed) -> None:
        """Take every new frame until the browser session ends.

        Feeds outlive sessions, so the watcher must be taken back: param references and
        pn.bind never do, and each closed tab would stay in memory for good.
        """
        watcher = feed.param.watch(lambda event: self.param.update(**{name: event.new}), "frame")
        if pn.state.curdoc:
            pn.state.on_session_destroyed(lambda context: feed.param.unwatch(watcher))

    def say(self, text: str, **values: object) -> str:
        """The text in this reader's language."""
        return say(text, self.language, **values)


def _observed(frame: pd.DataFrame) -> datetime | None:
    """The portal's time of a frame: as it says itself, else of its newest row."""
    if (said := getattr(frame, "attrs", {}).get("observed_at")) is not None:
        return said
    if "observed_at" in getattr(frame, "columns", ()) and len(frame):
        return frame["observed_at"].max().to_pydatetime()
    return None


def needs(kind: type[Reader]) -> dict[str, str]:
    """The frames a card or layer shows: its parameter, the feed."""
    named = kind.param.objects("existing").items()
    return {name: p.feed for name, p in named if isinstance(p, Frame) and p.feed}


def moving(kind: type[Reader]) -> bool:
    """Whether it shows anything that changes with time."""
    return any(feeds[feed].every for feed in needs(kind).values() if feed in dir(feeds))


def given(kind: type[Reader], frames: Mapping[str, pd.DataFrame]) -> dict[str, object]:
    """What that kind is made with to show those frames: None for one that is not among them."""
    return {name: frames.get(feed) for name, feed in needs(kind).items()}
