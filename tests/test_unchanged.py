"""What a source need not send twice is asked for with the mark it gave; what it has not changed
stands, as freshly asked, at its own age.
"""

import contextlib
import logging
import os
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

import data._fetch
from data import Unreachable, clock, feeds
from data._fetch import fetch, fetch_picture
from data._unchanged import LONGEST, Unchanged
from data.sim._server import City
from tests.hostile import BEHAVIOURS, head, hostile

URL = "{drop}/projects.json"
MARKED = {"ETag": '"a"'}


@contextlib.asynccontextmanager
async def answering(app, monkeypatch):
    """That server in the practice city's place; gives the list of statuses it answers."""
    answered = []

    async def noted(request, answer):
        answered.append(answer.status)

    app.on_response_prepare.append(noted)
    async with TestServer(app) as server:
        monkeypatch.setenv("PRACTICE_CITY", str(server.make_url("")))
        yield answered


@pytest.fixture
async def files(tmp_path, monkeypatch):
    """A real server of files: gives their folder and the statuses it answered."""
    (folder := tmp_path / "drop").mkdir()
    app = web.Application()
    app.router.add_static("/drop", folder)
    async with answering(app, monkeypatch) as answered:
        yield folder, answered


@pytest.fixture
async def city(monkeypatch):
    async with hostile() as server:
        monkeypatch.setenv("PRACTICE_CITY", server.address)
        yield server


@pytest.fixture
def says(monkeypatch, city):
    """``says(body, *headers)``: what the server answers from now on."""

    def answer(body, *headers, status="200 OK"):
        async def behave(send, server):
            length = [] if status.startswith("304") else [f"Content-Length: {len(body)}"]
            await send(head(*length, *headers, status=status) + body)

        monkeypatch.setitem(BEHAVIOURS, "told", behave)
        city.behaviour = "told"

    return answer


async def test_a_file_that_stands_is_not_sent_again_and_a_new_one_is(files):
    folder, answered = files
    (folder / "projects.json").write_bytes(b'{"a":1}')
    os.utime(folder / "projects.json", (1e9, 1e9))

    assert await fetch(URL) == await fetch(URL) == b'{"a":1}'
    assert answered == [200, 304]
    (folder / "projects.json").write_bytes(b'{"a":2}')
    assert await fetch(URL) == await fetch(URL) == b'{"a":2}'
    assert answered == [200, 304, 200, 304]


async def test_a_feed_whose_source_stands_is_fresh_at_its_own_age(still, monkeypatch):
    played = City(start=still.isoformat(), speed=0)
    feed = feeds.projects
    async with answering(played.app(), monkeypatch) as answered:
        await feed.refresh()
        first, observed = feed.frame, feed.observed_at
        clock.set(still + timedelta(minutes=5), 0)
        await feed.refresh()

    assert answered == [200, 304] and feed.problem is None
    assert feed.frame.equals(first) and feed.observed_at == observed
    assert feed.fetched_at == still + timedelta(minutes=5)
    feed.param.update(frame=None, observed_at=None, fetched_at=None, practice=False)


@pytest.mark.parametrize("url", ["{yna}/rss/news.xml", "{mediahub}/feed", URL])
async def test_the_practice_city_sends_a_file_or_news_once_until_they_change(
    still, monkeypatch, url
):
    played = City(start=still.isoformat(), speed=0)
    async with answering(played.app(), monkeypatch) as answered:
        first = await fetch(url)
        assert await fetch(url) == first
        played.hands.start += timedelta(days=1)
        assert await fetch(url) != first

    assert answered == [200, 304, 200]


async def test_a_last_modified_is_a_mark_too_unless_it_is_of_that_second(city, says):
    then = "Wed, 21 Oct 2020 07:28:00 GMT"
    says(b"{}", f"Last-Modified: {then}", "Date: Wed, 21 Oct 2020 07:29:00 GMT")
    await fetch(URL)
    await fetch(URL)
    assert f"If-Modified-Since: {then}".encode() in city.said[1]

    says(b"{}", f"Last-Modified: {then}", f"Date: {then}")
    await fetch(URL)
    await fetch(URL)
    assert b"If-Modified-Since" not in city.said[3]


async def test_a_304_that_nobody_asked_for_is_no_answer(city, says):
    says(b"", status="304 Not Modified")
    with pytest.raises(Unreachable, match="304"):
        await fetch(URL)
    assert len(city.asked) == 1


async def test_a_304_of_another_mark_than_ours_is_asked_for_whole(city, monkeypatch):
    left = [
        head("Content-Length: 2", 'ETag: "a"') + b"{}",
        head('ETag: "b"', status="304 Not Modified"),
        head("Content-Length: 3", 'ETag: "b"') + b"{ }",
    ]

    async def behave(send, server):
        await send(left.pop(0))

    monkeypatch.setitem(BEHAVIOURS, "told", behave)
    city.behaviour = "told"

    assert await fetch(URL) == b"{}" and await fetch(URL) == b"{ }"
    assert b"If-None-Match" in city.said[1] and b"If-None-Match" not in city.said[2]


async def test_a_weak_mark_is_sent_back_as_it_is(city, says):
    says(b"{}", 'ETag: W/"a"')
    await fetch(URL)
    says(b"", 'ETag: "a"', status="304 Not Modified")

    assert await fetch(URL) == b"{}" and b'If-None-Match: W/"a"\r\n' in city.said[1]


@pytest.mark.parametrize(
    "mark",
    [
        "ETag: " + '"' + "a" * 5000 + '"', 'ETag: "강남"', 'ETag: "a"b"', "ETag: a", "ETag: *",
        "ETag:", 'ETag: "a b"', 'ETag: "a\rIf-Range: b"', 'ETag: "a"\r\nETag: "b\x01"',
        "Last-Modified: yesterday", "Last-Modified: -1", "Last-Modified: " + "9" * 300,
        "Last-Modified: Wed, ٢١ Oct 2020 07:28:00 GMT", "X: y",
    ],
    ids=range(14),
)  # fmt: skip
async def test_a_mark_that_is_none_is_never_sent(city, says, mark):
    says(b"{}", mark)
    for _ in range(2):
        try:
            assert await fetch(URL) == b"{}"
        except Unreachable as problem:  # no HTTP at all
            assert "HTTP" in str(problem) or "connection" in str(problem)

    for said in city.said:
        assert b"If-Modified-Since" not in said and b"If-Range" not in said
        assert b"If-None-Match" not in said or said.count(b'If-None-Match: "a"\r\n') == 1


async def test_what_must_not_be_stored_or_is_an_error_is_not_kept(city, says):
    for told in (("Cache-Control: private, no-store", "200 OK"), ("X: y", "500 Oops")):
        says(b"{}", 'ETag: "a"', told[0], status=told[1])
        await fetch(URL)
        await fetch(URL)

    assert not any(b"If-None-Match" in said for said in city.said)


async def test_a_picture_is_never_kept(city, says):
    says(b"no picture", 'ETag: "a"')
    for _ in range(2):
        with pytest.raises(data.Unreadable):
            await fetch_picture(f"{city.address}/1.jpg")

    assert not any(b"If-None-Match" in said for said in city.said)


async def test_two_keys_are_two_addresses_and_neither_is_kept_or_said(
    city, says, monkeypatch, caplog
):
    caplog.set_level(logging.DEBUG)
    says(b"{}", 'ETag: "a"')
    for key in ("first-secret-key", "second-secret-key"):
        monkeypatch.setenv("CITY_DROP_URL", city.address)
        monkeypatch.setenv("CITY_DROP_KEY", key)
        await fetch("{drop}/x.json?key={drop_key}")

    assert not any(b"If-None-Match" in said for said in city.said)
    door = await data._fetch._door()
    kept = repr(door) + repr(vars(door.unchanged)) + caplog.text
    assert "secret" not in kept and door.unchanged.held == 4


def test_only_so_much_is_kept_and_the_least_used_goes_first():
    kept = Unchanged(most=100, of_one=40)
    for name in "abc":
        kept.keep(name, name.encode() * 30, MARKED)
    assert kept.again("a", kept.known("a"), MARKED) == b"a" * 30
    kept.keep("d", b"d" * 30, MARKED)
    kept.keep("large", bytes(41), MARKED)

    assert [n for n in ("a", "b", "c", "d", "large") if kept.known(n)] == ["a", "c", "d"]
    assert kept.held == 90
    kept.keep("a", b"a", {})
    assert kept.known("a") is None and kept.held == 60


def test_a_mark_is_not_believed_for_ever(monkeypatch):
    kept, now = Unchanged(), [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    kept.keep("a", b"a", MARKED)
    now[0] = LONGEST
    assert kept.known("a")
    now[0] += 1

    assert kept.known("a") is None and kept.held == 0
