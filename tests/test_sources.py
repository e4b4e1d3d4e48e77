"""Whose figures stand on a page: each publisher once, and all of it in sight."""

import pytest

from apps._page import Shown, pages
from apps.cards import cards
from apps.cards._attribution import cited
from data import feeds, languages
from tests.serving import until

PLACES = [(name, at) for name in dir(pages) for at in pages[name].stations or [""]]
SCREENS = {
    "/wall": (3840, 2160),
    "/": (390, 844),
    "/kiosk?station=hongdae": (2160, 3840),
    "/status": (320, 568),
}
HIDDEN = """() => [...document.querySelectorAll(".sources p:first-child, .sources span:not(.sep)")]
  .filter(part => part.offsetHeight).flatMap(part => {
    const { left, right, bottom } = part.getBoundingClientRect();
    const most = document.documentElement.clientWidth, foot = document.documentElement.scrollHeight;
    const cut = part.scrollWidth > part.clientWidth + 1 && part.matches("p");
    const far = left < 0 || right > most + 1 || bottom + scrollY > foot + 1;
    return cut || far ? [part.textContent] : [];
  })"""


def named(page, station="", language="en"):
    at = pages[page].stations.get(station, "")
    made = cards["sources"](follow=False, language=language, page=page, station=at)
    return made.facts()["sources"]


@pytest.mark.parametrize(("page", "station"), PLACES)
def test_a_page_cites_every_feed_that_its_cards_show(full, page, station):
    shown = {n for card in Shown(page, "en", station)._cards.values() for n in card._named.values()}
    here = {feed.name for feed in cited(page, bool(station))}

    assert shown <= here
    assert {part for n in here for part in feeds[n].source.split(", ")} == set(named(page, station))


def test_no_publisher_is_named_twice_nor_where_nothing_of_it_is_shown():
    for language in languages():
        wall = named("wall", language=language)
        assert len(set(wall)) == len(wall)
    assert "120 Dasan Call Foundation" in named("status")
    assert "120 Dasan Call Foundation" not in named("wall")
    assert "© OpenStreetMap contributors" in named("wall")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", SCREENS)
def test_every_source_is_in_sight(address, browser, path, language):
    width, height = SCREENS[path]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
    until(page, "document.querySelectorAll('.sources span').length")

    assert not page.evaluate(HIDDEN)
    page.close()
