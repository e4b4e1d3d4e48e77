"""What is near: found in the browser, from a place that never leaves it."""

import re

import pytest

from tests.house import standing
from tests.serving import until

SHOWN = ".island[data-shown]"
HONGDAE = {"latitude": 37.55681, "longitude": 126.92372, "accuracy": 32}
BUSAN = {"latitude": 35.17967, "longitude": 129.07562, "accuracy": 20}
SHELTER, TOILET, BIKE, PARK, HOSPITAL = range(5)
KINDS = ".near .kinds button"
LINES = ".near ol button"
KEPT = (
    "JSON.stringify([sessionStorage, localStorage, history.state, location.href, document.cookie])"
)
PLACE = re.compile(r"37\.55|126\.92|35\.17|129\.07|14129\d{3}|4516\d{3}")  # degrees, metres
RANGE = re.compile(r'"attr":"(start|end)"')  # of a map: where its viewer looks


WANTED = """const real = navigator.geolocation.getCurrentPosition;
  window.wanted = 0;
  navigator.geolocation.getCurrentPosition = function (...all) {
    window.wanted += 1; return real.apply(navigator.geolocation, all); };"""


def recorded(page):
    """What it sends, and how often it wants to know the place."""
    page.sent = []
    page.on("websocket", lambda one: one.on("framesent", lambda sent: page.sent.append(f"{sent}")))
    page.add_init_script(WANTED)


@pytest.fixture
def at(map_page):
    """Opens what is near, on the citizens' page at its map, somewhere."""

    def look(place=None, allowed=True, **how):
        allows = ["geolocation"] if allowed and place else []
        page = map_page(first=recorded, geolocation=place, permissions=allows, **how)
        page.locator("[data-near]").click()
        page.wait_for_selector(KINDS)
        return page

    return look


def said(page):
    """What the status says once it has an answer."""
    status = "document.querySelector('.near .said').textContent"
    until(page, f"{status} !== '' && !{status}.includes('찾고 있')")
    return page.locator(".near .said").inner_text()


async def test_the_citizens_page_alone_may_ask_for_the_place(full):
    async with standing() as city:
        policies = {
            path: (await city.get(path))[1]["Permissions-Policy"]
            for path in ("/", "/wall", "/kiosk", "/status", "/places.json", "/nowhere")
        }

    assert "geolocation=(self)" in policies.pop("/")
    assert all("geolocation=()" in policy for policy in policies.values())
    assert all("camera=()" in policy for policy in policies.values())


def test_five_are_told_nearest_first_with_distance_direction_and_an_estimate(at):
    page = at(HONGDAE)
    assert page.evaluate("wanted") == 0, "only once a kind is chosen"
    assert page.locator(KINDS).all_inner_texts() == [
        "대피소", "공중화장실", "따릉이 대여소", "공원", "응급실",
    ]  # fmt: skip

    page.locator(KINDS).nth(TOILET).click()

    assert "위치 오차 30 m" in said(page)
    lines = page.locator(LINES).all_inner_texts()
    assert len(lines) == 5 and page.evaluate("wanted") == 1
    far = [re.search(r"([\d.]+) (k?m)\b", line).groups() for line in lines]
    metres = [float(n) * (1000 if unit == "km" else 1) for n, unit in far]
    assert metres == sorted(metres) and metres[0] < 3000
    for line, away in zip(lines, metres, strict=True):
        minutes = int(re.search(r"걸어서 (\d+)분", line)[1])
        assert minutes == pytest.approx(away * 4 / 3 / 67, abs=1.5)
        assert re.search("(북동|남동|남서|북서|[동서남북])$", line.strip())
    assert "추정" in page.locator(".near > .q").inner_text()
    assert page.locator(".island .here-at").is_visible(), "one's own place is marked"
    page.keyboard.press("Escape")
    assert not page.locator(".here-at").count(), "as long as the panel is open"


def test_bikes_say_how_many_are_left_and_how_old_that_is(at):
    page = at(HONGDAE, lang="en")

    page.locator(KINDS).nth(BIKE).click()
    until(page, f"document.querySelectorAll('{LINES}').length === 5")

    lines = page.locator(LINES).all_inner_texts()
    assert all(re.search(r"\d+ bikes? / (\d+|–) racks?, \d+ (min|h) (ago|late)", one) or "–" in one
               for one in lines)  # fmt: skip


def test_one_is_chosen_and_the_place_is_in_no_request_no_address_and_no_store(at):
    page = at(HONGDAE)
    before = page.evaluate("location.href")
    page.locator(KINDS).nth(PARK).click()
    until(page, f"document.querySelectorAll('{LINES}').length === 5")
    name = page.locator(f"{LINES} b").first.inner_text()

    page.locator(LINES).first.click()
    page.wait_for_selector(".found-at")
    page.wait_for_timeout(1500)

    assert page.locator(".found-at").inner_text() == name
    assert not page.locator(".near").is_visible()
    assert page.evaluate("location.href") == before
    assert not PLACE.search(page.evaluate(KEPT))
    assert not [one for one in (*page.asked, *page.sent) if PLACE.search(one)]
    assert not [one for one in page.sent if RANGE.search(one)]


def test_who_refuses_is_told_so_and_may_take_the_middle_of_the_map(at):
    page = at(HONGDAE, allowed=False, more="&map=37.5172,127.0473,8")
    page.locator(KINDS).nth(SHELTER).click()
    assert said(page) == "위치 사용이 허용되지 않았습니다."
    assert page.locator(LINES).count() == 0

    page.locator(".near .from button").click()

    until(page, f"document.querySelectorAll('{LINES}').length === 5")
    assert said(page) == "지도 가운데에서 가까운 순"
    assert page.locator(".near .from button").inner_text() == "여기에서"


def test_who_is_outside_seoul_is_told_so(at):
    page = at(BUSAN, lang="en")

    page.locator(KINDS).nth(HOSPITAL).click()
    until(page, "document.querySelector('.near .said').textContent.includes('outside Seoul')")

    assert page.locator(LINES).count() == 0
    assert page.locator(".near .from button").inner_text() == "From the middle of the map"
    assert not [one for one in (*page.asked, *page.sent) if PLACE.search(one)]


def test_escape_closes_it_and_gives_the_focus_back(at):
    page = at(HONGDAE)
    assert page.evaluate("document.activeElement.textContent") == "대피소"

    page.keyboard.press("Escape")

    assert not page.locator(".near").is_visible()
    assert page.locator("[data-near]").get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.dataset.near") == ""


@pytest.mark.parametrize("width", [320, 390])
def test_it_fits_a_phone_with_targets_for_a_finger(at, width):
    page = at(HONGDAE, width=width, height=800)
    page.locator(KINDS).nth(SHELTER).click()
    until(page, f"document.querySelectorAll('{LINES}').length === 5")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".near").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    for one in page.locator(".near button").all():
        assert min(one.bounding_box()["width"], one.bounding_box()["height"]) >= 43.5
