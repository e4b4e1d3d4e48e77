"""Run once: the list of routes, and what keeps time beside the server."""

import asyncio
import logging
import resource
from collections.abc import Awaitable, Callable

from tornado.routing import URLSpec

from apps._api import Api, FileHandler, ListHandler, NothingHandler, OpenApiHandler
from apps._areas import AreasHandler
from apps._guard import Guarded
from apps._health import Health, HealthHandler, MetricsHandler
from apps._island import IslandHandler, Islands
from apps._live import TICK, Live, PageHandler, StreamHandler
from apps._map import Map
from apps._once import Once
from apps._page import pages
from apps._places import PlacesHandler
from apps._raster import TILE, RasterHandler, Rasters
from apps._reel import Reels
from apps._static import Icon, StaticFile
from apps._stills import StillHandler, Stills
from apps._strip import strips
from apps._table import KEPT, TableHandler
from apps._then import ThenHandler
from apps._websocket import IslandSocket
from data import FeedError, Keeper, Poller, feeds, keep_time

log = logging.getLogger(__name__)
COUNTS = 60.0  # seconds between two looks whether the past is to be counted
REELS = 10.0  # seconds between two looks for moments of the past to read
PAST = 32 * 1024 * 1024  # bytes held of other moments
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
        self.past, self.reels = Api(Once(PAST, 2)), Reels()
        self.areas = Api(Once(KEPT, 2))
        self.tables, self.rasters = Once(KEPT), Rasters()
        self.health = Health(self.live, self.keeper)
        self.ready = asyncio.Event()  # what was known last is there to be seen

    def routes(self) -> list[URLSpec]:
        """The one list. What is not on it is 404."""
        live, islands = {"live": self.live}, {"islands": self.islands}
        api = {"api": self.api}
        past = {"api": self.past, "reels": self.reels}
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
            URLSpec(r"/table/([a-z0-9_]{1,60})", TableHandler, {"once": self.tables}),
            URLSpec(r"/then/([a-z]{1,20})/(cards|map|reel)", ThenHandler, past),
            URLSpec(TILE, RasterHandler, {"api": self.rasters}),
            URLSpec(r"/places\.json", PlacesHandler, {"api": self.past}),
            URLSpec(r"/areas\.json", AreasHandler, {"api": self.areas}),
            URLSpec(r"/health", HealthHandler, {"health": self.health}),
            URLSpec(r"/metrics", MetricsHandler, {"health": self.health}),
            URLSpec(r"/favicon\.ico", Icon),
            URLSpec(r"/robots\.txt", Robots),
        ]

    async def remember(self) -> None:
        """Read newer moments of the past, so that who turns back time need not wait for them."""
        await asyncio.to_thread(self.reels.renew)

    async def count(self) -> None:
        """Count what layers show of the past."""
        await self.rasters.renew(self.ready)


def _pages() -> list[tuple[str, type]]:
    return [(name, pages[name]) for name in dir(pages)]


async def run(house: House) -> None:
    """Read the clock, show what was known last, then poll, tick and keep, until cancelled."""
    await first_clock()
    strips.load()
    warm = asyncio.to_thread(house.keeper.warm)
    found, _ = await asyncio.gather(warm, house.poller.tables())
    log.info("%d feeds begin with what was known last", found)
    if found and not unknown():  # the first who come are served before anybody is asked
        house.ready.set()
        await house.live.warm()
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
        tasks.create_task(every(CLOCK, house.poller.join))
        tasks.create_task(every(REELS, house.remember))
        tasks.create_task(every(COUNTS, house.count))


def unknown() -> set[str]:
    """The derived feeds that can be worked out from what is known, and are not yet."""
    held = {feed.name for feed in feeds if feed.frame is not None}
    return {f.name for f in feeds if f.needs and f.frame is None and held >= set(f.needs)}


async def ready(house: House) -> None:
    """Say so once everything is worked out that can be from what was known last."""
    waiting = unknown()
    while waiting - house.poller.beats.keys():  # a beat: worked out, or found impossible
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
