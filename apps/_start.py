"""Run once: the list of routes, the server, and what keeps time beside it."""

import asyncio
import logging
import resource
import socket
from collections.abc import Awaitable, Callable

from bokeh.server.server import BaseServer
from bokeh.server.tornado import BokehTornado
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.routing import URLSpec

from apps._api import Api, FileHandler, ListHandler, NothingHandler, OpenApiHandler
from apps._guard import HEARD, LIMITS, Guarded, NotFound, hosts
from apps._health import Health, HealthHandler, MetricsHandler
from apps._island import IslandHandler, Islands
from apps._live import TICK, Live, PageHandler, StreamHandler
from apps._map import Map
from apps._page import pages
from apps._static import Icon, StaticFile
from apps._stills import StillHandler, Stills
from apps._strip import strips
from apps._websocket import IslandSocket
from data import FeedError, Keeper, Poller, feeds, keep_time

log = logging.getLogger(__name__)
FILES = 65_536  # sockets and files we would like to have open
CLOCK = 60.0  # seconds between two looks at the practice city's clock
PATIENCE = 30  # tries to read it at the start, a quarter of a second apart
ROBOTS = "User-agent: *\nDisallow: /live/\nDisallow: /island\nDisallow: /still/\nDisallow: /api/\n"


class Robots(Guarded):
    """/robots.txt."""

    def get(self) -> None:
        """Pages yes, streams no."""
        self.send("text/plain; charset=utf-8", ROBOTS.encode())


class House:
    """Everything that is served, and what it needs; ``build`` makes what an island shows."""

    def __init__(self, build: type = Map):
        self.poller, self.keeper = Poller(feeds), Keeper(feeds)
        self.live = Live(self.poller)
        self.islands = Islands(build)
        self.stills = Stills()
        self.api = Api()
        self.health = Health(self.live, self.keeper)
        self.ready = asyncio.Event()  # what was known last is there to be seen

    def routes(self) -> list[URLSpec]:
        """The one list. What is not on it is 404."""
        live, islands = {"live": self.live}, {"islands": self.islands}
        api = {"api": self.api}
        own = [URLSpec(page.url, PageHandler, live | {"name": name}) for name, page in _pages()]
        return own + [
            URLSpec(r"/live/([a-z]+)", StreamHandler, live),
            URLSpec(r"/island", IslandHandler, islands),
            URLSpec(r"/island/([a-z0-9.-]+)/ws", IslandSocket, islands),
            URLSpec(r"/static/.*", StaticFile),
            URLSpec(r"/still/([a-z0-9-]{1,40})\.jpg", StillHandler, {"stills": self.stills}),
            URLSpec(r"/api/feeds", ListHandler, api),
            URLSpec(r"/api/feeds/([^/]+)", FileHandler, api),
            URLSpec(r"/api/openapi\.json", OpenApiHandler, api),
            URLSpec(r"/api(?:/.*)?", NothingHandler, api),
            URLSpec(r"/health", HealthHandler, {"health": self.health}),
            URLSpec(r"/metrics", MetricsHandler, {"health": self.health}),
            URLSpec(r"/favicon\.ico", Icon),
            URLSpec(r"/robots\.txt", Robots),
        ]


def _pages() -> list[tuple[str, type]]:
    return [(name, pages[name]) for name in dir(pages)]


class Application(BokehTornado):
    """Bokeh's application with our routes in place of its own, none of which is left."""

    def __init__(self, routes: list[URLSpec], allowed: set[str]):
        super().__init__(
            {},
            extra_websocket_origins=list(allowed),
            websocket_max_message_size_bytes=HEARD,
            default_handler_class=NotFound,
            websocket_ping_interval=20,
            websocket_ping_timeout=20,
            log_function=lambda handler: None,
        )
        self.hosts = allowed
        self.wildcard_router.rules[:] = routes
        self.wildcard_router.named_rules.clear()


class Server(BaseServer):
    """Its port is taken at once; who comes before ``start`` waits for it."""

    def __init__(self, application: Application, sockets: list[socket.socket]):
        super().__init__(IOLoop.current(), application, HTTPServer(application, **LIMITS))
        self._sockets = sockets

    @property
    def port(self) -> int:
        """Which it got."""
        return self._sockets[0].getsockname()[1]

    def start(self) -> None:
        """Let them in."""
        super().start()
        self._http.add_sockets(self._sockets)


def server(house: House, port: int, address: str | None, allowed: list[str]) -> Server:
    """A server that will serve the house; nothing is polled yet."""
    sockets = bind_sockets(port, address or None)
    port = sockets[0].getsockname()[1]
    return Server(Application(house.routes(), hosts(allowed, address, port)), sockets)


async def run(house: House) -> None:
    """Read the clock, show what was known last, then poll, tick and keep, until cancelled."""
    await first_clock()
    strips.load()
    found = await asyncio.to_thread(house.keeper.warm)
    log.info("%d feeds begin with what was known last", found)
    house.keeper.start()
    try:
        await again_and_again(house)
    finally:
        house.keeper.stop()


async def again_and_again(house: House) -> None:
    """All that is done every so often, until cancelled."""
    async with asyncio.TaskGroup() as tasks:
        await house.poller.start()
        tasks.create_task(ready(house))
        tasks.create_task(house.live.warm())
        tasks.create_task(every(TICK, strips.sample))
        tasks.create_task(every(TICK, house.live.tick))
        tasks.create_task(every(TICK, house.live.beat))
        tasks.create_task(every(TICK, house.islands.tick))
        tasks.create_task(every(1.0, house.stills.renew))
        tasks.create_task(every(CLOCK, clock_again))


async def ready(house: House) -> None:
    """Say so once everything is worked out that can be from what was known last."""
    held = {feed.name for feed in feeds if feed.frame is not None}
    waiting = {feed.name for feed in feeds if feed.needs and held >= set(feed.needs)}
    while any(feeds[name].frame is None and not feeds[name].problem for name in waiting):
        await asyncio.sleep(0.02)
    house.ready.set()


async def first_clock() -> None:
    """The practice city's time before anything is shown; it may be starting still.

    Raises FeedError when it plays every portal and does not answer: there is nothing to show.
    """
    for left in reversed(range(PATIENCE)):
        try:
            return await keep_time()
        except FeedError:
            if not left:
                raise
            await asyncio.sleep(0.25)
    return None


async def clock_again() -> None:
    """As first_clock, later: a practice city that is silent keeps its last time."""
    try:
        await keep_time()
    except FeedError as problem:
        log.warning("the practice city does not tell its time: %s", problem)


async def every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do that again and again; what goes wrong is said, and the next turn comes."""
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            await work()
        except Exception:
            log.exception("%s went wrong", work.__qualname__)
        await asyncio.sleep(max(seconds - (loop.time() - began), seconds / 10))


def raise_limits() -> None:
    """As many open sockets as this machine lets us have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
