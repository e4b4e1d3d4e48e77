"""The one way out of the building: listed hosts, no redirects, one deadline, bounded answers.

Nothing else in the project opens an address. What is raised never holds an address or a key.
"""

import asyncio
import errno
import os
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from urllib.parse import quote

import aiohttp
import stamina
from yarl import URL

from data._allow import OpenResolver, allowed, at_home
from data._answer import Again, check_picture, taken
from data._budget import budget
from data._errors import Unreachable
from data._portals import expand, portal_of
from data._redact import redacted
from data._unchanged import Unchanged

DEADLINE = 10.0  # seconds, from the first byte we send to the last one we read, retries and all
MOST, MOST_PICTURE = 5 * 2**20, 2 * 2**20  # bytes, decoded
ATTEMPTS = 2  # of a host that was well when last asked; one that was not is asked once
AT_ONCE, AT_ONCE_PRACTICE = 2, 8  # requests to one host
HEADERS = {"Accept-Encoding": "gzip", "User-Agent": "civic-mayors-office"}
URL_SIGNS = "%:/?#[]@!$&'()*+,;=~"

stamina.instrumentation.set_on_retry_hooks([])  # a feed says once that it is lost, not each time


@dataclass
class _Door:
    """What the requests of one event loop share."""

    session: aiohttp.ClientSession
    life: AsyncGenerator  # closes the session when the loop lets its generators go
    queues: dict[tuple, asyncio.Semaphore] = field(default_factory=dict)
    troubled: set[tuple] = field(default_factory=set)  # hosts that failed when last asked
    unchanged: Unchanged = field(default_factory=Unchanged)


_doors: dict[asyncio.AbstractEventLoop, _Door] = {}


async def fetch(url: str, *, feed: str = "", deadline: float | None = None) -> bytes:
    """The body of a feed's url: at most 5 MB, decoded, whatever it says.

    What came with a mark is asked for with it, and need not be sent again while it stands.

    Args:
        url: as a feed writes it, ``{portal}/{portal_key}/…``.
        feed: who asks; its share of the key's calls is counted.
        deadline: seconds the answer may take in all, once it is our turn; None: DEADLINE.

    Raises:
        Unreachable: no answer, or none in time.
        Refused: not allowed, by the portal, by our budget, or for want of a key.
        Unreadable: too large or encoded in a way we do not take.
    """
    portal = portal_of(url)
    address, daily = expand(url), _daily(feed)
    return await _asked(
        address, MOST, deadline, lambda: budget.spend(portal, feed, daily), marked=True
    )


async def fetch_picture(address: str, *, deadline: float | None = None) -> bytes:
    """A JPEG of at most 2 MB at an address that came in a feed. Raises as ``fetch`` does."""
    body = await _asked(address, MOST_PICTURE, deadline, lambda: None)
    await asyncio.to_thread(check_picture, body)
    return body


async def fetch_clock() -> bytes:
    """What the practice city tells of its time: ``{"now": ISO 8601, "speed": 60.0}``."""
    address = os.environ["PRACTICE_CITY"].rstrip("/") + "/clock"
    return await _asked(address, 1000, 2.0, lambda: None)


def _daily(feed: str) -> int:
    """The share of a key that a feed declares; 0 for nobody's question."""
    from data import feeds

    return feeds[feed].daily if feed else 0


async def _asked(
    address: str,
    most: int,
    deadline: float | None,
    spend: Callable[[], None],
    *,
    marked: bool = False,
) -> bytes:
    """The body at an address, in its host's queue; what may be gone in a moment is tried again."""
    where, deadline = allowed(address), deadline or DEADLINE
    door = await _door()
    at_once = AT_ONCE_PRACTICE if at_home(where[1], where[2]) else AT_ONCE
    async with door.queues.setdefault(where, asyncio.Semaphore(at_once)):
        attempts = 1 if where in door.troubled else ATTEMPTS
        try:
            async with asyncio.timeout(deadline):
                async for attempt in stamina.retry_context(
                    on=Again, attempts=attempts, timeout=deadline, wait_initial=0.2, wait_max=1.0,
                    wait_jitter=0.5,
                ):  # fmt: skip
                    with attempt:
                        spend()
                        body = await _once(door, address, most, marked)
        except TimeoutError:
            door.troubled.add(where)
            raise Unreachable(f"no whole answer within {deadline:g} s") from None
        except Again as error:
            door.troubled.add(where)
            raise Unreachable(str(error)) from None
        door.troubled.discard(where)
        return redacted(body)


async def _once(door: _Door, address: str, most: int, marked: bool) -> bytes:
    """One request. Errors of the connection come out in our words: theirs hold the address."""
    url = URL(quote(address, safe=URL_SIGNS), encoded=True)
    known = door.unchanged.known(address) if marked else None
    asks = known.asks if known else None
    try:
        async with door.session.get(url, allow_redirects=False, headers=asks) as answer:
            try:
                if answer.status == 304:
                    return door.unchanged.again(address, known, answer.headers)
                body = await taken(answer, most)
                if marked and answer.status == 200:
                    door.unchanged.keep(address, body, answer.headers)
                return body
            except BaseException:
                answer.close()  # never wait for the rest
                raise
    except aiohttp.ClientConnectorDNSError:
        raise Again("the name of the host is not known") from None
    except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch):
        raise Unreachable("no TLS connection that can be trusted") from None
    except aiohttp.ClientConnectorError as error:
        raise Again(os.strerror(error.os_error.errno or errno.EIO).lower()) from None
    except aiohttp.ClientResponseError:
        raise Unreachable("what came is no HTTP") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise Again(f"the connection ended early ({type(error).__name__})") from None


async def _door() -> _Door:
    """The one of the running loop; its session closes when the loop shuts its generators down."""
    loop = asyncio.get_running_loop()
    if loop not in _doors:
        for gone in [other for other in _doors if other.is_closed()]:
            del _doors[gone]
        life = _opened()
        _doors[loop] = _Door(await anext(life), life)
    return _doors[loop]


async def _opened() -> AsyncGenerator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(resolver=OpenResolver(), ttl_dns_cache=60)
    async with aiohttp.ClientSession(
        connector=connector,
        headers=HEADERS,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(),
    ) as session:
        session._retry_connection = False  # aiohttp would ask twice, and count once
        yield session
