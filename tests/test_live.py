"""One page for all who look at it: the same bytes, every change, nobody left waiting."""

import asyncio
import gzip
import json
import time
from datetime import timedelta

import pytest

from apps._variant import BOOT
from data import clock, feeds
from tests.conftest import NOW


async def pass_minutes(city, minutes=90):
    """The city's clock goes on, and everybody looks at the frames."""
    clock.set(clock.now() + timedelta(minutes=minutes), 0)
    await city.house.live.tick()


def fragments(city, name):
    return city.house.live.variants[name, "ko", ""].shown.fragments()


async def test_a_page_is_the_same_bytes_for_everybody(city):
    answers = await asyncio.gather(*(city.get("/wall", Cookie=f"who={n}") for n in range(8)))

    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, _, body in answers}) == 1
    assert not any("Set-Cookie" in headers for _, headers, _ in answers)
    assert len(city.house.live.variants) == 1


async def test_a_page_comes_packed_to_who_takes_it(city):
    _, _, plain = await city.get("/", **{"Accept-Encoding": "identity"})
    _, headers, packed = await city.get("/", **{"Accept-Encoding": "br, gzip;q=0.5"})
    _, refused, body = await city.get("/", **{"Accept-Encoding": "gzip;q=0"})

    assert headers["Content-Encoding"] == "gzip" and headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == plain == body
    assert "Content-Encoding" not in refused


async def test_who_has_the_page_is_told_so_until_it_changes(city):
    _, headers, _ = await city.get("/wall")
    again = await city.get("/wall", **{"If-None-Match": headers["Etag"]})
    await pass_minutes(city)
    later = await city.get("/wall", **{"If-None-Match": headers["Etag"]})

    assert again[0] == 304 and again[2] == b""
    assert later[0] == 200


async def test_head_is_get_without_its_body(city):
    async with city.client.head(city.address + "/wall") as answer:
        assert answer.status == 200
        assert int(answer.headers["Content-Length"]) > 1000


@pytest.mark.parametrize("packed", [False, True])
async def test_a_change_reaches_every_viewer_once(city, packed):
    async with (
        city.listening("/live/mobile?lang=ko", packed) as one,
        city.listening("/live/mobile?lang=ko", packed) as two,
    ):
        assert (await one.next())[0] == (await two.next())[0] == "hello"
        first = [await events.next() for events in (one, two)]  # all fragments: no page was read
        await pass_minutes(city)
        second = [await events.next() for events in (one, two)]
        await city.house.live.beat()
        third = [await events.next() for events in (one, two)]

    assert first[0] == first[1] and second[0] == second[1]
    name, mark, data = second[0]
    assert (name, mark) == ("tick", f"{BOOT}-1")
    before, after = first[0][2]["fragments"], fragments(city, "mobile")
    assert data["fragments"] == {n: html for n, html in after.items() if html != before[n]}
    assert data["fragments"]
    assert [event[0] for event in third] == ["beat", "beat"]


async def test_hello_says_who_we_are(city):
    async with city.listening("/live/wall") as events:
        _, _, hello = await events.next("hello")

    assert hello["boot"] == BOOT
    assert hello["now"] == NOW.isoformat()
    assert hello["speed"] == 0


async def test_nothing_changed_is_nothing_sent_but_the_beat(city):
    async with city.listening(f"/live/wall?seen={BOOT}-0") as events:
        await events.next("hello")
        await city.house.live.tick()
        await city.house.live.beat()
        name, _, data = await events.next()

    assert name == "beat"
    assert data["ticked"] == NOW.isoformat()


async def test_who_comes_back_gets_what_was_missed_and_no_more(city):
    async with city.listening("/live/mobile") as events:
        await events.next("tick")
    before = fragments(city, "mobile")
    await pass_minutes(city)
    missed = {n: html for n, html in fragments(city, "mobile").items() if html != before[n]}
    async with city.listening("/live/mobile", **{"Last-Event-ID": f"{BOOT}-0"}) as events:
        _, mark, data = await events.next("tick")
    async with city.listening("/live/mobile", **{"Last-Event-ID": mark}) as events:
        await events.next("hello")
        await city.house.live.beat()
        after = await events.next()

    assert data["fragments"] == missed
    assert after[0] == "beat"


@pytest.mark.parametrize("seen", ["another-7", "-5", f"{BOOT}-999999", "x" * 3000, "%00"])
async def test_a_strange_past_gets_the_whole_present_or_nothing_wrong(city, seen):
    async with city.listening(f"/live/mobile?seen={seen}") as events:
        assert (await events.next())[0] == "hello"
        await pass_minutes(city)
        assert (await events.next())[0] == "tick"


async def test_a_page_and_its_stream_leave_no_gap(city):
    _, _, html = await city.get("/", **{"Accept-Encoding": "identity"})
    await pass_minutes(city)  # after the page was read, before it listens

    seq = html.decode().partition('data-seq="')[2].partition('"')[0]
    async with city.listening(f"/live/mobile?seen={BOOT}-{seq}") as events:
        _, _, data = await events.next("tick")

    assert data["fragments"]


async def test_two_languages_are_two_pages(city):
    async with (
        city.listening("/live/wall?lang=ko") as ko,
        city.listening("/live/wall?lang=en") as en,
    ):
        korean, english = await ko.next("tick"), await en.next("tick")

    assert korean[2]["fragments"] != english[2]["fragments"]


async def test_trains_are_asked_for_where_somebody_looks(city):
    feeds.subway_arrivals.wanted = ()
    await city.get("/kiosk?station=hongdae")
    await city.get("/kiosk?station=changdong&lang=en")
    page = city.house.live.variants["kiosk", "ko", "hongdae"].shown.page

    assert set(feeds.subway_arrivals.wanted) == {
        page.stations["hongdae"],
        page.stations["changdong"],
    }

    for variant in city.house.live.variants.values():
        variant.asked -= 61
    await city.house.live.tick()

    assert feeds.subway_arrivals.wanted == ()


async def test_what_nobody_looks_at_is_dropped(city):
    async with city.listening("/live/wall") as events:
        await events.next("hello")
        await city.get("/")
        for variant in city.house.live.variants.values():
            variant.asked -= 61
        await city.house.live.tick()

        assert list(city.house.live.variants) == [("wall", "ko", "")]
    await until(lambda: city.house.live.viewers == 0)


async def test_a_viewer_who_reads_nothing_holds_up_nobody_and_is_let_go(city, monkeypatch):
    monkeypatch.setattr("apps._stream.STUCK", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", city.port, limit=1024)
    writer.write(b"GET /live/wall HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % city.port)
    await until(lambda: city.house.live.viewers == 1)
    variant = city.house.live.variants["wall", "ko", ""]
    (slow,) = variant.viewers
    slow.write(b":" + b" " * 16_000_000 + b"\n\n")  # more than any socket takes by itself
    assert slow.stream.writing()
    async with city.listening("/live/wall") as events:
        await events.next("tick")
        at = slow.seq
        await pass_minutes(city)
        await pass_minutes(city)

        assert slow.seq == at, "skipped, not queued"
        await asyncio.sleep(0.3)
        await city.house.live.beat()
        await until(lambda: slow not in variant.viewers)
        assert city.house.live.viewers == 1
    writer.close()


async def test_health_is_red_when_data_is_old_and_503(city):
    status, _, body = await city.get("/health")
    clock.set(NOW + timedelta(days=40), 0)
    old = await city.get("/health")

    assert status == 200 and json.loads(body)["status"] in {"green", "yellow"}
    told = json.loads(old[2])
    assert (old[0], told["status"]) == (503, "red")
    assert {"feed", "state", "age_seconds", "problem"} <= set(told["not_live"][0])
    assert told["feeds"].get("silent", 0) > 0


async def test_health_is_red_when_nothing_moves(city):
    city.house.live.last_tick = time.monotonic() - 21

    assert (await city.get("/health"))[0] == 503


async def test_metrics_are_read_by_prometheus(city):
    async with city.listening("/live/wall") as events:
        await events.next("tick")
        await city.house.live.tick()
        _, headers, body = await city.get("/metrics")

    lines = dict(
        line.rsplit(" ", 1) for line in body.decode().splitlines() if not line.startswith("#")
    )
    assert headers["Content-Type"].startswith("text/plain")
    assert float(lines['city_viewers{page="wall"}']) == 1
    assert float(lines["city_ticks_total"]) == 1
    assert float(lines["city_sent_bytes_total"]) > 1000
    assert float(lines['city_feed_state{feed="air_quality",state="live"}']) == 1


async def until(true):
    """Wait for it, as long as it takes."""
    while not true():
        await asyncio.sleep(0.01)
