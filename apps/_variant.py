"""One page in one language at one station, and everybody who looks at it."""

import asyncio
import gzip
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s

from apps._page import Shown
from apps._static import version
from apps._stream import Block, Viewer, block, each
from data import clock

BOOT = blake2s(str(time.time_ns()).encode(), digest_size=6).hexdigest()  # of this process
FRESH = 30.0  # seconds a page may be given again as it was built, if nothing has changed
_writer = ThreadPoolExecutor(1, "pages")  # pages are written here, one after another


async def written(work, *args, **named):
    """What work returns, done beside the loop; no two such works at a time."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_writer, lambda: work(*args, **named))


@dataclass(frozen=True)
class Built:
    """A whole page as it is served, made once for all who ask."""

    plain: bytes
    packed: bytes
    etag: str
    seq: int
    at: float


class Variant:
    """Its fragments, numbered by change, and the page they stand in."""

    def __init__(self, shown: Shown):
        self.shown = shown
        self.seq = 0
        self.viewers: set[Viewer] = set()
        self.sent = 0
        self.asked = time.monotonic()
        self._changed = dict.fromkeys(shown.fragments(), 0)  # fragment: seq of its last change
        self._missed: dict[int, Block] = {}
        self._built: Built | None = None
        self._lock = asyncio.Lock()

    @classmethod
    async def make(cls, name: str, language: str, station: str) -> "Variant":
        """The first who asks has it made. Raises KeyError for what is not on the list."""
        return cls(await written(Shown, name, language, station))

    async def tick(self, now: datetime) -> None:
        """Take what is new, and send it to everybody who has kept up so far."""
        async with self._lock:
            changed = await written(self.shown.take, now)
            if changed:
                self.seq += 1
                self._changed |= dict.fromkeys(changed, self.seq)
                self._missed.clear()
        self.sent += await each(
            (v for v in self.viewers if v.seq < self.seq), lambda viewer: self.catch_up(viewer)
        )

    def catch_up(self, viewer: Viewer) -> None:
        """Every fragment that changed since the viewer's last message, as it is now."""
        if viewer.seq < self.seq:
            viewer.send(self.missed(viewer.seq))
            viewer.seq = self.seq

    def missed(self, seq: int) -> Block:
        """The fragments that changed after that tick; made once for all who miss the same."""
        if seq not in self._missed:
            now = self.shown.fragments()
            told = {name: now[name] for name, at in self._changed.items() if at > seq}
            told = {"seq": self.seq, "now": clock.now().isoformat(), "fragments": told}
            self._missed[seq] = block("tick", told, f"{BOOT}-{self.seq}")
        return self._missed[seq]

    async def page(self) -> Built:
        """The page with all fragments as they are now, built at most once a change."""
        self.asked = time.monotonic()
        if not self._is_fresh():
            async with self._lock:
                if not self._is_fresh():
                    self._built = await written(self._build, self.seq)
        return self._built

    def _is_fresh(self) -> bool:
        built = self._built
        return built is not None and built.seq == self.seq and self.asked - built.at < FRESH

    def _build(self, seq: int) -> Built:
        html = self.shown.html(boot=BOOT, version=version(), seq=seq)
        plain = html.encode()
        etag = f'W/"{blake2s(plain, digest_size=9).hexdigest()}"'
        return Built(plain, gzip.compress(plain, 6, mtime=0), etag, seq, time.monotonic())
