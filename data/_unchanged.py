"""What a source need not send twice: its answers, with the marks it put on them (RFC 9110, 13).

An answer with an ETag or a Last-Modified is kept, and the next question for the same address says
so; "304 Not Modified" then stands for what is kept. So many bytes in all, the least used go first.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from data._answer import Again
from data._errors import Unreachable

MOST, MOST_OF_ONE = 32 * 2**20, 4 * 2**20  # bytes kept in all, and of one answer
LONGEST = 3600.0  # seconds after which an answer is asked for whole: a mark may be wrong
ETAG = re.compile(r'(?:W/)?"[!#-~]{0,200}"')  # of other signs, or longer: no mark
DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII)


@dataclass(frozen=True)
class Known:
    """A body as it was sent, and what to say when asking whether it still stands."""

    body: bytes = field(repr=False)
    asks: Mapping[str, str]
    since: float  # time.monotonic() of its coming


class Unchanged:
    """Answers of one event loop, by address; an address, which may hold a key, is not kept.

    Args:
        most: bytes kept in all.
        of_one: bytes an answer may have to be kept.
    """

    def __init__(self, most: int = MOST, of_one: int = MOST_OF_ONE):
        self.most, self.of_one, self.held = most, of_one, 0
        self._known: OrderedDict[bytes, Known] = OrderedDict()

    def known(self, address: str) -> Known | None:
        """What is known of that address; None when it is to be asked as if for the first time."""
        found = self._known.get(_digest(address))
        if found is not None and time.monotonic() - found.since > LONGEST:
            self._forget(_digest(address))
            return None
        return found

    def keep(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """From now on that body stands for the address, if it came with a mark and is not large."""
        key, asks = _digest(address), _asks(headers)
        self._forget(key)
        if not asks or len(body) > min(self.of_one, self.most):
            return
        self._known[key] = Known(body, asks, time.monotonic())
        self.held += len(body)
        while self.held > self.most:
            self._forget(next(iter(self._known)))

    def again(self, address: str, known: Known | None, headers: Mapping[str, str]) -> bytes:
        """The body that a 304 stands for.

        Raises Unreachable when nothing was said of one; Again, to ask for the whole, when the 304
        is of another mark than ours.
        """
        if known is None:
            raise Unreachable("HTTP 304: not modified, and we had said nothing of what we have")
        key, mark = _digest(address), known.asks.get("If-None-Match")
        if mark and _strong(headers.get("ETag", mark)) != _strong(mark):
            self._forget(key)
            raise Again("HTTP 304: not modified, of another answer than ours")
        if key in self._known:
            self._known.move_to_end(key)
        return known.body

    def _forget(self, key: bytes) -> None:
        if (gone := self._known.pop(key, None)) is not None:
            self.held -= len(gone.body)


def _asks(headers: Mapping[str, str]) -> dict[str, str]:
    """What to send next time; empty when the answer has no mark that can be sent, or may not stay.

    A Last-Modified of the very second of the answer is none: it may be written again within it.
    """
    if "no-store" in headers.get("Cache-Control", "").lower():
        return {}
    mark, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    asks = {}
    if ETAG.fullmatch(mark):
        asks["If-None-Match"] = mark
    if DATE.fullmatch(modified) and modified != headers.get("Date"):
        asks["If-Modified-Since"] = modified
    return asks


def _strong(mark: str) -> str:
    return mark.removeprefix("W/")


def _digest(address: str) -> bytes:
    return blake2b(address.encode(), digest_size=16).digest()
