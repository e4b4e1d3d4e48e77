"""The busy places: whose turn it is, what one answer tells several feeds, and that it agrees."""

import asyncio
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from data import Poller, Unreadable, feeds
from data._citydata import places

ROOT = Path(__file__).parent / "replies"
NAMES = [row["name_ko"] for row in places()]


def day(now, hours=24):
    """Whom a feed of its own asks in that time, every five minutes."""
    feed = type(feeds.hotspots)(name="hotspots")
    turns = [feed.urls(now + timedelta(minutes=5 * n)) for n in range(hours * 12)]
    return [unquote(url.rsplit("/", 1)[1]) for turn in turns for url in turn]


@pytest.fixture
def told(reply):
    """The recorded answers, read as JSON."""
    return [(url, json.loads(body)) for url, body in reply("hotspots")]


def read(name, answers):
    """What a feed makes of answers."""
    return feeds[name].read([(url, json.dumps(said).encode()) for url, said in answers])


def test_a_day_has_880_turns_and_weighty_places_have_more_of_them(still, monkeypatch):
    monkeypatch.setenv("SEOUL_CITYDATA_KEY", "k")
    turns = Counter(day(still))

    assert set(turns) == set(NAMES) and 860 <= turns.total() <= 880
    assert turns["명동 관광특구"] >= 1.7 * turns["응봉산"] >= 1.7 * 4


def test_the_practice_city_is_asked_at_the_same_pace_and_a_lifted_key_for_all(still, monkeypatch):
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    assert len(day(still, 2)) == pytest.approx(2 * 880 / 24, abs=4)

    monkeypatch.setenv("SEOUL_CITYDATA_KEY", "k")
    monkeypatch.setenv("SEOUL_CITYDATA_DAILY", "unlimited")
    assert sorted(type(feeds.hotspots)(name="hotspots").urls(still)) == sorted(
        feeds.hotspots.url.replace("{place}", quote(name, safe="")) for name in NAMES
    )


def test_no_place_is_forgotten_between_two_turns(still, monkeypatch):
    monkeypatch.setenv("SEOUL_CITYDATA_KEY", "k")
    turns = day(still, 48)
    last, longest = {}, 0
    for n, name in enumerate(turns):
        longest, last[name] = max(longest, n - last.get(name, n)), n

    assert longest * 86_400 / 880 < 6 * 3600, "rows are kept seven hours, people are 25 min late"


def test_a_block_that_is_empty_or_not_there_gives_no_rows(told):
    shared = [n for n in dir(feeds) if feeds[n].url == feeds.hotspots.url]
    for _, said in told:
        blocks = [name for name, block in said["CITYDATA"].items() if not isinstance(block, str)]
        for n, name in enumerate(blocks):
            if n % 2:
                said["CITYDATA"][name] = []
            else:
                del said["CITYDATA"][name]

    assert len(shared) >= 9 and not any(len(read(name, told)) for name in shared)


def test_a_field_that_was_renamed_is_said_aloud(told):
    for _, said in told:
        people = said["CITYDATA"]["LIVE_PPLTN_STTS"][0]
        people["PPLTN_MIN"] = people.pop("AREA_PPLTN_MIN")

    with pytest.raises(Unreadable, match="AREA_PPLTN_MIN"):
        read("hotspots", told)


def test_a_car_park_told_twice_is_one_with_its_fares_and_its_count(told):
    parks = [park for _, said in told for park in said["CITYDATA"]["PRK_STTS"]]
    twice = [code for code, n in Counter(park["PRK_CD"] for park in parks).items() if n == 2]
    frame = read("hotspot_parking", told).set_index("parking_id")

    assert twice and frame.index.is_unique
    assert frame.loc[twice, ["parked", "fee_minutes"]].notna().all(axis=None)
    assert frame.loc[~frame["counts"], "parked"].isna().all()


def test_what_is_to_come_lies_ahead_of_what_is_observed(full):
    frame = full.hotspot_forecast.frame

    assert (frame["forecast_at"] > frame["observed_at"]).all()
    assert frame.groupby("area_cd").size().eq(12).all()


async def test_one_answer_is_heard_by_all_who_share_it_and_asked_for_once(full, monkeypatch):
    asked = []

    async def fetch(url, *, feed=""):
        asked.append(feed)
        return reply

    monkeypatch.setattr("data._feed.fetch", fetch)
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    reply = (ROOT / "hotspots.1.json").read_bytes()
    city = [type(feeds[n])(name=n) for n in ("hotspots", "card_sales", "ev_chargers")]
    poller = Poller(city)
    await poller.start()
    while any(feed.frame is None for feed in city):
        await asyncio.sleep(0.01)
    await poller.stop()

    assert asked == ["hotspots"] and {set(f.frame["area_cd"]).pop() for f in city} == {"POI007"}
