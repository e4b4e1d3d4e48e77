"""The websocket of an island: it listens to one sentence, and drops the rest unread."""

import json
import re

from bokeh.protocol import Protocol
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketHandler

from apps._frames import framed
from apps._guard import Asked
from apps._island import Islands
from apps._stream import Outlet

OFTEN = 300  # messages a second; panning sends some 100
REQUEST = re.compile(r"[\w-]{1,64}")
ACK = framed(Protocol().create("ACK"))


class IslandSocket(Asked, WebSocketHandler):
    """A browser that looks on. It may ask for the document; whatever else it sends is dropped."""

    def initialize(self, islands: Islands) -> None:
        """Whose."""
        self.islands = islands
        self._left = self._since = self._heard = 0  # fragments to come; this second's messages
        self._pulls = False

    def set_default_headers(self) -> None:
        """On refusals too."""
        self.protect()

    def prepare(self) -> None:
        """Only our own pages, under a name of ours, and only for what is open."""
        if not (self.known() and self.own_origin()):
            self.set_status(403)
            self.finish()

    async def get(self, key: str) -> None:
        """Shake hands, unless nobody has asked for that island by its JSON."""
        if key not in self.islands.open:
            self.set_status(404)
            self.finish()
            return
        await super().get(key)

    def get_compression_options(self) -> dict | None:
        """Agree to permessage-deflate with a full window: what we send is packed once for all."""
        asked = self.request.headers.get("Sec-WebSocket-Extensions", "")
        return None if "server_max_window_bits" in asked else {}

    def check_origin(self, origin: str) -> bool:
        """Looked at before."""
        return self.own_origin()

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Bokeh's."""
        return "bokeh" if "bokeh" in subprotocols else None

    async def open(self, key: str) -> None:
        """Say that we are there."""
        self.island = await self.islands.get(key)
        agreed = self.ws_connection._decompressor is not None  # tornado tells nobody else
        self.ws_connection._compressor = None  # 250 kB a viewer, for what is packed already
        self.viewer = Outlet(self.ws_connection.stream, packed=agreed)
        self.viewer.send(ACK)

    async def on_message(self, fragment: str | bytes) -> None:
        """Headers are read, what follows them is counted; a message has three parts and buffers."""
        if self._is_flood():
            self.close(1008, "too many messages")
        elif self._left:
            self._left -= 1
        else:
            await self._hear(fragment)

    async def _hear(self, header: str | bytes) -> None:
        try:
            said = json.loads(header)
            kind, request = said["msgtype"], said["msgid"]
            buffers = int(said.get("num_buffers", 0))
        except (ValueError, TypeError, KeyError, RecursionError):
            self.close(1003, "not Bokeh's protocol")
            return
        if not (0 <= buffers <= 100 and isinstance(request, str) and REQUEST.fullmatch(request)):
            self.close(1003, "not Bokeh's protocol")
            return
        self._left = 2 + 2 * buffers
        if kind == "PULL-DOC-REQ" and not self._pulls:
            self._pulls = True  # once is enough for a connection
            await self.island.pull(self.viewer, request)

    def on_close(self) -> None:
        """No longer looked at from here."""
        if hasattr(self, "island"):
            self.island.viewers.discard(self.viewer)

    def _is_flood(self) -> bool:
        second = int(IOLoop.current().time())
        if second != self._since:
            self._since, self._heard = second, 0
        self._heard += 1
        return self._heard > OFTEN
