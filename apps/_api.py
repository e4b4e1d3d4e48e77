"""Data out: every feed at /api/feeds/NAME.json, .csv, .geojson and .parquet, for anybody.

Read-only, from any origin. ``?at=`` gives a frame as it was known at a moment, ``?since=`` all
rows observed since. What goes wrong is told as problem+json (RFC 9457).
"""

import os
import re
import time
from collections.abc import Callable
from http.client import responses
from urllib.parse import parse_qs

import msgspec

from apps._asked import Asked, Problem, asked
from apps._asker import asker, networks
from apps._formats import KINDS, places
from apps._guard import Guarded, takes_gzip
from apps._once import Allowance, Answer, Busy, Once, answer
from apps._openapi import openapi
from apps._told import Held, held, listed, told, visible
from data import Feed, feeds

FILE = re.compile(r"([a-z][a-z0-9_]{0,60})\.([a-z]{1,10})")
TOLD = (  # headers a page of another origin may read
    "ETag, Link, Retry-After, X-Observed-At, X-Fetched-At, X-State, X-Practice, X-Mark, X-Source, "
    "X-Licence, X-Rows-In-All"
)
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": TOLD,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
METHODS = "GET, HEAD, OPTIONS"
FRESH, PAST = "public, max-age=2", "public, max-age=60"
LISTED = 2.0  # seconds a list of the feeds is given again


class Api:
    """What the handlers share."""

    def __init__(self, once: Once | None = None, allowance: Allowance | None = None):
        self.once, self.allowance = once or Once(), allowance or Allowance()
        self.proxies = networks(os.environ.get("CITY_PROXIES", ""))


class Open(Guarded):
    """A request anybody may make, from any page; so many of them an address."""

    SUPPORTED_METHODS = ("GET", "HEAD", "OPTIONS")

    def initialize(self, api: Api) -> None:
        """Whose."""
        self.api = api

    def set_default_headers(self) -> None:
        """Those of every answer, but readable from elsewhere."""
        super().set_default_headers()
        for name, value in CROSS_ORIGIN.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse who asks too much."""
        super().prepare()
        if self._finished:
            return
        said = self.request.headers.get("X-Forwarded-For", "")
        who = asker(self.request.remote_ip, said, self.api.proxies)
        if wait := self.api.allowance.wait(who):
            self.tell(Problem(429, "This address asks too often.", max(1, round(wait + 0.5))))

    def options(self, *_: str) -> None:
        """What a browser asks before it lets a page of another origin ask us."""
        self.set_header("Access-Control-Allow-Methods", METHODS)
        self.set_header("Access-Control-Allow-Headers", "If-None-Match")
        self.set_header("Access-Control-Max-Age", "86400")
        self.set_status(204)
        self.finish()

    def tell(self, problem: Problem) -> None:
        """End with that problem."""
        if problem.retry:
            self.set_header("Retry-After", str(problem.retry))
        self.set_status(problem.status)
        self.write_error(problem.status, detail=problem.detail)

    def write_error(self, status_code: int, detail: str = "", **_: object) -> None:
        """The problem in words; never what was asked."""
        if status_code == 405:
            self.set_header("Allow", METHODS)
        title = responses.get(status_code, "Error")
        body = {"type": "about:blank", "title": title, "status": status_code, "detail": detail}
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "application/problem+json")
        self.finish(msgspec.json.encode(body))

    async def give(
        self, kind: str, key: tuple, make: Callable[[], Answer], keep: str, once: Once | None = None
    ) -> None:
        """The answer of that key, or that it is the one the asker has; of once, else of its api."""
        try:
            found = await (once or self.api.once).get(key, make)
        except Busy:
            return self.tell(Problem(503, "Too many answers are being made. Ask again.", 1))
        except Problem as problem:
            return self.tell(problem)
        for name, value in found.headers.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", keep)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Etag", f'"{found.etag}"')
        if found.packed and takes_gzip(self.request.headers.get("Accept-Encoding", "")):
            self.set_header("Etag", f'"{found.etag}-gzip"')
        if self.has(found.etag):
            self.set_status(304)
            return self.finish()
        return self.send(kind, found.plain, found.packed)

    def has(self, etag: str) -> bool:
        """Whether the asker has the answer of that mark, packed or not."""
        header = self.request.headers.get("If-None-Match", "")
        if header.strip() == "*":
            return True
        said = re.findall(r'"([^"]*)"', header)
        return etag in {mark.removesuffix("-gzip") for mark in said}


class FileHandler(Open):
    """/api/feeds/NAME.FORMAT."""

    async def get(self, file: str) -> None:
        """The feed now, or with ``at`` or ``since`` as the past tells it."""
        try:
            feed, form = _named(file)
            query = asked(parse_qs(self.request.query, keep_blank_values=True), feed)
        except Problem as problem:
            return self.tell(problem)
        past = query.at or query.since
        keep = PAST if past else FRESH
        now = held(feed)  # here on the loop: in the thread a refresh may come in between
        return await self.give(
            KINDS[form], _key(feed, now, form, query), lambda: told(feed, now, form, query), keep
        )


class ListHandler(Open):
    """/api/feeds."""

    async def get(self) -> None:
        """Every feed with what it is, how old it is and what its columns mean."""
        key = ("feeds", time.monotonic() // LISTED)
        await self.give(
            KINDS["json"], key, lambda: _packed({"feeds": [listed(f) for f in feeds]}), FRESH
        )


class OpenApiHandler(Open):
    """/api/openapi.json."""

    async def get(self) -> None:
        """What can be asked, in OpenAPI 3.1."""
        await self.give(KINDS["json"], ("openapi",), lambda: _packed(openapi(feeds)), PAST)


class NothingHandler(Open):
    """Whatever else is asked under /api."""

    def get(self, *_: str) -> None:
        """Where the list is."""
        self.tell(Problem(404, "There is nothing here. /api/feeds lists what there is."))


def _named(file: str) -> tuple[Feed, str]:
    """The feed and the format of that file name. Raises Problem."""
    found = FILE.fullmatch(file)
    if not found or found[1] not in dir(feeds):
        raise Problem(404, "There is no such feed. /api/feeds lists what there is.")
    feed = feeds[found[1]]
    if found[2] not in KINDS:
        raise Problem(404, f"A feed is given as {', '.join(KINDS)}.")
    if found[2] == "geojson" and not places(visible(feed)):
        raise Problem(404, "The rows of this feed have no place: ask for json, csv or parquet.")
    return feed, found[2]


def _key(feed: Feed, now: Held, form: str, query: Asked) -> tuple:
    """What makes two answers the same."""
    if query.at or query.since:
        return feed.name, form, query
    return feed.name, form, query, id(now.frame), now.fetched_at, now.state


def _packed(body: dict) -> Answer:
    return answer(msgspec.json.encode(body), pack=True)
