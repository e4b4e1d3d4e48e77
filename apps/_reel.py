"""GET /then/PAGE/reel: the last day of the layers that move most, as compact arrays, sent once.

With it a viewer moves the ruler without asking for anything. A column travels as its values, each
once, and for every moment and row which of them it is; what is the same all day does not travel.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

import msgspec
import pandas as pd

from apps._asked import STEP
from apps._daily import Daily
from apps._events import events
from apps._map import Map
from apps._moment import settled
from apps._once import Answer, Once, answer
from apps._packed import packed
from apps._page import pages
from data import Feed, city, clock, feeds
from layers import Layer, columns, elements, layers, moving, needs

log = logging.getLogger(__name__)
KEYS = ("dong", "gu_code", "link_id")  # of what is told place by place
SOME = 12  # moments read at a time
BACK = 144  # steps before the newest settled one
MOST = 24  # variants whose moments are held, and reels that may wait for their turn
LEFT_OUT = ("x", "y", "xs", "ys", "tip", "at")  # where it is stays; what it says is asked for
Frames = dict[str, pd.DataFrame]  # by feed
Drawn = dict[str, list[dict[str, list]]]  # layer: the columns of each of its elements


class Reels:
    """What was known, and drawn of it, at each moment of the last day; safe from any thread."""

    def __init__(self):
        self.answers = Once(at_once=1, waiting=MOST)
        self._known: dict[datetime, Frames] = {}
        self._drawn: OrderedDict[tuple, dict[datetime, Drawn | None]] = OrderedDict()
        self._daily: dict[str, Daily] = {}  # by feed
        self._events: tuple[datetime | None, list[dict]] = (None, [])
        self._lock = threading.Lock()

    def renew(self) -> None:
        """Read some of the moments nobody has asked for yet, newest first. Blocks."""
        with self._lock:
            missing = [m for m in reversed(self._moments(self.last())) if m not in self._known]
            self._read(missing[:SOME])

    def last(self) -> datetime:
        """The newest moment of which all is known."""
        now = clock.now()
        then = now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0)
        return then if settled(then) else then - STEP

    def reel(self, then: datetime, name: str, theme: str, narrow: bool, station: str) -> Answer:
        """The day until then. Blocks: for a thread.

        JSON: ``first`` and ``step`` (seconds since 1970), ``count``, ``known`` (for each moment
        whether anything was kept), ``still`` as in /then/PAGE/map, ``events`` as
        apps/_events.py gives them, and ``layers``: for each element its columns as {values,
        wide, index}, index being base64 of (count, rows) uint8 or, where wide, little-endian
        uint16.
        """
        now = Map(name, "ko", theme, narrow, pages[name].stations.get(station, ""))
        with self._lock:
            moments = self._moments(then)
            course = self._course((name, theme, narrow, station), now, moments)
            if self._events[0] != then:
                self._events = then, events(then)
        reeled = [n for n, layer in now.layers.items() if type(layer).reel]
        shown = [n for n in reeled if all(day is None or n in day for day in course)]
        body = {
            "first": round(moments[0].timestamp()),
            "step": round(STEP.total_seconds()),
            "count": len(moments),
            "known": [day is not None for day in course],
            "still": [n for n, layer in now.layers.items() if not moving(type(layer))],
            "events": self._events[1],
            "layers": {n: packed([day and day[n] for day in course]) for n in shown},
        }
        return answer(msgspec.json.encode(body), pack=True)

    def _course(self, variant: tuple, now: Map, moments: Sequence[datetime]) -> list[Drawn | None]:
        """The layers at each moment, drawn now where they were not yet; None: nothing kept."""
        held = self._drawn.setdefault(variant, {})
        self._drawn.move_to_end(variant)
        while len(self._drawn) > MOST:
            self._drawn.popitem(last=False)
        for moment in [m for m in held if m < moments[0]]:
            del held[moment]
        layers = standing(now)
        unread = [moment for moment in moments if moment not in self._known]
        for k in range(0, len(unread), SOME):
            self._read(unread[k : k + SOME])
        for moment in moments:
            if moment not in held:
                held[moment] = drawn(layers, moment, self._known[moment])
        return [held[moment] for moment in moments]

    def _read(self, moments: Sequence[datetime]) -> None:
        """What was known then of what the reeled layers tell, the newest row of each key alone."""
        moments, names = sorted(moments), {needs(kind)[kind.timed] for kind in reeled()}
        told = city.course(moments, names) if moments else []
        for moment, there in zip(moments, told, strict=True):
            known = {name: newest(feeds[name], x) for name, x in there.items()}
            self._known[moment] = known | self._limits(moment) if known else {}

    def _limits(self, moment: datetime) -> Frames:
        """What those layers take their limits of, as it was known then."""
        for kind in reeled():
            if kind.daily:
                self._daily.setdefault(name := needs(kind)[kind.daily], Daily(name))
        days = {name: daily.at(moment) for name, daily in self._daily.items()}
        return {name: day for name, day in days.items() if day is not None}

    def _moments(self, then: datetime) -> list[datetime]:
        """Those of the day until then, oldest first; what is older is let go."""
        moments = [then - k * STEP for k in range(BACK, -1, -1)]
        for moment in [m for m in self._known if m < moments[0]]:
            del self._known[moment]
        return moments


def reeled() -> list[type[Layer]]:
    """The layers whose last day travels whole."""
    return [kind for kind in layers if kind.reel]


def newest(feed: Feed, frame: pd.DataFrame) -> pd.DataFrame:
    """Of each key the row observed last; what the frame says of itself stays."""
    key = [name for name in feed.key or feed.columns if name in KEYS]
    if "observed_at" not in frame or not key:
        return frame
    rows = frame.sort_values("observed_at", kind="stable").drop_duplicates(key, keep="last")
    rows.attrs = dict(frame.attrs)
    return rows.reset_index(drop=True)


def standing(now: Map) -> dict[str, Layer]:
    """The reeled layers of that map by name, with the frames of now, that follow nobody."""
    look = ("language", "theme", "surface", "narrow", "place")
    there = {n: layer for n, layer in now.layers.items() if type(layer).reel}
    return {
        n: type(x)(follow=False, **{k: getattr(x, k) for k in (*look, *needs(type(x)))})
        for n, x in there.items()
    }


def drawn(reeled: dict[str, Layer], moment: datetime, there: Frames) -> Drawn | None:
    """The layers as they were; None when nothing of them was kept. One that goes wrong leaves.

    What they tell is of then, and so are the limits between its tones; what they tell it of
    (shapes and courses) is of now.
    """
    if not there:
        return None
    found = {}
    for name, layer in list(reeled.items()):
        told = filter(None, (type(layer).timed, type(layer).daily))
        try:
            layer.param.update(now=moment, **{x: there.get(needs(type(layer))[x]) for x in told})
            parts = [columns(element) for element in elements(layer.draw())]
        except Exception:
            log.exception("layer %s left out of the reel at %s", name, moment.isoformat())
            del reeled[name]
            continue
        found[name] = [{n: c for n, c in part.items() if n not in LEFT_OUT} for part in parts]
    return found
