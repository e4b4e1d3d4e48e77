"""A server that gives each feed its recorded replies, but misleads those it is told to mislead."""

import asyncio
import os
from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote

from data import Feed, clock, feeds
from data._age import period
from data._fetch import URL_SIGNS
from data._portals import expand
from tests.conftest import NOW, answers
from tests.hostile import BEHAVIOURS, head, hostile


def recorded(feed: Feed) -> dict[str, bytes]:
    """What a feed asks, as its request line says it, and is answered; empty where not all is."""
    told, found, asked = dict(answers(feed.name)), {}, list(feed.urls(NOW))
    if asked != list(feed.urls(NOW + timedelta(days=40))):
        return {}  # it asks something else each time
    while asked:
        url = asked.pop()
        if url not in told:
            return {}
        address = quote(expand(url), safe=URL_SIGNS)
        found[address.removeprefix(os.environ["PRACTICE_CITY"])] = told[url]
        with suppress(NotImplementedError):
            asked += filter(None, [feed.next(told[url], url)])
    return found


def chosen(number: int) -> dict[str, dict[str, bytes]]:
    """So many, asked most often of those that are wholly recorded, and their replies."""
    os.environ["PRACTICE_CITY"] = "http://127.0.0.1"
    clock.set(NOW, 1)
    found = {f.name: recorded(f) for f in feeds if f.portal and not f.shares and not f.follows}
    often = sorted((n for n in found if found[n]), key=lambda name: period(feeds[name].every))
    return {name: found[name] for name in often[:number]}


def serve(replies: dict[str, tuple[str, bytes]], pipe) -> None:
    """The server: tells its address, then hears who is misled from now on, and how."""
    misled: dict[str, str] = {}

    async def in_turn(send, city) -> None:
        name, body = replies[city.asked[-1].split()[1]]
        del city.asked[:-1]
        if name in misled:
            return await BEHAVIOURS[misled[name]](send, city)
        return await send(head(f"Content-Length: {len(body)}") + body)

    def hear() -> None:
        misled.clear()
        misled.update(pipe.recv())

    async def run() -> None:
        BEHAVIOURS["in_turn"] = in_turn
        async with hostile("in_turn") as city:
            pipe.send(city.address)
            asyncio.get_running_loop().add_reader(pipe.fileno(), hear)
            await asyncio.Event().wait()

    asyncio.run(run())
