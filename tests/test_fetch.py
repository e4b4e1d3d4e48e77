"""The one way out: who may be asked, how often, how long, and what is told of it."""

import asyncio
import gzip
import io
import ipaddress
import json
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver
from PIL import Image

import data._fetch
from data import FeedError, Refused, Unreachable, Unreadable, clock, feeds
from data._allow import OpenResolver, allowed, is_open
from data._budget import Budget
from data._fetch import fetch, fetch_picture
from data._portals import PORTALS
from data._redact import redact, redacted
from tests.hostile import BEHAVIOURS, GOOD, head, hostile

URL = "{seoul}/{seoul_key}/json/RealtimeCityAir/1/25/"


@pytest.fixture
async def city(monkeypatch):
    """A local server in the practice city's place."""
    async with hostile() as server:
        monkeypatch.setenv("PRACTICE_CITY", server.address)
        yield server


@pytest.fixture
def says(monkeypatch, city):
    """``says(body, …)``: what the server answers from now on, one for each call; None: nothing."""

    def answer(*bodies, headers=(), status="200 OK"):
        left = list(bodies)

        async def behave(send, server):
            body = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(body, bytes):
                body = head(f"Content-Length: {len(body)}", *headers, status=status) + body
                await send(body)

        monkeypatch.setitem(BEHAVIOURS, "told", behave)
        city.behaviour = "told"

    return answer


# What is asked, and what comes back


async def test_gives_the_body_and_asks_the_practice_city_by_the_portals_name(city):
    assert await fetch(URL) == GOOD
    assert city.asked == ["GET /openapi.seoul.go.kr/practice/json/RealtimeCityAir/1/25/ HTTP/1.1"]


async def test_an_address_is_sent_as_it_is_written(city):
    await fetch("{data_go}/x/getY?serviceKey={data_go_key}&a=b%2Bc%3D&d=강남 역")

    assert city.asked[0].split()[1] == (
        "/apis.data.go.kr/x/getY?serviceKey=practice&a=b%2Bc%3D&d=%EA%B0%95%EB%82%A8%20%EC%97%AD"
    )


async def test_reads_one_gzip(says):
    says(gzip.compress(GOOD), headers=["Content-Encoding: gzip"])

    assert await fetch(URL) == GOOD


@pytest.mark.parametrize("more", [0, 1])
async def test_five_megabytes_are_the_most(says, more):
    body = b"a" * (5 * 2**20 + more)
    for packed, headers in ((body, []), (gzip.compress(body), ["Content-Encoding: gzip"])):
        says(packed, headers=headers)
        if more:
            with pytest.raises(Unreadable, match="larger than 5 MB"):
                await fetch(URL)
        else:
            assert await fetch(URL) == body


async def test_a_5xx_that_says_why_is_read_and_one_that_does_not_is_unreachable(says):
    said = b'{"RESULT.CODE":"ERROR-500"}'
    says(said, status="500 Oops")
    assert await fetch(URL) == said
    says(b"<html>Bad Gateway</html>", status="502 Bad Gateway")
    with pytest.raises(Unreachable, match="HTTP 502"):
        await fetch(URL)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("0", 1), ("7", 7), ("999999999", 3600), ("9" * 500, 3600), ("soon", 3600), ("-5", 3600),
     ("Wed, 21 Oct 2099 07:28:00 GMT", 3600), ("", None)],
)  # fmt: skip
async def test_a_wait_asked_for_is_kept_within_an_hour(says, said, seconds):
    says(b"", headers=[f"Retry-After: {said}"], status="429 Too Many")
    with pytest.raises(Refused) as problem:
        await fetch(URL)

    assert problem.value.wait == seconds


async def test_says_in_words_why_nobody_answers(monkeypatch):
    async with hostile() as gone:
        monkeypatch.setenv("PRACTICE_CITY", gone.address)
    with pytest.raises(Unreachable, match="^connection refused$"):
        await fetch(URL)


# Trying again


async def test_tries_again_when_a_host_that_was_well_stumbles(city, says):
    says(None, GOOD)

    assert await fetch(URL) == GOOD and len(city.asked) == 2


async def test_does_not_insist_once_a_host_is_in_trouble(city, says):
    says(None)
    for asked in (2, 3, 4):
        with pytest.raises(Unreachable):
            await fetch(URL)
        assert len(city.asked) == asked
    says(GOOD)
    assert await fetch(URL) == GOOD
    says(None, GOOD)
    assert await fetch(URL) == GOOD


async def test_a_refusal_is_not_asked_again(city, says):
    says(b"", status="403 Forbidden")
    with pytest.raises(Refused):
        await fetch(URL)

    assert len(city.asked) == 1


async def test_the_deadline_holds_for_all_tries_together(city, monkeypatch):
    async def slow_then_gone(send, server):
        await asyncio.sleep(0.15)

    monkeypatch.setitem(BEHAVIOURS, "told", slow_then_gone)
    city.behaviour = "told"
    with pytest.raises(Unreachable):
        await asyncio.wait_for(fetch(URL, deadline=0.4), 5)

    assert len(city.asked) <= 2


# One host, so many at once


@pytest.mark.parametrize(("practice", "at_once"), [(True, 8), (False, 2)])
async def test_a_host_is_asked_only_so_much_at_once(city, monkeypatch, practice, at_once):
    async def slow(send, server):
        await asyncio.sleep(0.05)
        await send(head(f"Content-Length: {len(GOOD)}") + GOOD)

    monkeypatch.setitem(BEHAVIOURS, "told", slow)
    monkeypatch.setattr(data._fetch, "at_home", lambda host, port: practice)
    city.behaviour = "told"
    await asyncio.gather(*(fetch(URL) for _ in range(20)))

    assert city.together == at_once and len(city.asked) == 20


def test_every_loop_has_its_own_session_and_closes_it(monkeypatch):
    sessions = []

    async def once():
        async with hostile() as server:
            monkeypatch.setenv("PRACTICE_CITY", server.address)
            await asyncio.gather(fetch(URL), fetch(URL))
        sessions.append(data._fetch._doors[asyncio.get_running_loop()].session)

    asyncio.run(once())
    asyncio.run(once())

    assert sessions[0] is not sessions[1] and all(s.closed for s in sessions)


# Who may be asked at all


async def test_only_listed_hosts_are_asked(city):
    port = int(city.address.rsplit(":", 1)[1])
    for address in (
        "http://example.org/x.jpg", f"http://127.0.0.1:{port + 1}/", f"https://127.0.0.1:{port}/",
        f"http://localhost:{port}/", f"http://user@127.0.0.1:{port}/", "file:///etc/passwd", "",
        "ftp://127.0.0.1/", "http://[bad", "http://openapi.seoul.go.kr/", "gopher://x:70/",
    ):  # fmt: skip
        with pytest.raises(Refused):
            await fetch_picture(address)

    assert city.asked == []


def test_an_address_inside_is_refused_even_when_it_is_listed(monkeypatch):
    inside = "http://10.0.0.5 http://169.254.169.254 http://[::1]:80 http://127.0.0.1:9"
    monkeypatch.setenv("PICTURE_HOSTS", f"{inside} http://8.8.8.8 https://tv.example.kr")
    for address in inside.split():
        with pytest.raises(Refused, match="inside"):
            allowed(address + "/a.jpg")

    assert allowed("http://8.8.8.8/a.jpg") == ("http", "8.8.8.8", 80)
    assert allowed("https://tv.example.kr/a.jpg") == ("https", "tv.example.kr", 443)


@pytest.mark.parametrize(
    ("address", "is_"),
    [("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
     ("169.254.169.254", False), ("0.0.0.0", False), ("100.64.0.1", False), ("224.0.0.1", False),
     ("255.255.255.255", False), ("::1", False), ("fe80::1", False), ("fd00::1", False),
     ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("2002:7f00:1::", False),
     ("64:ff9b::7f00:1", False), ("ff02::1", False), ("::", False)],
)  # fmt: skip
def test_knows_an_open_address(address, is_):
    assert is_open(ipaddress.ip_address(address)) is is_


class Stub(AbstractResolver):
    """A name server that a stranger keeps."""

    def __init__(self, *addresses):
        self.addresses = addresses

    async def resolve(self, host, port=0, family=0):
        return [dict(hostname=host, host=a, port=port, family=2, proto=0, flags=0)
                for a in self.addresses]  # fmt: skip

    async def close(self):
        pass


async def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch):
    with pytest.raises(Refused, match="inside"):
        await OpenResolver(Stub("8.8.8.8", "127.0.0.1")).resolve("openapi.seoul.go.kr", 8088)
    [found] = await OpenResolver(Stub("8.8.8.8")).resolve("openapi.seoul.go.kr", 8088)
    assert found["host"] == "8.8.8.8"

    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "a-real-key")
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
    rebound = aiohttp.TCPConnector(resolver=OpenResolver(Stub("127.0.0.1")))
    async with aiohttp.ClientSession(connector=rebound, auto_decompress=False) as session:
        (await data._fetch._door()).session = session
        with pytest.raises(Refused, match="inside"):
            await fetch(URL)


async def test_without_key_and_practice_city_says_what_is_missing():
    with pytest.raises(Refused, match="^SEOUL_OPENAPI_KEY is not set$"):
        await fetch(URL)
    with pytest.raises(Refused, match="names no portal"):
        await fetch("http://127.0.0.1/")


# Pictures


def picture(size=(320, 240), kind="JPEG"):
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(file, kind)
    return file.getvalue()


async def test_a_picture_is_a_whole_jpeg_of_a_listed_host(city, says):
    whole = picture()
    says(whole)
    assert await fetch_picture(f"{city.address}/its/1.jpg?token=%2Fa") == whole
    assert city.asked == ["GET /its/1.jpg?token=%2Fa HTTP/1.1"]

    for body in (
        whole[: len(whole) // 2],
        picture(kind="PNG"),
        b"<html></html>",
        b"",
        GOOD,
        whole[:20],
    ):
        says(body)
        with pytest.raises(Unreadable, match="JPEG"):
            await fetch_picture(f"{city.address}/1.jpg")
    says(picture((8000, 8000)))
    with pytest.raises(Unreadable, match="8000 x 8000"):
        await fetch_picture(f"{city.address}/1.jpg")
    says(b"\xff\xd8" + bytes(2 * 2**20))
    with pytest.raises(Unreadable, match="larger than 2 MB"):
        await fetch_picture(f"{city.address}/1.jpg")


# Keys stay here


def test_keys_and_addresses_are_taken_out_of_what_is_said(monkeypatch):
    monkeypatch.setenv("DATA_GO_KR_KEY", "ab+c/d==efg")
    monkeypatch.setenv("ITS_KEY", "k1")
    said = redact("key ab+c/d==efg, ab%2Bc%2Fd%3D%3Defg at http://x.kr:80/ab?c=d, kind k1")

    assert said == "key KEY, KEY at (address) kind k1"
    assert redacted(b'{"m":"ab+c/d==efg"}') == b'{"m":"KEY"}'


async def test_a_body_that_repeats_our_key_comes_without_it(city, says, monkeypatch):
    monkeypatch.setenv("ITS_KEY", "0123456789abcdef")
    says(b'{"m":"0123456789abcdef"}')

    assert await fetch(URL) == b'{"m":"KEY"}'


# Budgets


@pytest.fixture
def key(monkeypatch, still):
    """A key of a thousand calls a day."""
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "a-real-key")
    return PORTALS["seoul"]


def spent(budget, portal, times, feed="", daily=0):
    """How many of so many calls were let through."""
    for n in range(times):
        try:
            budget.spend(portal, feed, daily)
        except Refused:
            return n
    return times


def test_a_key_is_never_used_up(key, tmp_path):
    budget = Budget(tmp_path)
    shares = {"air_quality": 72, "bike_stations": 288, "incidents": 288}

    assert {f: spent(budget, key, 500, f, d) for f, d in shares.items()} == shares
    assert spent(budget, key, 5000) == 900 - sum(shares.values())
    assert budget.spent("seoul") == 900 and budget.spent("seoul/incidents") == 288


def test_the_shares_of_all_feeds_leave_something():
    for portal in PORTALS.values():
        mine = [feed.daily for feed in feeds if feed.portal is portal]
        assert sum(mine) <= 0.9 * portal.daily


def test_a_larger_key_gives_larger_shares_and_a_lifted_one_has_no_end(key, tmp_path, monkeypatch):
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "10000")
    assert spent(Budget(tmp_path), key, 5000, "air_quality", 72) == 720
    monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
    assert spent(Budget(tmp_path / "b"), key, 20_000, "air_quality", 72) == 20_000
    monkeypatch.delenv("SEOUL_OPENAPI_KEY")
    monkeypatch.delenv("SEOUL_OPENAPI_DAILY")
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    assert spent(Budget(tmp_path / "c"), key, 20_000, "air_quality", 72) == 20_000
    assert not (tmp_path / "c").exists()


def test_the_count_survives_a_restart_and_ends_with_the_citys_day(key, tmp_path, still):
    first = Budget(tmp_path)
    spent(first, key, 500)
    first.save()
    second = Budget(tmp_path)
    assert spent(second, key, 1000) == 400
    with pytest.raises(Refused, match="900 calls of seoul") as problem:
        second.spend(key)
    assert problem.value.wait == 3600

    clock.set(still.replace(hour=23, minute=59, second=50), 0)
    with pytest.raises(Refused) as problem:
        second.spend(key)
    assert problem.value.wait == 10
    clock.set(still.replace(hour=0, minute=0, second=1) + timedelta(days=1), 0)
    assert spent(second, key, 1000) == 900


def test_two_processes_count_together(key, tmp_path):
    one, other = Budget(tmp_path), Budget(tmp_path)
    for budget in (one, other, one):
        spent(budget, key, 200)
        budget.save()

    assert json.loads((tmp_path / "calls.json").read_text())["calls"] == {"seoul": 600}
    assert [p.name for p in tmp_path.iterdir()] == ["calls.json"]


@pytest.mark.parametrize("said", ["", "{", "[]", "null", '{"day": "2022-08-08"}', "\x00" * 50])
def test_a_damaged_count_begins_anew(key, tmp_path, said, caplog):
    (tmp_path / "calls.json").write_text(said)

    assert spent(Budget(tmp_path), key, 1000) == 900
    assert "cannot be read" in caplog.text


def test_counts_in_memory_where_nothing_can_be_written(key, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    budget = Budget(tmp_path / "file")

    assert spent(budget, key, 1000) == 900
    budget.save()
    assert len([r for r in caplog.records if "memory only" in r.getMessage()]) == 1


async def test_a_spent_budget_opens_no_connection(city, key, tmp_path, monkeypatch):
    monkeypatch.setattr(data._fetch, "budget", budget := Budget(tmp_path))
    monkeypatch.setitem(PORTALS, "seoul", replace(key, origin=city.address))
    share = feeds.air_quality.daily
    for _ in range(share):
        await fetch(URL, feed="air_quality")
    with pytest.raises(Refused, match=f"today's {share} calls of seoul/air_quality"):
        await fetch(URL, feed="air_quality")

    assert len(city.asked) == budget.spent("seoul") == share
    assert await fetch(URL, feed="incidents") == GOOD


async def test_a_try_that_fails_counts_too(city, says, key, tmp_path, monkeypatch):
    monkeypatch.setattr(data._fetch, "budget", budget := Budget(tmp_path))
    monkeypatch.setitem(PORTALS, "seoul", replace(key, origin=city.address))
    says(None)
    with pytest.raises(FeedError):
        await fetch(URL, feed="air_quality")

    assert budget.spent("seoul/air_quality") == len(city.asked) == 2
