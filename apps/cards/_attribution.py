"""Whose figures stand on a page: what the line of sources is made of."""

from collections.abc import Iterator
from functools import cache

from apps.cards import cards, placed
from apps.cards._board import connected
from data import Feed, feeds
from layers import Frame, Reader


@cache
def cited(page: str, near: bool = False) -> tuple[Feed, ...]:
    """Every feed shown on that page and all that those are derived from, each once.

    ``near``: the map of the page is the one around a place, else that of the whole city. On the
    board every system is a row, so every connected feed is shown.
    """
    kinds = [kind for kind in cards if kind.__module__.rpartition(".")[2] in placed(page)]
    names = [name for kind in kinds for name in framed(kind)]
    if "city_map" in placed(page):
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


def framed(kind: type[Reader]) -> Iterator[str]:
    """The feed of each of its frames."""
    for one in kind.param.objects("existing").values():
        if isinstance(one, Frame) and one.feed:
            yield one.feed
