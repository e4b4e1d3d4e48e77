"""GET /raster/NAME/THEME-VERSION/Z/X/Y.png: the past of a layer as pictures of fixed tiles."""

import asyncio
import time

from apps._api import Api, Open
from apps._asked import Problem
from apps._island import THEMES
from apps._once import Allowance, Answer, Once, answer
from apps._static import FOR_EVER
from data import squares
from layers import Counts, Layer, counting, layers, picture

NUMBERS = "/([0-9]{1,2})/([0-9]{1,5})/([0-9]{1,5})"
TILE = rf"/raster/([a-z0-9_]{{1,60}})/([a-z]{{1,8}})-([0-9a-f]{{12}}){NUMBERS}\.png"
KEPT = 16 * 1024 * 1024  # bytes of pictures
AT_ONCE = 256  # being made: fewer than there are of a layer, and each takes a millisecond or two
BURST, STEADY = 200, 40  # pictures an address may ask for: at once, and a second
EVERY = 600.0  # seconds between two countings
LATER = 20.0  # seconds after all is shown before the first is counted: a start comes first


def counted() -> dict[str, type[Layer]]:
    """The layers that are pictures of their past, by name."""
    kinds = (kind for kind in layers if kind.is_counted)
    return {kind.__module__.rpartition(".")[2]: kind for kind in kinds}


class Rasters(Api):
    """What is counted, and the pictures that were asked for."""

    def __init__(self):
        super().__init__(Once(KEPT, AT_ONCE), Allowance(BURST, STEADY))
        self._next = 0.0

    async def renew(self, ready: asyncio.Event) -> None:
        """Count anew when it is time, one layer after the other; what was empty, each time."""
        if not self._next:
            await ready.wait()
            await asyncio.sleep(LATER)
        due = time.monotonic() >= self._next
        self._next = time.monotonic() + EVERY if due else self._next
        for kind in counted().values():
            if due or counting(kind).newest is None:
                await asyncio.to_thread(counting(kind).again)


class RasterHandler(Open):
    """Made once for all who ask; the version in its address is another one for other counts."""

    async def get(self, name: str, theme: str, version: str, *tile: str) -> None:
        """The picture; 404 for a layer, theme, version or tile that is on no list."""
        at = tuple(map(int, tile))
        kind = counted().get(name)
        counts = counting(kind).find(version) if kind else None
        there = (
            counts and squares.COARSEST <= at[0] <= kind.finest and at in set(squares.tiles(at[0]))
        )
        if not there or theme not in THEMES:
            return self.tell(Problem(404, "There is no such picture."))
        key = (name, theme, version, at)
        return await self.give("image/png", key, lambda: _made(kind, counts, theme, at), FOR_EVER)


def _made(kind: type[Layer], counts: Counts, theme: str, at: tuple[int, int, int]) -> Answer:
    return answer(picture(kind, counts, theme, at), pack=False)
