"""Whose figures stand on a page: what the line of sources is made of."""

from collections.abc import Iterator
from functools import cache

from jinja2 import nodes

from apps.cards import cards
from apps.cards._board import connected
from apps.cards._fragment import TEMPLATES, environment
from data import Feed, feeds
from layers import Frame, Reader


@cache
def cited(page: str, near: bool = False) -> tuple[Feed, ...]:
    """Every feed shown on that page and all that those are derived from, each once.

    ``near``: the map of the page is the one around a place, else that of the whole city. On the
    board every system is a row, so every connected feed is shown.
    """
    kinds = [kind for kind in cards if _name(kind) in placed(page)]
    names = [name for kind in kinds for name in framed(kind)]
    if "city_map" in map(_name, kinds):
        from apps._page import pages  # which has the cards

        drawn = pages[page].layers("near" if near else "city")
        names += [name for kind in drawn.values() for name in framed(kind)]
    there = {feed.name: feed for feed in feeds}
    if page == "status":
        names += [feed.name for _, feed in connected() if feed]
    shown: dict[str, Feed] = {}
    while names:
        name = names.pop(0)
        if name in there and name not in shown:
            shown[name] = there[name]
            names += there[name].needs
    return tuple(shown.values())


@cache
def placed(page: str) -> frozenset[str]:
    """File names of its cards: those its template places, and those that place themselves."""
    source = (TEMPLATES / f"{page}.html").read_text("utf-8")
    calls = environment().parse(source).find_all(nodes.Call)
    named = [call.args[0] for call in calls if getattr(call.node, "name", "") == "card"]
    written = {name.value for name in named if isinstance(name, nodes.Const)}
    return frozenset(written | {_name(kind) for kind in cards.on(page)})


def framed(kind: type[Reader]) -> Iterator[str]:
    """The feed of each of its frames."""
    for one in kind.param.objects("existing").values():
        if isinstance(one, Frame) and one.feed:
            yield one.feed


def _name(kind: type) -> str:
    return kind.__module__.rpartition(".")[2]
