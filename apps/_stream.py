"""Bytes on their way to viewers: made once, written to everybody, never piled up for anybody."""

import asyncio
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec
from tornado.iostream import IOStream, StreamClosedError

GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # what a gzip stream begins with
STUCK = 30.0  # seconds after which a viewer who takes nothing is let go
AT_ONCE = 100  # viewers written to before others get their turn


@dataclass(frozen=True)
class Block:
    """Bytes for many viewers, as they are and compressed: either says the same."""

    plain: bytes
    packed: bytes


def block(event: str, told: dict, mark: str = "") -> Block:
    """An event with that JSON; ``mark`` is the id a browser comes back with.

    Each block is deflated by itself and ends on a byte (Z_FULL_FLUSH): what one viewer got before
    it does not matter, so that it is compressed once for all.
    """
    head = f"id: {mark}\n" if mark else ""
    plain = f"{head}event: {event}\ndata: ".encode() + msgspec.json.encode(told) + b"\n\n"
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Block(plain, deflate.compress(plain) + deflate.flush(zlib.Z_FULL_FLUSH))


class Outlet:
    """Where the bytes of one viewer go; ``packed``: it takes them compressed."""

    __slots__ = ("_stuck", "packed", "sent", "stream")

    def __init__(self, stream: IOStream, packed: bool):
        self.stream, self.packed, self.sent, self._stuck = stream, packed, 0, 0.0
        stream.set_nodelay(True)

    def ready(self) -> bool:
        """Whether all it was given has left; who takes nothing for half a minute is let go."""
        if not self.stream.writing():
            self._stuck = 0.0
            return True
        now = asyncio.get_running_loop().time()
        self._stuck = self._stuck or now
        if now - self._stuck > STUCK:
            self.stream.close()
        return False

    def send(self, block: Block) -> None:
        """That block, as this viewer takes it."""
        self.write(block.packed if self.packed else block.plain)

    def write(self, data: bytes) -> None:
        """Send that; nothing if it is closed."""
        try:
            self.stream.write(data)
            self.sent += len(data)
        except StreamClosedError:
            return


class Viewer(Outlet):
    """A browser that listens to one variant, and up to where it has it."""

    __slots__ = ("seq",)

    def __init__(self, stream: IOStream, gone: Callable, packed: bool, seq: int):
        super().__init__(stream, packed)
        self.seq = seq
        stream.set_close_callback(lambda: gone(self))


async def each(outlets: Iterable[Outlet], send: Callable[[Outlet], None]) -> int:
    """Send to each that is ready, letting others work in between; bytes sent."""
    total = 0
    for number, outlet in enumerate(list(outlets)):
        if number % AT_ONCE == AT_ONCE - 1:
            await asyncio.sleep(0)
        if outlet.ready():
            before = outlet.sent
            send(outlet)
            total += outlet.sent - before
    return total
