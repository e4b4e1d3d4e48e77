"""What every test starts from: recorded replies, a clock that stands still, and no way out.

Without keys and without a practice city nothing can be asked: a test that wants a server starts
one on 127.0.0.1 and sets PRACTICE_CITY.
"""

import asyncio
import os
import shutil
import tomllib
from collections import deque
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import data._feed
from data import ZONE, Keeper, clock, derive, feeds
from data._doubt import Doubts
from data._portals import PORTALS
from data._turns import Turns
from tests.house import standing
from tests.serving import CHROMIUM, WAIT, serving

ROOT = Path(__file__).parents[1]
REPLIES = ROOT / "tests" / "replies"
NOW = datetime(2022, 8, 8, 20, 10, 30, tzinfo=ZONE)  # when the replies were given
NOTHING = (
    b'{"RESULT":{"CODE":"INFO-200","MESSAGE":"\xed\x95\xb4\xeb\x8b\xb9 \xec\x97\x86\xec\x9d\x8c"}}'
)
LOOKED_AT = {
    "subway_arrivals": ("홍대입구",),
    "bus_arrivals": ("02072", "14005"),
    "bus_positions": ("100100001", "100100005"),
    "road_links": ("강변북로", "강남대로"),
}  # what feeds asked on demand are asked about
EMPTY = dict(frame=None, observed_at=None, fetched_at=None, problem=None, practice=False)


def answers(name: str) -> list[tuple[str, bytes]]:
    """The recorded replies of a feed as (url, body); a table of ours is its own reply.

    What a file answers stands in asked.toml; where it does not, it is the feed's url. A feed that
    shares another's answers may have replies of its own.
    """
    feed = feeds[name]
    if feed.url.startswith("places/"):
        return [(feed.url, (Path(data.__file__).parent / feed.url).read_bytes())]
    asked = tomllib.loads((REPLIES / "asked.toml").read_text("utf-8"))
    mine = [REPLIES / file for file in asked if file.split(".")[0] == name]
    mine = mine or sorted(REPLIES.glob(f"{name}.*"))
    if not mine and feed.shares:
        return answers(feed.shares)
    assert mine, f"there is no reply of {name} in tests/replies"
    return [(asked.get(path.name, feed.url), path.read_bytes()) for path in mine]


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch):
    """No key, no practice city: every feed is refused before a socket is opened."""
    said = {"PRACTICE_CITY", "PICTURE_HOSTS", "BOUNDARIES"}
    for portal in PORTALS.values():
        said |= {portal.key, portal.where, f"{portal.key.removesuffix('_KEY')}_DAILY"}
    for name in said & set(os.environ):
        monkeypatch.delenv(name)


@pytest.fixture
def still():
    """The city's clock at the time of the replies; it stands. Real time again afterwards."""
    clock.set(NOW, 0)
    yield NOW
    clock.real()


@pytest.fixture
def reply():
    """``reply(name)``: the recorded answers of that feed, as (url, body)."""
    return answers


@pytest.fixture
def answered(monkeypatch):
    """Every feed is answered with its replies; what was not recorded is "no data"."""

    async def fetch(url, *, feed=""):
        return dict(answers(feed)).get(url, NOTHING)

    monkeypatch.setattr(data._feed, "fetch", fetch)


async def _filled() -> None:
    for feed in feeds:
        if not feed.needs:
            await feed.take(
                feed.read(answers(feed.name)), practice=not feed.url.startswith("places")
            )
    waiting = [feed for feed in feeds if feed.needs]
    while waiting:
        ready = [f for f in waiting if not {w.name for w in waiting} & set(f.needs)]
        assert ready, "feeds derived from one another"
        for feed in ready:
            await derive(feed, {f.name: f for f in feeds})
            waiting.remove(feed)


@pytest.fixture(scope="session")
def _frames():
    """What every feed holds once all have answered, worked out once."""
    clock.set(NOW, 0)
    asyncio.run(_filled())
    held = {f.name: {n: getattr(f, n) for n in EMPTY} for f in feeds}
    for feed in feeds:
        feed.param.update(**EMPTY)
    clock.real()
    return held


@pytest.fixture
def full(_frames, still):
    """Every feed holding its recorded reply, at that time; empty again afterwards."""
    feeds.road_links._told, feeds.road_links._open = {}, deque()  # whatever was asked before
    for feed in feeds:
        feed.param.update(**_frames[feed.name], wanted=LOOKED_AT.get(feed.name, ()))
        if hasattr(feed, "_turns"):
            feed._turns = Turns()
        if feed._doubts:
            feed._doubts = Doubts(feed.columns, feed.key)
    yield feeds
    for feed in feeds:
        feed.param.update(**EMPTY, wanted=())


def pytest_collection_modifyitems(items):
    """Tests that look at the running city come last, so that it runs for them alone."""
    items.sort(key=lambda item: "address" in getattr(item, "fixturenames", ()))


@pytest.fixture
async def city(full):
    """The house serving here, every feed holding its reply."""
    async with standing() as city:
        yield city


@pytest.fixture
def past(full, still, tmp_path, tmp_path_factory, monkeypatch):
    """A past of its own: every frame, as it was at the time of the replies. Written once."""
    monkeypatch.delenv("HISTORY", raising=False)
    written = tmp_path_factory.getbasetemp() / "past"
    if not written.exists():
        monkeypatch.setenv("CITY_CACHE", str(written))
        keeper = Keeper(feeds)
        for feed in keeper.feeds.values():
            keeper.take(feed)
        keeper.write()
        assert not keeper.problem
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("CITY_CACHE", str(tmp_path))
    return still


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Of the whole city running, one for all tests."""
    with serving(tmp_path_factory.mktemp("served"), SIM_SPEED="10") as served:
        yield served.address


@pytest.fixture(scope="module")
def browser():
    """A real Chromium, one for the tests of a file: playwright holds the loop while it is open."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        browser.new_context, browser.new_page = map(
            patient, (browser.new_context, browser.new_page)
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser):
    """``visit(url, width, height, first=work, …)``: a page of somebody of their own.

    ``page.asked`` is all it asked for; ``first(page)`` is done before it goes there.
    """
    opened = []

    def visit(url, width=1280, height=900, first=lambda page: None, **context):
        context = browser.new_context(viewport={"width": width, "height": height}, **context)
        opened.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda one: page.asked.append(one.url + (one.post_data or "")))
        first(page)
        page.goto(url)
        return page

    yield visit
    for context in opened:
        context.close()


@pytest.fixture
def map_page(address, visit):
    """``map_page(more, lang, …)``: the citizens' page at its map, as ``visit`` opens it."""

    def look(more="", lang="ko", **how):
        page = visit(f"{address}/?lang={lang}{more}", **how)
        page.locator("#map").scroll_into_view_if_needed()
        page.wait_for_selector(".island[data-shown]")
        return page

    return look


def patient(make):
    """Its contexts and pages wait as long as all else here does, not Playwright's 30 seconds."""

    def made(**look):
        one = make(**look)
        one.set_default_timeout(WAIT * 1000)
        return one

    return made
