"""A place by its name: the list is the same for all, what is looked for stays in the browser."""

import json

import pytest

from apps._places import KINDS, listed
from data import BOUNDS, feeds
from tests.house import standing
from tests.serving import until

SHOWN = ".island[data-shown]"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_place_has_a_name_a_kind_and_a_place_in_the_city(language, full):
    told = json.loads(listed(language).plain)
    west, south, east, north = BOUNDS

    assert len(told["kinds"]) == len(KINDS) and len(told["places"]) > 800
    for name, other, kind, latitude, longitude, _ in told["places"]:
        assert name and name != other and told["kinds"][kind][0]
        assert south <= latitude <= north and west <= longitude <= east
    kinds = {place[2] for place in told["places"]}
    assert kinds == {n for n, kind in enumerate(KINDS) if len(feeds[kind].frame)}


def test_before_the_first_frame_there_is_no_place(still):
    assert json.loads(listed("ko").plain)["places"] == []


async def test_it_is_given_once_for_all_who_ask(full):
    async with standing() as city:
        status, headers, body = await city.get("/places.json?lang=ko")
        again = await city.get("/places.json?lang=ko", **{"If-None-Match": headers["Etag"]})
        wrong = await city.get("/places.json?lang=xx")

    assert status == 200 and len(body) > 1000
    assert again[0] == 304 and wrong[0] == 404


@pytest.fixture
def page(address, browser):
    """The citizens' page with its map."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{address}/?lang=ko")
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector(SHOWN)
    page.wait_for_selector("[data-search]:not([hidden])")
    yield page
    context.close()


@pytest.mark.parametrize("text", ["홍대", "ㅎㄷㅇㄱ", "hongik", "HONG IK station"])
def test_a_place_is_found_and_gone_to_by_the_keys(page, text):
    page.locator("#find").fill(text)
    page.wait_for_selector("#found [role=option]")
    names = page.locator("#found b").all_inner_texts()
    assert any(name.startswith("홍대입구") for name in names)
    page.keyboard.press("ArrowDown")
    while not page.locator("[aria-selected=true] b").inner_text().startswith("홍대입구"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    until(page, "document.querySelector('.island').dataset.times > 2")
    assert page.locator(".here").is_visible() and page.locator("#found").is_hidden()
    until(page, "location.search.includes('map=')")
    latitude, longitude, _ = page.url.split("map=")[1].split("&")[0].split(",")
    station = feeds_station("홍대입구")
    assert abs(float(latitude) - station[0]) < 0.01 and abs(float(longitude) - station[1]) < 0.01


def feeds_station(name):
    """(latitude, longitude) of a station, from our own table."""
    from tests.conftest import answers

    rows = feeds.stations.read(answers("stations"))
    return tuple(rows.loc[rows["name_ko"] == name, ["lat", "lon"]].mean())


def test_what_is_looked_for_is_never_sent(page):
    page.locator("#find").fill("남산")
    page.wait_for_selector("#found li")
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)

    assert page.asked, "the page asks for something"
    assert not [url for url in page.asked if "%EB%82%A8" in url or "남산" in url or "map=" in url]


def test_what_is_nowhere_is_said_to_be_and_escape_closes(page):
    page.locator("#find").fill("없는이름없는이름")
    page.wait_for_selector("#found li[aria-disabled]")
    assert page.locator("[data-search] [role=status]").inner_text() == "그런 이름의 장소가 없습니다"

    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()


def test_a_link_shows_the_same_view(page, browser):
    page.locator("button[data-zoom=in]").first.click()
    page.locator("button[data-layers*=bike_dots]").click()
    until(page, "location.search.includes('map=') && location.search.includes('layers=')")
    other = browser.new_page()
    other.goto(page.url)
    other.locator("#map").scroll_into_view_if_needed()
    other.wait_for_selector(SHOWN)

    for said in ("document.querySelector('.island').dataset.times", "document.body.dataset.layers"):
        assert other.evaluate(said) == page.evaluate(said)
    other.close()


@pytest.mark.parametrize("wrong", ["map=1,2,3", "map=a,b,c", "map=37.5,127,900", "layers=nothing"])
def test_a_link_to_nowhere_shows_the_whole_city(page, wrong):
    page.evaluate("sessionStorage.clear()")
    page.goto(page.url.split("?")[0] + f"?lang=ko&{wrong}")
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector(SHOWN)

    assert page.evaluate("document.querySelector('.island').dataset.times") == "1.00"
