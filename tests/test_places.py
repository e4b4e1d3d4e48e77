"""Places: all of them in one answer, found in the browser, and a link that shows the same view."""

import json
import re

import pytest

from data import BOUNDS, feeds
from tests.serving import until

SHOWN = ".island[data-shown]"
FIELD = "[data-find] input"
RANGES = """() => { const figure = document.querySelector(".island").embedded.figure;
  return [figure.x_range.start, figure.x_range.end, figure.y_range.start, figure.y_range.end]; }"""
FAR = """() => { // px from the ring to the middle of the map, of what its padding leaves
  const island = document.querySelector(".island"), map = island.getBoundingClientRect();
  const ring = document.querySelector(".found-at").getBoundingClientRect();
  const { paddingTop: top, paddingBottom: bottom } = getComputedStyle(island);
  const middle = map.y + (parseFloat(top) + map.height - parseFloat(bottom)) / 2;
  return Math.hypot(ring.x + ring.width / 2 - map.x - map.width / 2,
                    ring.y - 20 - middle); }"""  # its name hangs 20 px below it


async def told(city, language):
    path = f"/places.json?lang={language}"
    status, headers, body = await city.get(path, **{"Accept-Encoding": "identity"})
    assert (status, headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    return json.loads(body)


async def test_places_have_names_kinds_and_a_place_on_the_map(city):
    all_ = await told(city, "en")
    west, south, east, north = BOUNDS
    kinds = [kind for kind, *_ in all_["kinds"]]

    assert len(all_["places"]) > 500 and len(all_["districts"]) == 25
    for ko, en, kind, lon, lat, district in all_["places"]:
        assert ko and isinstance(en, str) and 0 <= kind < len(kinds) and -1 <= district < 25
        assert west <= lon <= east and south <= lat <= north
        assert (round(lon, 4), round(lat, 4)) == (lon, lat)
    dongs = [one for one in all_["places"] if kinds[one[2]] == "dongs"]
    assert len(dongs) == len(feeds.dongs.frame)
    assert sum(one[0] == "홍대입구" for one in all_["places"]) == 1


async def test_kinds_and_districts_are_in_the_language_that_was_asked_for(city):
    assert ["11110", "종로구"] in (await told(city, "ko"))["districts"]
    assert ["11110", "Jongno-gu"] in (await told(city, "en"))["districts"]
    assert not re.search("[가-힣]", str((await told(city, "en"))["kinds"]))


async def test_they_are_made_once_and_who_has_them_is_told_so(city):
    first = await city.get("/places.json")
    mark = first[1]["Etag"]

    again, _, body = await city.get("/places.json", **{"If-None-Match": mark})

    assert (again, body) == (304, b"")
    assert city.house.past.once.made == 1


async def test_a_feed_that_has_not_answered_leaves_its_places_out(city):
    feeds.parks.frame = None

    all_ = await told(city, "ko")

    parks = [kind for kind, *_ in all_["kinds"]].index("parks")
    assert not any(one[2] == parks for one in all_["places"]) and all_["places"]


@pytest.fixture
def at(map_page):
    """Opens the citizens' page at its map, once places can be found on it."""

    def look(more="", **how):
        page = map_page(more, **how)
        page.wait_for_selector(FIELD)
        return page

    return look


def found(page, text):
    """The names that are offered for that text."""
    page.locator(FIELD).fill("")
    page.locator(FIELD).fill(text)
    until(page, "document.querySelector('.find .told').textContent !== ''")
    return page.locator("#found b").all_inner_texts()


def test_a_place_is_found_by_parts_initials_and_in_english(at):
    page = at()

    assert "홍대입구" in found(page, "ㅎㄷㅇㄱ")
    assert "홍대입구" in found(page, "홍대 입구역")
    assert "홍대입구" in found(page, "HONG IK station")
    assert found(page, "종로구")[0] == "종로구"
    assert any(name.startswith("역삼") for name in found(page, "역삼동"))
    assert 1 < len(found(page, "공원")) <= 12
    assert found(page, "없는곳없는곳") == []
    assert page.locator(".find .told").inner_text() == "찾은 곳이 없습니다"


def test_enter_puts_it_in_the_middle_of_the_map_and_says_its_name(at):
    page = at(lang="en")
    found(page, "hong ik station")
    name = page.locator("#found [aria-selected=true] b").inner_text()

    page.keyboard.press("Enter")
    page.wait_for_selector(".found-at")
    until(page, f"({FAR})() < 3")

    assert float(page.locator(".island").get_attribute("data-times")) == 9
    assert name in page.locator(".find .told").inner_text()
    assert page.locator(".found-at").inner_text() == name
    assert not page.locator("#found").is_visible()


def test_the_arrow_keys_choose_and_escape_closes(at):
    page = at()
    found(page, "공원")
    field = page.locator(FIELD)
    first = field.get_attribute("aria-activedescendant")

    page.keyboard.press("ArrowDown")

    assert field.get_attribute("aria-activedescendant") != first
    assert page.locator("#found [aria-selected=true]").count() == 1
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "공원"


def test_places_are_asked_for_when_search_is_first_used_and_never_by_name(at):
    page = at()
    assert not [url for url in page.asked if "/places.json" in url]

    found(page, "서울숲")
    page.keyboard.press("Enter")
    page.wait_for_selector(".found-at")
    found(page, "시청")

    assert len([url for url in page.asked if "/places.json" in url]) == 1
    assert not [url for url in page.asked if re.search(r"(12[67]|37)\.\d{2}|%EC|서울숲", url)]


def test_a_link_shows_exactly_the_view_that_was_sent(at):
    page = at()
    found(page, "여의도")
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('.found-at') && ({FAR})() < 3")
    page.locator("[data-zoom=in]").click()
    page.locator("[data-zoom=in]").press("ArrowLeft")
    until(page, "location.search.includes('map=') && location.search.includes('place=')")
    page.wait_for_timeout(400)
    sent, seen = page.evaluate("location.search"), page.evaluate(RANGES)

    other = at(sent.replace("?lang=ko", ""))
    other.wait_for_selector(".found-at", state="attached")

    shown = other.evaluate(RANGES)
    pixel = (seen[1] - seen[0]) / page.locator(".island").bounding_box()["width"]
    assert all(abs(a - b) < 2 * pixel for a, b in zip(seen, shown, strict=True))


def test_a_link_to_a_place_alone_opens_it(at):
    page = at("&place=stations:서울숲")
    page.wait_for_selector(".found-at")

    until(page, f"({FAR})() < 3")
    assert page.locator(FIELD).input_value() == "서울숲"


@pytest.mark.parametrize("map_", ["x", "1,2", "91,181,3", "37.5,127,NaN", "37.5,127,1e9"])
def test_a_map_in_the_address_that_cannot_be_is_the_whole_city_or_its_edge(at, map_):
    page = at(f"&map={map_}")

    assert 1 <= float(page.locator(".island").get_attribute("data-times")) <= 24
    assert all(abs(one) < 2e7 for one in page.evaluate(RANGES))


def test_the_link_is_copied_and_said(at):
    page = at(permissions=["clipboard-read", "clipboard-write"])

    page.locator("[data-share]").click()
    page.wait_for_selector(".find .told:not(:empty)")

    assert page.locator(".find .told").inner_text() == "링크를 복사했습니다"
    assert page.evaluate("navigator.clipboard.readText()") == page.url
