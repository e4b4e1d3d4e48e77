"""What people say: nothing personal is kept, nothing hostile is opened, and it fits the city."""

import io
import re
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from data import Unreadable, _terminal, feeds
from data.__main__ import whom
from data._nouns import nouns
from data.sim._voice import Calls, Voice
from data.sim._world import World

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">'.encode()
        for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    + b"]><rss><channel><item><title>&h;</title></item></channel></rss>"
)
ITEM = (
    "<rss><channel><item><title>{}</title><link>{}</link>"
    "<pubDate>Mon, 08 Aug 2022 20:00:00 +0900</pubDate></item></channel></rss>"
)


def read(name, body):
    return feeds[name].read([(feeds[name].url, body)])


@pytest.fixture(scope="module")
def world():
    return World(1)


def test_a_dtd_is_refused_before_the_news_are_read():
    with pytest.raises(Unreadable, match="DTD"):
        read("news", LAUGHS)


def test_a_headline_escaped_twice_is_plain():
    told = ITEM.format("E&amp;amp;S &amp;lt;b&amp;gt;굵게", "https://www.yna.co.kr/view/A1")

    assert read("news", told.encode())["title"].tolist() == ["E&S 굵게"]


@pytest.mark.parametrize(
    "address",
    ["http://www.yna.co.kr/view/1", "https://evil.example/view/1", "javascript:alert(1)", ""],
)
def test_a_headline_that_leads_elsewhere_is_not_kept(address):
    with pytest.raises(Unreadable):
        read("news", ITEM.format("제목", address).encode())


def test_no_word_of_a_complaint_comes_in():
    told = "note,date,category,district,status\n"
    told += "".join("제 번호는 010-1234-5678,2022-08-08,소음,종로구,접수\n" for _ in range(9))
    told += "x,2022-08-08,전화 010-1234-5678 주세요,종로구,접수\n"
    frame = read("complaints", told.encode())

    assert len(frame) == 9 and list(frame) == list(feeds.complaints.columns)
    assert "1234" not in frame.to_csv() and "번호" not in frame.to_csv()


def test_no_word_of_a_suggestion_but_its_title_comes_in(reply):
    [(url, body)] = reply("petitions")
    frame = read("petitions", body.replace("버스".encode(), b"010-1234-5678"))

    assert "지어낸" in body.decode() and "지어낸" not in frame.to_csv()
    assert "1234" not in frame.to_csv() and "○" in frame.to_csv()


def test_under_five_calls_stay_untold(reply):
    frame = read("calls_120", reply("calls_120")[0][1])

    assert frame.loc[frame["few"], "answered"].isna().all() and frame["few"].any()
    assert frame["calls"].min() >= 5 and not frame["few"].all()


def test_rain_makes_headlines_and_calls(world):
    wet, dry = (pd.Timestamp(f"2022-{d}T20:10+09:00").to_pydatetime() for d in ("08-08", "09-21"))
    voice, calls = world.part(Voice), world.part(Calls)

    def rainy(t):
        return sum(h.subject == "rain" for h in voice.headlines(t, 40))

    def floods(t):
        return sum(n for _, topic, n, *_ in calls.hour(t) if topic == "침수·하수")

    assert rainy(wet) > rainy(dry) + 10
    assert floods(wet) > 5 * floods(dry)
    assert all(answered <= n for _, _, n, answered, _ in calls.hour(wet))


def test_a_place_and_a_term_are_one_word_and_stop_words_none():
    [words] = nouns(["서울시 따릉이, 대치동 집중호우로 대여 중단"])

    assert {"따릉이", "집중호우"} <= words and "서울시" not in words


def test_what_rises_stands_first(full):
    now, rows = full.news.frame["observed_at"].max(), []
    for hours, title in [(1, "도로 침수")] * 4 + [(h, "도로 공원") for h in (1, 8, 14, 20)]:
        rows.append(("x", title, now - timedelta(hours=hours)))
    news = pd.DataFrame(rows, columns=["link", "title", "observed_at"])
    frame = feeds.keywords.worked_out({"news": news, "city_news": None, "petitions": None})

    assert frame["word"].tolist() == ["침수", "도로"] and frame["count"].tolist() == [4, 5]
    assert frame["rise"].is_monotonic_decreasing
    young = feeds.keywords.worked_out({"news": news[:5], "city_news": None, "petitions": None})
    assert np.isnan(young["usual"]).all(), "what was before is not known"


def test_the_terminal_shows_every_feed_and_takes_no_markup(full, still):
    full.news.problem = Unreadable("[red]no RSS[/red]")
    console = Console(file=io.StringIO(), record=True, width=240)
    console.print(_terminal.screen(list(feeds), whom, still))
    told = console.export_text()

    assert "[red]no RSS[/red]" in told and "●" in told and "practice" in told
    assert all(re.search(rf"\b{name}\b", told) for name in dir(feeds))


def test_an_age_is_in_words(still):
    assert _terminal.age(still - timedelta(minutes=3), still) == "3 minutes ago"
    assert _terminal.age(still - timedelta(days=1, hours=2), still) == "1 day ago"
    assert _terminal.age(None, still) == "–"
