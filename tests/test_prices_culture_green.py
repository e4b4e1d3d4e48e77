"""Prices, culture, parks and paths: what the portals write becomes what is true, in both shapes."""

import json
from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from data import ZONE, Refused, Unreachable, feeds
from data.pedestrian_streets import by_hours
from data.sim._market import Market
from data.sim._service import Request
from data.sim._world import World
from data.sim.heritage import SmartMapThemes
from data.sim.park_info import ParkGuide
from data.sim.prices import NecessariesPrices
from data.sim.reservations import ReservationSport


@pytest.fixture(scope="module")
def world():
    return World(1)


def asked(service, when="2022-08-08T20:10", args="/", page="1/1000", **query):
    """The body of a practice service at that moment."""
    start, end = page.split("/")
    parts = {"key": "practice", "type": "json", "start": start, "end": end, "args": args}
    return service.answer(Request(parts, query, datetime.fromisoformat(when + "+09:00"))).body


def changed(body, **values):
    """The body with those values in every row."""
    told = json.loads(body)
    [inside] = told.values()
    inside["row"] = [row | values for row in inside["row"]]
    return json.dumps(told).encode()


def test_prices_before_and_since_2026_are_the_same_prices(world, monkeypatch):
    url = feeds.prices.url
    new = feeds.prices.read([(url, asked(NecessariesPrices(world)))])
    monkeypatch.setenv("SIM_OLD_NAMES", "1")
    old = feeds.prices.read([(url, asked(NecessariesPrices(world)))])

    pd.testing.assert_frame_equal(old, new)
    assert {"사과(부사)", "상추"} <= set(old["item"]) and "300g" in set(old["unit"])


def test_only_the_last_two_survey_days_are_kept_and_what_was_not_sold_is_unknown(world):
    service, url = NecessariesPrices(world), feeds.prices.url
    pages = [(url, asked(service, page=p)) for p in ("1/1000", "1001/2000")]
    frame = feeds.prices.read(pages)
    zeros = json.dumps(json.loads(pages[0][1])).count('"A_PRICE": "0"')

    assert frame["observed_at"].nunique() == 2 and frame["observed_at"].is_monotonic_decreasing
    assert zeros and frame["price"].isna().sum() >= zeros and not frame["price"].eq(0).any()
    assert feeds.prices.next(pages[0][1], url).endswith("/1001/2000/")
    assert feeds.prices.next(pages[1][1], url) is None, "a third day is there"


def test_cabbage_is_cheap_at_harvest_and_fresh_food_dear_in_a_large_store(world):
    def won(when, item, kind="전통시장"):
        told = world.part(Market).told(datetime.fromisoformat(when).replace(tzinfo=ZONE))
        return np.mean([p.won for p in told if p.item.name == item and p.kind == kind and p.won])

    assert won("2022-11-20", "배추") < 0.8 * won("2022-06-01", "배추")
    assert won("2022-08-08", "사과") < won("2022-08-08", "사과", "대형마트")
    assert won("2022-08-08", "두부") > won("2022-08-08", "두부", "대형마트")


def test_the_long_text_and_the_telephone_of_a_reservation_are_never_kept(world):
    body = changed(asked(ReservationSport(world)), DTLCONT="SECRET", TELNO="02-000-0000")
    frame = feeds.reservations.read([(feeds.reservations.urls(None)[2], body)])
    text = frame.to_csv()

    assert len(frame) == 240 and "SECRET" not in text and "000-0000" not in text
    assert set(frame["status"]) <= {"안내중", "접수중", "예약마감", "접수종료"}
    over = frame["books_until"] < datetime(2022, 8, 8, tzinfo=ZONE)
    assert frame["status"][over].eq("접수종료").all()


def test_an_event_is_asked_by_date_and_lies_where_it_takes_place(full):
    urls = [url.rsplit("/", 1)[1] for url in feeds.culture_events.urls(datetime(2022, 12, 31))]
    frame = full.culture_events.frame

    assert urls == ["2022-12-31", "2022-12", "2023-01"]
    assert (
        frame["lon"].between(126.7, 127.3).all() and (frame["ends_at"] > frame["starts_at"]).all()
    )


def test_heritage_is_read_page_by_page_without_entities(world):
    service, url = SmartMapThemes(world), feeds.heritage.url
    body = asked(service, page_size="15", page_no="1", theme_id="100032")
    last = asked(service, page_size="15", page_no="3", theme_id="100032")
    frame = feeds.heritage.read([(url, body), (url.replace("no=1", "no=3"), last)])

    assert "page_no=2&" in feeds.heritage.next(body, url)
    assert feeds.heritage.next(last, url.replace("no=1", "no=3")) is None
    assert len(frame) == 25 and not frame["name"].str.contains("&").any()
    for code, problem in (("401", Refused), ("500", Unreachable)):
        with pytest.raises(problem):
            feeds.heritage.read([(url, json.dumps({"header": {"resultCode": code}}).encode())])


def test_parks_before_and_since_2026_are_the_same_parks(world, monkeypatch):
    new = feeds.park_info.read([(feeds.park_info.url, asked(ParkGuide(world)))])
    monkeypatch.setenv("SIM_OLD_NAMES", "1")
    old = feeds.park_info.read([(feeds.park_info.url, asked(ParkGuide(world)))])

    pd.testing.assert_frame_equal(old, new)
    assert new.set_index("name").loc["남산공원", "area"] == 2_896_887


@pytest.mark.parametrize(
    ("told", "minutes"), [("30분", 30), ("1시간 20분", 80), ("2시간", 120), ("약 3시간", 180)]
)
def test_a_walk_takes_hours_and_minutes(told, minutes, reply):
    [(url, body)] = reply("trails")
    frame = feeds.trails.read([(url, changed(body, LEAD_TIME=told, DISTANCE="800m"))])

    assert frame["minutes"].eq(minutes).all() and frame["length"].eq(0.8).all()
    assert frame["mark"].eq("assumed").all(), "nobody knows the system of X and Y for sure"


@pytest.mark.parametrize(
    ("times", "when", "state"),
    [
        ("7 10:00-19:00 4-10", "2022-08-07 10:00", "walkers"),
        ("7 10:00-19:00 4-10", "2022-11-06 12:00", "cars"),
        ("5 14:00-24:00;6 00:00-24:00;7 00:00-22:00", "2022-08-05 23:59", "walkers"),
        ("5 14:00-24:00;6 00:00-24:00;7 00:00-22:00", "2022-08-07 22:00", "cars"),
        ("", "2022-08-07 12:00", ""),
    ],
)
def test_a_street_belongs_to_walkers_in_its_hours(times, when, state):
    assert by_hours(times, datetime.fromisoformat(when)) == state


def test_a_street_belongs_to_walkers_while_an_announcement_holds_whatever_its_hours(full):
    [(_, accident)] = full.incidents.frame.head(1).iterrows()

    def streets(since, until):
        here = {"text": "연세로 차 없는 거리", "lon": 126.93689, "lat": 37.55759}
        times = {"started_at": pd.Timestamp(since), "expected_end": pd.Timestamp(until)}
        told = pd.DataFrame([accident.to_dict() | here | times])
        hours = full.pedestrian_street_hours.frame
        frames = {"incidents": told, "pedestrian_street_hours": hours}
        return feeds.pedestrian_streets.worked_out(frames).set_index("street_id")

    now = streets("2022-08-08T14:00+09:00", "2022-08-08T22:00+09:00")
    assert now.loc["W04", ["state", "because"]].tolist() == ["walkers", "announcement"]
    assert now.loc["W06", ["state", "because"]].tolist() == ["", ""]
    assert now["because"].eq("announcement").sum() == 1
    for since, until in (
        ("2022-08-12T14:00", "2022-08-14T22:00"),
        ("2022-08-05T14:00", "2022-08-07T22:00"),
    ):
        other = streets(f"{since}+09:00", f"{until}+09:00")
        assert other.loc["W04", ["state", "because"]].tolist() == ["cars", "hours"]
