"""What goes wrong with a service: ``SIM_FAULTS=air_quality:timeout,cctv:html@0.3``.

A file of this folder, the kind of fault, and after ``@`` how often, 0 to 1 (always). Kinds::

    timeout  no answer          refuse   the connection ends     drip   a byte a second
    html     a gateway's page   empty    no body                 key    the key is not valid
    quota    calls used up      error500 HTTP 500                stale  the answer of the start
    slow     after 5 seconds    garbage  bytes of no meaning     cp949  not UTF-8, and not said
    huge     64 MB
"""

import asyncio
import contextlib
import random
from dataclasses import replace
from datetime import datetime

from aiohttp import web

from data.sim._service import Reply, Request, Service

NEVER, SLOW, DRIP = 3600.0, 5.0, 1.0  # seconds
HUGE, BLOCK = 64 * 2**20, 2**16  # bytes
PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
KINDS = {
    "timeout", "refuse", "drip", "html", "empty", "key", "quota", "error500", "stale", "slow",
    "garbage", "cp949", "huge",
}  # fmt: skip


class Faults:
    """Which services misbehave, and how.

    Args:
        said: the text of ``SIM_FAULTS``. Raises ValueError naming what it does not know.
        start: the city's time when it started, which ``stale`` answers tell for ever.
    """

    def __init__(self, said: str, start: datetime):
        self._start, self._dice = start, random.Random(said)
        self._faults = {}
        for fault in filter(None, said.replace(" ", "").split(",")):
            name, _, kind = fault.partition(":")
            kind, _, often = kind.partition("@")
            if kind not in KINDS:
                raise ValueError(f"SIM_FAULTS: {kind!r} is none of {', '.join(sorted(KINDS))}")
            self._faults[name] = kind, float(often or 1)

    @property
    def names(self) -> set[str]:
        """The files whose services misbehave."""
        return set(self._faults)

    def of(self, name: str) -> str:
        """The fault of a service for this one request; ``""`` when it behaves."""
        kind, often = self._faults.get(name, ("", 0))
        return kind if self._dice.random() < often else ""

    def plain(self, kind: str, service: Service, request: Request) -> Reply:
        """The reply of a service with a fault that is in the body, or with none."""
        if kind in ("key", "quota"):
            return service.refusal(kind)
        if kind in CANNED:
            return CANNED[kind]
        if kind == "garbage":
            return Reply(self._dice.randbytes(4096))
        if kind == "stale":
            return service.answer(replace(request, now=self._start))
        reply = service.answer(request)
        if kind == "cp949" and reply.kind != "image/jpeg":
            return replace(reply, body=reply.body.decode().encode("cp949", "replace"))
        return reply


CANNED = {
    "html": Reply(PAGE, "text/html"),
    "empty": Reply(b""),
    "error500": Reply(b"Internal Server Error", "text/plain", 500),
}


async def misbehave(kind: str, request: web.Request, reply: Reply) -> web.StreamResponse | None:
    """The reply with a fault of the connection; None when the kind is no such fault."""
    if kind in ("timeout", "slow"):
        await asyncio.sleep(NEVER if kind == "timeout" else SLOW)
    elif kind == "refuse":
        request.transport.abort()
        return web.Response()
    elif kind in ("drip", "huge"):
        return await _pour(kind, request, reply)
    return None


async def _pour(kind: str, request: web.Request, reply: Reply) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": reply.kind})
    await answer.prepare(request)
    with contextlib.suppress(ConnectionError):  # whoever asked had enough
        if kind == "drip":
            for byte in reply.body:
                await answer.write(bytes([byte]))
                await asyncio.sleep(DRIP)
        else:
            for _ in range(HUGE // BLOCK):
                await answer.write(b" " * BLOCK)
        await answer.write_eof()
    return answer
