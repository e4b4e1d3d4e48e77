"""Viewers of our pages without a browser: they ask for the page and listen, as a browser would.

They live in a process of their own, so that what they cost is not the server's.
"""

import asyncio
import gzip
import hashlib
import json
import re
import time
import zlib
from collections import Counter
from urllib.parse import urlsplit

import aiohttp

PULL = ({"msgid": "1", "msgtype": "PULL-DOC-REQ"}, {}, {})
IDENTITY = re.compile(rb"id: (\w+)-(\d+)")
PAGE = "/?lang=ko"
ISLAND = "/island?page=mobile&lang=ko&theme=light&narrow=1"


class Onlooker(asyncio.Protocol):
    """One who listens to ``/live``: which ticks came, whole and in order, and when."""

    def __init__(self, request: bytes):
        self._request = request
        self._head, self._text = b"", b""
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.got, self.lost, self.beats = 0, False, 0
        self.ticks: list[tuple[int, float, bytes]] = []  # number, when it was here, digest
        self.arrivals: list[tuple[float, bytes]] = []  # of beats: when, what
        self.hello = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        transport.write(self._request)

    def connection_lost(self, problem: Exception | None) -> None:
        self.lost = True
        if not self.hello.done():
            self.hello.set_exception(ConnectionError(f"no hello: {problem}"))

    def data_received(self, data: bytes) -> None:
        self.got += len(data)
        if self._head is not None:
            self._head += data
            head, end, data = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 200 " not in head.split(b"\r\n")[0] or b"gzip" not in head:
                self.transport.abort()
                return
            self._head = None
        self._text += self._inflate.decompress(data)
        while b"\n\n" in self._text:
            event, _, self._text = self._text.partition(b"\n\n")
            self._heard(event)

    def _heard(self, event: bytes) -> None:
        if b"event: tick" in event:
            number = int(IDENTITY.search(event)[2])
            self.ticks.append((number, time.monotonic(), hashlib.blake2s(event).digest()))
        elif b"event: beat" in event:
            self.beats += 1
        elif not self.hello.done():
            self.hello.set_result(time.monotonic())


async def get(session: aiohttp.ClientSession, url: str) -> bytes:
    """The body, unpacked, of an answer that came packed."""
    async with session.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
        answer.raise_for_status()
        body = await answer.read()
    return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


async def look(session: aiohttp.ClientSession, address: str) -> Onlooker:
    """The page, then its stream from the change on that the page had; returns after hello."""
    html = (await get(session, address + PAGE)).decode()
    body = re.search("<body [^>]*>", html)[0]
    told = dict(re.findall(r'data-(boot|seq|live)="([^"]*)"', body))
    live = told["live"].replace("&amp;", "&")
    at = urlsplit(address)
    lines = (
        f"GET {live}&seen={told['boot']}-{told['seq']} HTTP/1.1",
        f"Host: {at.netloc}",
        "Accept: text/event-stream",
        "Accept-Encoding: gzip",
    )
    request = "\r\n".join((*lines, "", "")).encode()
    loop = asyncio.get_running_loop()
    _, onlooker = await loop.create_connection(lambda: Onlooker(request), at.hostname, at.port)
    await onlooker.hello
    return onlooker


class Socket:
    """One who looks at a Bokeh document: pulled whole, then patched so many times."""

    def __init__(self, session: aiohttp.ClientSession):
        self._session = session
        self.kinds, self.got = Counter(), 0

    async def open(self, address: str, token: str, *, ready: bool = False) -> None:
        """Connect and pull; ``ready`` then says so, as BokehJS does once it has drawn."""
        self.socket = await self._session.ws_connect(
            address, protocols=("bokeh", token), origin=origin(address), max_msg_size=0, compress=15
        )
        await self._until("ACK")
        await self._say(*PULL)
        await self._until("PULL-DOC-REPLY")
        if ready:
            said = {"type": "event", "name": "document_ready", "values": {"type": "map"}}
            event = {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": said}
            await self._say({"msgid": "2", "msgtype": "PATCH-DOC"}, {}, {"events": [event]})
        self.listening = asyncio.create_task(self._until(""))

    async def _say(self, *parts: dict) -> None:
        for part in parts:
            await self.socket.send_str(json.dumps(part))

    async def _until(self, kind: str) -> None:
        """Take what comes until a message of that kind has begun; "" is all there will be."""
        async for message in self.socket:
            self.got += len(message.data)
            head = message.data[:300] if isinstance(message.data, str) else ""
            found = re.search(r'"msgtype": ?"([A-Z-]+)"', head) if '"msgid"' in head else None
            if found:
                self.kinds[found[1]] += 1
                if found[1] == kind:
                    return
        if kind:
            raise ConnectionError(f"no {kind}: closed with {self.socket.close_code}")


def origin(address: str) -> str:
    """The page's origin, for a websocket address."""
    at = urlsplit(address)
    return f"http://{at.netloc}"


async def look_at_map(session: aiohttp.ClientSession, address: str) -> Socket:
    """The island of the page: its JSON, then its websocket."""
    told = json.loads(await get(session, address + ISLAND))
    socket = Socket(session)
    await socket.open(f"{address.replace('http', 'ws', 1)}{told['app']}/ws", told["token"])
    return socket


def client() -> aiohttp.ClientSession:
    """A client with as many connections as there are viewers."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None),
    )  # fmt: skip
