"""What is worked out once however many ask, and how much one address may ask."""

import asyncio
import gzip
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2s

HELD = 64 * 1024 * 1024  # bytes kept of what was worked out
AT_ONCE = 4  # answers being worked out at a time
ADDRESSES = 10_000  # addresses we remember the askers of


class Busy(Exception):
    """As many answers are being worked out as we do at a time."""


@dataclass(frozen=True)
class Answer:
    """A body, also gzipped where that helps, its strong ETag, and headers of its own."""

    plain: bytes
    packed: bytes | None
    etag: str
    headers: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Bytes held."""
        return len(self.plain) + len(self.packed or b"")


def answer(plain: bytes, pack: bool, headers: dict[str, str] | None = None) -> Answer:
    """That body with its mark. Takes a while: for a thread."""
    packed = gzip.compress(plain, 6, mtime=0) if pack else None
    return Answer(plain, packed, blake2s(plain, digest_size=12).hexdigest(), headers or {})


class Once:
    """Answers by key: worked out in a thread, once, and kept while there is room.

    Args:
        held: bytes kept.
        at_once: answers being worked out at a time.
        waiting: more that may wait for their turn.
    """

    def __init__(self, held: int = HELD, at_once: int = AT_ONCE, waiting: int = 0):
        self.held, self.most, self.made = held, at_once + waiting, 0
        self._turn = asyncio.Semaphore(at_once)
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._making: dict[Hashable, asyncio.Task] = {}
        self._bytes = 0

    async def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of that key, made now if nobody has. Raises Busy, and what make raises."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._making:
            if len(self._making) >= self.most:
                raise Busy
            self._making[key] = asyncio.create_task(self._make(key, make))
        return await asyncio.shield(self._making[key])  # an asker who leaves takes it from nobody

    async def _make(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        try:
            async with self._turn:
                made = await asyncio.to_thread(make)
        finally:
            del self._making[key]
        self.made += 1
        self._kept[key] = made
        self._bytes += len(made)
        while self._bytes > self.held:
            self._bytes -= len(self._kept.popitem(last=False)[1])
        return made


class Allowance:
    """So many questions at once an address, and so many a second after that."""

    def __init__(self, at_once: float = 20, a_second: float = 5):
        self.at_once, self.a_second = at_once, a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Takes one; 0.0 when it was allowed, else seconds until one is."""
        now = time.monotonic()
        left, then = self._left.pop(address, (self.at_once, now))
        left = min(self.at_once, left + (now - then) * self.a_second)
        allowed = left >= 1
        self._left[address] = (left - allowed, now)
        if len(self._left) > ADDRESSES:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self.a_second
