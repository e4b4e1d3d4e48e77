"""One Bokeh document for all who look at a map: built once, its changes framed once.

A document is touched by one thread alone, and only while its session's lock is held: what is in a
snapshot is never sent again as a patch, and nothing between the two is lost.
"""

import asyncio
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from secrets import token_hex

from bokeh.document import Document
from bokeh.document.events import DocumentPatchedEvent
from bokeh.protocol import Protocol
from bokeh.server.session import ServerSession
from bokeh.util.token import generate_jwt_token
from tornado.ioloop import IOLoop

from apps._frames import body, framed, pull_header
from apps._guard import Guarded
from apps._page import pages
from apps._static import static
from apps._stream import Block, Outlet
from data import clock, languages

log = logging.getLogger(__name__)
PROTOCOL = Protocol()
SHARE = 0.003  # of a core, that each part of a document may take for being kept up to date
IDLE = 60.0  # seconds after which a document nobody looks at is dropped
THEMES = ("light", "dark", "kiosk")
KEY = re.compile(r"[a-z]+\.[a-z]+\.[a-z]+\.[01]\.[a-z]*")
_drawer = ThreadPoolExecutor(1, "islands")  # the one thread that touches documents


async def drawn(work, *args):
    """What work returns, done in the thread of the documents.

    Who is cancelled waits until it is done, as the lock held meanwhile must be held so long.
    """
    done = asyncio.get_running_loop().run_in_executor(_drawer, work, *args)
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        await asyncio.wait([done])
        raise


class Island:
    """One document and everybody who looks at it."""

    def __init__(self, what: object, document: Document):
        self._what = what
        self.viewers: set[Outlet] = set()
        self.asked = time.monotonic()
        self._events: list[DocumentPatchedEvent] = []
        self._snapshot: tuple[int, Block] | None = None
        self.session = ServerSession(token_hex(8), document, IOLoop.current())
        self.session.block_expiration()
        self.session.subscribe(self)
        self.roots = [root.id for root in document.roots]

    @classmethod
    async def make(cls, build: type, **variant: object) -> "Island":
        """The first who asks has it built."""

        def built() -> tuple[object, Document]:
            what, document = build(**variant), Document()
            document.config.update(reconnect_session=False, notify_connection_status=False)
            what.build(document)
            return what, document

        return cls(*await drawn(built))

    async def send_patch_document(self, event: DocumentPatchedEvent) -> None:
        """Called by the session for each change, before it lets its lock go."""
        self._events.append(event)

    def detach_session(self) -> None:
        """Asked of every subscriber by the session."""

    async def tick(self, now: datetime) -> None:
        """Apply what is new and send it, as one message, to everybody."""
        await self.session.with_document_locked(drawn, self._what.update, now, SHARE)
        await self.session.with_document_locked(self._flush)

    async def pull(self, viewer: Outlet, request: str) -> None:
        """The document as it is now, for one viewer, and from then on its changes."""
        await self.session.with_document_locked(self._pull, viewer, request)

    def close(self) -> None:
        """Let the document go."""
        self.session.destroy()

    async def _flush(self) -> None:
        events, self._events = self._events, []
        if events:
            self._snapshot = None
            message = await drawn(lambda: framed(PROTOCOL.create("PATCH-DOC", events)))
            for viewer in self.viewers:
                viewer.ready()  # lets go of who takes nothing
                viewer.send(message)

    async def _pull(self, viewer: Outlet, request: str) -> None:
        await self._flush()  # else it would be in the snapshot and come again
        if self._snapshot is None:
            self._snapshot = await drawn(self._shot)
        buffers, rest = self._snapshot
        viewer.send(pull_header(request, buffers))
        viewer.send(rest)
        if not viewer.stream.closed():
            self.viewers.add(viewer)

    def _shot(self) -> tuple[int, Block]:
        """(number of buffers, framed body) of the whole document."""
        message = PROTOCOL.create("PULL-DOC-REPLY", "0", self.session.document)
        return message.header.get("num_buffers", 0), body(message)


class Islands:
    """Every document somebody looks at.

    ``build`` makes what is drawn, which has build(doc) and update(now, share).
    """

    def __init__(self, build: type):
        self.open: dict[str, Island] = {}
        self._build = build
        self._making: dict[str, asyncio.Task] = {}

    def key(self, asked: Guarded) -> str | None:
        """What a request names, as one word; None when a value is not on its list."""
        name = asked.one_of("page", dir(pages))
        if name is None:
            return None
        page = pages[name]
        values = (
            asked.one_of("lang", languages()),
            asked.one_of("theme", [page.theme] if page.theme else ["light", "dark"]),
            asked.one_of("narrow", ["0", "1"]),
            asked.one_of("station", list(page.stations) or [""]),
        )
        return None if None in values else ".".join((name, *values))

    async def get(self, key: str) -> Island:
        """That island, built if nobody has looked at it lately."""
        if key not in self.open:
            if key not in self._making:
                name, language, theme, narrow, station = key.split(".")
                variant = dict(page=name, language=language, theme=theme)
                variant |= dict(narrow=narrow == "1", station=pages[name].stations.get(station, ""))
                self._making[key] = asyncio.create_task(Island.make(self._build, **variant))
                self._making[key].add_done_callback(lambda _: self._making.pop(key))
            self.open.setdefault(key, await asyncio.shield(self._making[key]))
        self.open[key].asked = time.monotonic()
        return self.open[key]

    async def tick(self) -> None:
        """Bring every document up to date; drop those nobody looks at."""
        idle = time.monotonic() - IDLE
        for key, island in list(self.open.items()):
            if not island.viewers and island.asked < idle:
                self.open.pop(key).close()
                continue
            try:
                await island.tick(clock.now())
            except Exception:
                log.exception("island %s kept as it was", key)

    @property
    def viewers(self) -> int:
        """How many look now."""
        return sum(len(island.viewers) for island in self.open.values())


class IslandHandler(Guarded):
    """/island: what a browser needs to show one."""

    def initialize(self, islands: Islands) -> None:
        """Whose."""
        self.islands = islands

    async def get(self) -> None:
        """JSON: the one script, the address, a token as Bokeh wants it, the ids of the roots.

        The token opens nothing: the document is the same for everybody and only read.
        """
        key = self.islands.key(self)
        if key is None:
            self.refuse(404)
            return
        island = await self.islands.get(key)
        token = generate_jwt_token(token_hex(8), expiration=10**6)
        told = {"scripts": [static("bokeh.min.js")], "app": f"/island/{key}", "token": token}
        self.write(told | {"roots": island.roots})
