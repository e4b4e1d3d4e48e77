"""GET /then/PAGE/cards, /map and /reel: the page at another moment, worked out once for all.

Compact JSON that a browser puts into the page it has; no document and no page of anybody's own.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from itertools import chain

import holoviews as hv
import msgspec

from apps._api import Api, Open
from apps._asked import Problem
from apps._map import Map
from apps._moment import fared, frames, moment, settled
from apps._once import Answer, answer
from apps._page import Shown, pages
from apps._reel import Reels
from apps.cards import cards, placed
from data import clock, feeds, languages
from layers import columns, elements, given, moving, needs

log = logging.getLogger(__name__)
JSON = "application/json; charset=utf-8"
HOUR, MINUTE = "public, max-age=3600", "public, max-age=60"
FRESH = 30  # seconds for which what may still change is given again
GEOMETRY = ("x", "y", "xs", "ys")


class ThenHandler(Open):
    """Anybody may ask; so many moments an address."""

    def initialize(self, api: Api, reels: Reels) -> None:
        """Whose."""
        super().initialize(api)
        self.reels = reels

    async def get(self, name: str, what: str) -> None:
        """The cards or the map of that page at ``at``; 404 for what is on no list."""
        page = pages[name] if name in dir(pages) else None
        if page is None:
            return self.tell(Problem(404, "There is no such page."))
        language = self.one_of("lang", languages())
        station = self.one_of("station", list(page.stations) or [""])
        theme = self.one_of("theme", [page.theme] if page.theme else ["light", "dark"])
        narrow = self.one_of("narrow", ["0", "1"])
        if None in (language, station, theme, narrow):
            return self.tell(Problem(404, "There is no such page."))
        if what == "reel":
            then = self.reels.last()
            look = (then, name, theme, narrow == "1", station)
            make, once = lambda: self.reels.reel(*look), self.reels.answers
            return await self.give(JSON, ("reel", look), make, MINUTE, once)
        try:
            then = moment(self.get_query_argument("at", ""))
        except Problem as problem:
            return self.tell(problem)
        if what == "cards":
            look, make = (name, language, station), cards_then
        else:
            look, make = (name, language, theme, narrow == "1", station), map_then
        lasting = settled(then)
        turn = None if lasting else int(clock.now().timestamp() // FRESH)
        key = ("then", what, look, then, turn)
        return await self.give(JSON, key, lambda: make(then, *look), HOUR if lasting else MINUTE)


def cards_then(then: datetime, name: str, language: str, station: str) -> Answer:
    """Fragments of the cards that show what moves, as they were; names of those of the present."""
    kinds = {card: cards[card] for card in placed(name)}
    past = {c for c, kind in kinds.items() if kind.whole or moving(kind) and not kind.present}
    if not past:
        raise Problem(410, "This page tells of now alone.")
    there = frames(chain.from_iterable(needs(kind).values() for kind in kinds.values()), then)
    how = fared(then) if any(kind.whole for kind in kinds.values()) else {}
    if not told(there) and not how:
        raise Problem(404, "Nothing is known of that moment.")
    shown = Shown(name, language, station, then, there, how)
    past |= {card for card, kind in kinds.items() if kind.dated}
    body = {
        "at": then.isoformat(),
        "ahead": then > clock.now(),
        "fragments": {card: html for card, html in shown.fragments().items() if card in past},
        "present": sorted(card for card, kind in kinds.items() if kind.present),
    }
    return answer(msgspec.json.encode(body), pack=True)


def told(there: Mapping) -> list[str]:
    """Names of the frames that are not tables of ours."""
    return [name for name in there if feeds[name].every]


def map_then(
    then: datetime, name: str, language: str, theme: str, narrow: bool, station: str
) -> Answer:
    """Columns of every element of the layers that move, as they were drawn then.

    Geometry that is as now is left out. Layers that never change are named in ``still``; one that
    goes wrong is in neither, and empty for who looks.
    """
    now = Map(name, language, theme, narrow, pages[name].stations.get(station, ""))
    there = frames(chain.from_iterable(needs(type(x)).values() for x in now.layers.values()), then)
    drawn, still = {}, []
    for layer_name, layer in now.layers.items():
        kind = type(layer)
        if not moving(kind):
            still.append(layer_name)
            continue
        look = {n: getattr(layer, n) for n in ("language", "theme", "surface", "narrow", "place")}
        try:
            past = kind(follow=False, now=then, **look, **given(kind, there))
            pairs = zip(elements(past.draw()), elements(layer.draw()), strict=True)
            parts = [changed(*pair) for pair in pairs]
            drawn[layer_name] = {"stamp": past.stamp(), "parts": parts}
        except Exception:
            log.exception("layer %s left out of %s", layer_name, then.isoformat())
    body = {"at": then.isoformat(), "layers": drawn, "still": still}
    return answer(msgspec.json.encode(body), pack=True)


def changed(then: hv.Element, now: hv.Element) -> dict[str, list]:
    """The columns of then, without the geometry when it is that of now."""
    new, old = columns(then), columns(now)
    same = all(new[n] == old[n] for n in GEOMETRY if n in new)
    return {n: values for n, values in new.items() if not (same and n in GEOMETRY)}
