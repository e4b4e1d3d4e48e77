"""How the catalogued systems fare: what the board and its one figure are made of."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import groupby

from markupsafe import Markup

from apps._format import age
from apps._strip import CELLS, QUARTER, SIGNS, UNKNOWN, strips
from apps.cards._card import Card
from apps.cards._fragment import render
from apps.cards._troubles import told
from data import About, Feed, System, duration, feeds, say, systems

Fared = Mapping[str, About] | None  # how each feed fared at another moment; None: the present
STATES = {sign: state for state, sign in SIGNS.items()}


@cache
def connected(theme: str = "") -> tuple[tuple[System, Feed | None], ...]:
    """The systems that a feed brings, of that theme (English) or of all, each with its feed.

    None is a feed that cannot be read: the system stays on the board, without an answer.
    """
    there = {feed.name: feed for feed in feeds}
    ours = [one for one in systems() if one.feed and theme in ("", one.theme_en)]
    return tuple((one, there.get(one.feed)) for one in ours)


def fares(feed: Feed | None, now: datetime, fared: Fared = None) -> About:
    """How a connected system fares: live, late, silent, refused or suspect; never the last but
    one at another moment, of which ``fared`` is what is known.
    """
    if fared is not None or feed is None:
        return (fared or {}).get(feed.name if feed else "", About())
    return replace(feed.about(now), state=feed.state(now))


@dataclass(frozen=True)
class Seen:
    """How much of the city we see: systems by state, and of those that are live, how many are
    ``practice`` or, though on time, ``behind``: published hours or days late. ``catalogued``
    counts every system, also those no feed brings.
    """

    states: Counter
    practice: int
    behind: int
    catalogued: int

    @property
    def live(self) -> int:
        """Systems whose feed is live."""
        return self.states["live"]

    @property
    def connected(self) -> int:
        """Systems that a feed brings."""
        return self.states.total()


def seen(now: datetime, theme: str = "", fared: Fared = None) -> Seen:
    """As it is then. What is only catalogued is never counted as connected, nor as live."""
    ours = [fares(feed, now, fared) for _, feed in connected(theme)]
    live = [about for about in ours if about.state == "live"]
    practice, behind = sum(a.practice for a in live), sum(a.behind for a in live)
    catalogued = sum(theme in ("", one.theme_en) for one in systems())
    return Seen(Counter(about.state for about in ours), practice, behind, catalogued)


def news(card: Card, now: datetime | None, theme: str = "") -> bool:
    """Takes the moment; whether a feed of the theme fares otherwise than when last asked."""
    card.param.update(now=now)
    fares = [
        feed
        and (feed.observed_at, feed.state(card.moment), strips.cells(feed), strips.trouble(feed))
        for _, feed in connected(theme)
    ]
    before, card.fares = getattr(card, "fares", None), fares
    return fares != before


def board(card: Card) -> Markup:
    """The systems of the theme that is the card's title, one row each."""
    rows = [_row(card, system, feed) for system, feed in connected(card.title)]
    told = {"rows": rows, "seen": seen(card.moment, card.title, card.fared)}
    return render("_board", card, told)


def _row(card: Card, system: System, feed: Feed | None) -> dict:
    now, language, past = card.moment, card.language, card.fared is not None
    trouble = strips.trouble(feed) if feed and not past else None
    cells = strips.cells(feed) if feed and not past else UNKNOWN * CELLS
    about = fares(feed, now, card.fared)
    return {
        "id": system.id,
        "name": system.said("name", language),
        "what": system.said("what", language),
        "source": say(feed.source, language) if feed else system.said("owner", language),
        "pace": pace(feed.pace[0], language) if feed else "",
        "state": about.state,
        "about": about if feed else None,
        "trouble": None if past else told(feed, trouble, now, language),
        "runs": list(runs(cells)),
        "hours": [
            n * QUARTER / 3600 for n in (cells.count(SIGNS["live"]), CELLS - cells.count(UNKNOWN))
        ],
    }


def pace(every: str, language: str) -> str:
    """How often it is asked: ``10분마다``, ``every 10 min``, ``매일``."""
    step = duration(every)
    if step.total_seconds() < 60:
        return say("every {n}", language, n=say("{n} s", language, n=round(step.total_seconds())))
    if step.total_seconds() == 86_400:
        return say("every day", language)
    return say("every {n}", language, n=age(step, language))


def runs(cells: str) -> Iterator[tuple[str, int, int]]:
    """(state, first cell, cells) of each stretch of the same state; the unknown is no stretch."""
    at = 0
    for sign, group in groupby(cells):
        length = len(list(group))
        if sign != UNKNOWN:
            yield STATES[sign], at, length
        at += length
