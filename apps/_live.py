"""Pages for everybody: HTML first, then only what changed, the same bytes to every viewer.

Whatever a viewer sends is one of listed values or nothing; nothing is computed for one viewer.
"""

import asyncio
import logging
import re
import time
from itertools import product

from apps._guard import Guarded, permissions, takes_gzip
from apps._page import pages
from apps._static import version
from apps._stream import GZIP, Block, Viewer, block, each
from apps._variant import BOOT, Variant
from data import Poller, clock, feeds, languages

log = logging.getLogger(__name__)
TICK = 2.0  # seconds between two looks at the frames, and between two beats
IDLE = 60.0  # seconds after which a variant nobody looks at is dropped
MOST = 20_000  # viewers at a time
BACK = re.compile(rf"{BOOT}-(\d{{1,12}})")
STREAM = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",  # nginx must not keep it
    "Connection": "close",
}


class Live:
    """Every variant somebody looks at, and the beat they all live by."""

    def __init__(self, poller: Poller | None = None):
        self.variants: dict[tuple[str, str, str], Variant] = {}
        self.ticked, self.ticks, self.tick_seconds = clock.now(), 0, 0.0
        self.last_tick = time.monotonic()
        self.sent = 0
        self._poller = poller
        self._making: dict[tuple, asyncio.Task] = {}

    async def variant(self, name: str, asked: Guarded) -> Variant | None:
        """What the request names; None when a value is not on its list."""
        page = pages[name]
        language = asked.one_of("lang", languages())
        station = asked.one_of("station", list(page.stations) or [""])
        if language is None or station is None:
            return None
        return await self.open(name, language, station)

    async def open(self, name: str, language: str, station: str = "") -> Variant:
        """That variant, made if nobody has looked at it lately."""
        key = (name, language, station)
        if key not in self.variants:
            if key not in self._making:
                self._making[key] = asyncio.create_task(Variant.make(*key))
                self._making[key].add_done_callback(lambda _: self._making.pop(key))
            made = await asyncio.shield(self._making[key])
            if self.variants.setdefault(key, made) is made:
                self._want()
        self.variants[key].asked = time.monotonic()
        return self.variants[key]

    async def warm(self) -> None:
        """Build every page once, so that the first who comes does not wait."""
        for language, name in product(languages(), dir(pages)):
            try:
                station = next(iter(pages[name].stations), "")
                await (await self.open(name, language, station)).page()
            except Exception:
                log.exception("page %s cannot be built", name)

    async def tick(self) -> None:
        """Take what is new into every variant; drop those nobody looks at."""
        began = time.monotonic()
        for variant in list(self.variants.values()):
            try:
                await variant.tick(clock.now())
            except Exception:
                log.exception("page %s kept as it was", variant.shown.name)
        idle = time.monotonic() - IDLE
        gone = [k for k, v in self.variants.items() if not v.viewers and v.asked < idle]
        for key in gone:
            self.sent += self.variants.pop(key).sent
        if gone:
            self._want()
        self.ticked, self.ticks = clock.now(), self.ticks + 1
        self.last_tick = time.monotonic()
        self.tick_seconds = self.last_tick - began

    async def beat(self) -> None:
        """Tell every viewer that we are here, and when data was last looked at."""
        told = {"now": clock.now().isoformat(), "ticked": self.ticked.isoformat()}
        beat = block("beat", told | {"speed": clock.speed})
        for variant in list(self.variants.values()):
            variant.sent += await each(variant.viewers, lambda viewer: viewer.send(beat))

    def hello(self) -> Block:
        """What a viewer is told first."""
        told = {"boot": BOOT, "version": version(), "now": clock.now().isoformat()}
        return block("hello", told | {"speed": clock.speed, "ticked": self.ticked.isoformat()})

    @property
    def viewers(self) -> int:
        """How many listen now."""
        return sum(len(variant.viewers) for variant in self.variants.values())

    @property
    def bytes_sent(self) -> int:
        """To all viewers there ever were."""
        return self.sent + sum(variant.sent for variant in self.variants.values())

    def _want(self) -> None:
        """Trains are asked for at stations somebody looks at, and nowhere else."""
        shown = [variant.shown for variant in self.variants.values()]
        places = {s.page.stations[s.station] for s in shown if s.station}
        trains = feeds.subway_arrivals
        if places != set(trains.wanted):
            trains.wanted = tuple(sorted(places))
            if self._poller and places:
                self._poller.hurry(trains.name)


class PageHandler(Guarded):
    """A page: HTML, the same for everybody."""

    def initialize(self, live: Live, name: str) -> None:
        """Which one."""
        self.live, self.name = live, name
        self.set_header("Permissions-Policy", permissions(*pages[name].asks))

    async def get(self) -> None:
        """The whole page, or 304 to who has it."""
        variant = await self.live.variant(self.name, self)
        if variant is None:
            self.refuse(404)
            return
        built = await variant.page()
        self.set_header("Etag", built.etag)
        self.set_header("Cache-Control", "no-cache")
        if built.etag in self.request.headers.get("If-None-Match", ""):
            self.set_status(304)
            self.finish()
            return
        self.send("text/html; charset=utf-8", built.plain, built.packed)


class StreamHandler(Guarded):
    """What changes on a page, as server-sent events."""

    SUPPORTED_METHODS = ("GET",)

    def initialize(self, live: Live) -> None:
        """Where the variants are."""
        self.live = live

    async def get(self, name: str) -> None:
        """Hello, what was missed, and from then on what changes."""
        variant = await self.live.variant(name, self) if name in dir(pages) else None
        if variant is None:
            self.refuse(404)
        elif self.live.viewers >= MOST:
            self.set_header("Retry-After", "30")
            self.refuse(503)
        else:
            self._join(variant)

    def _join(self, variant: Variant) -> None:
        """Take the connection out of tornado's hands: from here on it only gets shared bytes."""
        packed = takes_gzip(self.request.headers.get("Accept-Encoding", ""))
        for key, value in STREAM.items():
            self.set_header(key, value)
        if packed:
            self.set_header("Content-Encoding", "gzip")
        lines = ["HTTP/1.1 200 OK", *(f"{k}: {v}" for k, v in self._headers.get_all())]
        seq = min(self._seen(), variant.seq)
        self._auto_finish = False
        viewer = Viewer(self.detach(), variant.viewers.discard, packed, seq)
        viewer.write("\r\n".join([*lines, "", ""]).encode() + (GZIP if packed else b""))
        viewer.send(self.live.hello())
        variant.catch_up(viewer)
        variant.sent += viewer.sent
        variant.viewers.add(viewer)

    def _seen(self) -> int:
        """The last tick the viewer has: by its last event, or by the page it came from."""
        said = self.request.headers.get("Last-Event-ID") or self.get_query_argument("seen", "")
        seen = BACK.fullmatch(said)
        return int(seen[1]) if seen else -1
