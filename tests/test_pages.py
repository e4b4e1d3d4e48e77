"""Every page, in every language, at every station, whatever its name."""

import logging
import re

import pytest

from apps._page import Page, Shown, pages
from apps.cards import Card, cards
from data import derive, languages

VARIANTS = [
    (name, language, station)
    for name in dir(pages)
    for language in languages()
    for station in (pages[name].stations or [""])
]
every_variant = pytest.mark.parametrize(("name", "language", "station"), VARIANTS)


@every_variant
def test_is_a_whole_page_before_any_frame_and_with_frames(name, language, station, request):
    before = Shown(name, language, station).html()
    request.getfixturevalue("full")
    after = Shown(name, language, station).html()

    for html in (before, after):
        assert html.lstrip().lower().startswith("<!doctype html>") and "</html>" in html
        assert f'lang="{language}"' in html
        assert len(re.findall(r"<h1[ >]", html)) == 1
        assert not re.search(r"<script(?![^>]*(src=|application/json))", html)
    assert before != after


@every_variant
def test_ids_stand_once(name, language, station, full):
    ids = re.findall(r'\sid="([^"]+)"', Shown(name, language, station).html())

    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})


@pytest.mark.parametrize(
    ("name", "language", "station"), [("cellar", "ko", ""), ("wall", "xx", ""), ("wall", "ko", "x")]
)
def test_what_is_not_on_the_list_is_not_a_page(name, language, station):
    with pytest.raises(KeyError):
        Shown(name, language, station)


async def test_what_is_published_days_late_is_not_called_now(full):
    """Without the live signal the figures are the portal's, five days old."""
    full.population_signal.frame = None
    for name in ("population_now", "city_people"):
        await derive(full[name], {feed.name: feed for feed in full})

    hero = Shown("wall", "ko").fragments()["population_now"]
    live = Shown("wall", "en").fragments()["population_now"]

    assert "일 전" in hero and "실시간" not in hero
    assert "d ago" in live and "now" not in live.partition("</h2>")[0]


def test_only_what_changed_is_taken(full):
    shown = Shown("mobile")
    shown.take()

    assert shown.take() == {}


def test_a_card_that_fails_keeps_its_last_fragment(full, monkeypatch, caplog):
    shown = Shown("wall")
    fragments = shown.fragments()
    monkeypatch.setattr(Card, "html", lambda self: 1 / 0)

    with caplog.at_level(logging.ERROR):
        again = {n: shown._render(n, c) for n, c in shown._cards.items()}

    assert again == fragments
    assert "could not be drawn" in caplog.text


def test_every_card_is_on_a_page_or_named_by_a_template(full):
    placed = set()
    for name, language, station in VARIANTS:
        placed |= set(Shown(name, language, station).fragments())

    assert set(dir(cards)) <= placed


def test_every_page_says_where_it_is():
    urls = [page.url for page in pages]

    assert len(urls) == len(set(urls))
    assert all(issubclass(page, Page) and page.url.startswith("/") for page in pages)
