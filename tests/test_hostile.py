"""Every misbehaviour of tests/hostile.py, alone and against every feed (SAFETY rows 1 to 24)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import psutil
import pytest

import data._fetch
from data import FeedError, Refused, Unreachable, Unreadable, clock, duration, feeds
from data._age import period
from data._envelope import seoul
from data._fetch import fetch
from data._portals import PORTALS
from tests.hostile import BEHAVIOURS, MB, hostile

URL = "{seoul}/{seoul_key}/json/RealtimeCityAir/1/25/"
MEANS = {
    Refused: """
        captcha wrong_key_in_xml repeats_the_key unauthorized forbidden too_many
        redirect_inside redirect_metadata redirect_file redirect_loop
    """,
    Unreachable: """
        html gateway broken_server error_500 half_a_gzip never drip_headers drip_body
        endless_headers endless_header short_body long_body bad_length two_lengths bad_chunk
        close_at_once close_mid_body garbage tls not_http
    """,
    Unreadable: """
        empty blank no_content cp949 half_a_json half_an_xml nul zip_file
        deep_json unclosed_json deep_objects many_objects twice_a_key
        long_integer not_a_number infinite
        deep_xml many_elements billion_laughs quadratic outside_entity outside_dtd
        double_gzip gzip_in_gzip gzip_unsaid gzip_that_is_none two_gzips brotli gzip_bomb
        endless_body endless_chunks endless_nothing says_it_is_huge
    """,
}
EXPECTED = {name: kind for kind, names in MEANS.items() for name in names.split()}
ASKS = [n for n in dir(feeds) if not feeds[n].needs and feeds[n].portal]
SLOW = {"never", "drip_headers", "drip_body"}  # until the deadline


@pytest.fixture
def soon(monkeypatch):
    """No answer takes longer than this."""
    monkeypatch.setattr(data._fetch, "DEADLINE", 0.3)


async def told(monkeypatch, behaviour):
    """What one question to that server comes to; the server, too."""
    async with hostile(behaviour) as city:
        monkeypatch.setenv("PRACTICE_CITY", city.address)
        body = await fetch(URL, deadline=0.3 if behaviour in SLOW else 5.0)
        return await asyncio.to_thread(seoul, body)


def test_every_misbehaviour_has_its_meaning():
    assert set(BEHAVIOURS) - {"good"} == set(EXPECTED)
    assert len(EXPECTED) >= 24


@pytest.mark.parametrize("behaviour", EXPECTED)
async def test_is_an_error_of_the_right_kind_and_costs_little(behaviour, monkeypatch):
    before = psutil.Process().memory_info().rss
    with pytest.raises(FeedError) as problem:
        await told(monkeypatch, behaviour)

    assert type(problem.value) is EXPECTED[behaviour]
    assert "127.0.0.1" not in str(problem.value) and "://" not in str(problem.value)
    assert psutil.Process().memory_info().rss - before < 60 * MB


async def test_the_same_server_can_be_read_when_it_behaves(monkeypatch):
    assert (await told(monkeypatch, "good")).to_dict("records") == [{"a": 1}]


async def test_a_redirect_is_not_followed(monkeypatch):
    async with hostile("redirect_inside") as city:
        monkeypatch.setenv("PRACTICE_CITY", city.address)
        with pytest.raises(Refused):
            await fetch(URL)

        assert len(city.asked) == 1


async def test_a_wait_asked_for_is_an_hour_at_most(monkeypatch):
    with pytest.raises(Refused) as problem:
        await told(monkeypatch, "too_many")

    assert problem.value.wait == 3600


@pytest.mark.parametrize("behaviour", EXPECTED)
async def test_every_feed_keeps_its_last_good_frame_and_its_age(
    behaviour, full, soon, monkeypatch, caplog
):
    held = {name: feeds[name].frame for name in ASKS}
    async with hostile(behaviour) as city:
        monkeypatch.setenv("PRACTICE_CITY", city.address)
        await asyncio.gather(*(feeds[name].refresh() for name in ASKS))

    for name in ASKS:
        feed = feeds[name]
        assert feed.frame is held[name], name
        assert isinstance(feed.problem, FeedError), name
        assert feed.about().problem and city.address[7:] not in feed.about().problem
        assert_never_live_past_its_age(feed)
    assert len(caplog.records) == len(ASKS), "said once"


def assert_never_live_past_its_age(feed):
    every, lag = feed.pace
    live_for = duration(lag) + 2 * period(every)
    silent_after = duration(lag) + 10 * period(every)
    for age, state in (
        (live_for, "live"),
        (live_for + timedelta(seconds=1), "late"),
        (silent_after + timedelta(seconds=1), "silent"),
    ):
        clock.set(feed.observed_at + age, 0)
        assert feed.about().state == state, feed.name
    clock.set(feed.fetched_at, 0)


async def test_a_problem_that_is_kept_holds_nothing_of_the_answer(full, monkeypatch):
    async with hostile() as city:
        monkeypatch.setenv("PRACTICE_CITY", city.address)
        for city.behaviour in ("half_a_json", "endless_body", "close_at_once"):
            await feeds.air_quality.refresh()
            problem = feeds.air_quality.problem

            assert problem and problem.__traceback__ is None
            assert problem.__context__ is None and problem.__cause__ is None


async def test_the_others_are_as_fresh_as_before(full, soon, monkeypatch):
    async with hostile("never") as city:
        monkeypatch.setenv("PRACTICE_CITY", city.address)
        before = {n: (feeds[n].state(), feeds[n].observed_at) for n in dir(feeds)}
        await feeds.air_quality.refresh()

    assert feeds.air_quality.problem is not None
    assert before == {n: (feeds[n].state(), feeds[n].observed_at) for n in dir(feeds)}


async def test_no_key_is_said_kept_or_logged(full, soon, monkeypatch, caplog):
    caplog.set_level("DEBUG")
    key = "5e4f6b7a89/secret+key=="
    async with hostile() as city:
        monkeypatch.setenv("PRACTICE_CITY", city.address)  # on this machine, and yet with a key
        monkeypatch.setenv("SEOUL_OPENAPI_KEY", key)
        monkeypatch.setenv("SEOUL_OPENAPI_DAILY", "unlimited")
        monkeypatch.setitem(PORTALS, "seoul", replace(PORTALS["seoul"], origin=city.address))
        for city.behaviour in ("repeats_the_key", "never", "garbage", "close_at_once"):
            await asyncio.gather(*(feeds[name].refresh() for name in ASKS))
            for name in ASKS:
                assert_silent_about(key, city, feeds[name].about().problem)

        assert any("5e4f6b7a89%2Fsecret%2Bkey" in asked for asked in city.asked)
        assert_silent_about(key, city, caplog.text)


def assert_silent_about(key, city, said):
    for secret in (key, quote(key), quote(key, safe=""), city.address[7:]):
        assert secret not in said
