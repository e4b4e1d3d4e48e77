"""The time machine in a browser: the ruler, the link, and the way back to now."""

import itertools
import re
import time
from datetime import datetime

import pytest

from apps._asked import STEP
from tests.serving import WAIT, until

SHOWN = ".island[data-shown]"
SLIDER = "[data-ruler] input"
COLOURS = """() => { // what the dongs on the map look like, and what their marks say
  const figure = Bokeh.documents[0].roots().find(root => root.x_range);
  const cells = figure.renderers.find(one => one.tags[0] === "crowd_cells").data_source;
  return JSON.stringify([cells.data.color ?? cells.data.fill_color, cells.data.tip]);
}"""
BOXES = """[...document.querySelectorAll("[data-events] button:not([hidden])")]
  .map(button => button.getBoundingClientRect().toJSON())"""
THERE = "(({ then, rolling }) => then && rolling === undefined)(document.body.dataset)"


@pytest.fixture
def motion():
    """What the viewer's system says of motion."""
    return "no-preference"


@pytest.fixture
def page(map_page, motion):
    """The citizens' page at its map, once ten minutes of the practice city are kept."""
    page = map_page(lang="en", reduced_motion=motion)
    page.wait_for_selector("[data-ruler]:not([hidden])")
    return page


def turn(page, steps):
    """The handle of the ruler so many steps of ten minutes from now."""
    page.evaluate(
        f"""() => {{ const slider = document.querySelector({SLIDER!r}); slider.value = {steps};
        slider.dispatchEvent(new Event("input")); }}"""
    )


def shown(page, address):
    """Turns back until a kept moment is shown; the practice city's past grows as it runs."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        turn(page, -1)
        until(page, f"{THERE} || document.body.dataset.then === undefined")
        if page.evaluate(THERE):
            return
        page.locator(".then button").click()
        page.wait_for_timeout(1000)
    raise AssertionError("no moment was kept")


def test_what_is_shown_of_then_is_said_to_be_and_now_comes_back(page, address):
    shown(page, address)
    then, clock = page.locator(".then p").inner_text(), page.locator("[data-clock]").inner_text()

    assert re.fullmatch(r"Seoul at .*\d\d:\d\d\. This is not now\.", then) and clock in then
    assert page.locator(".fr.live[data-live]:visible").count() == 0, "nothing is live"
    marks = page.locator(".fr[data-at]:visible").all_inner_texts()
    assert marks and all(re.search(r"\d|no data", said) for said in marks), (
        "each says how old it is"
    )
    assert "at=20" in page.url
    assert "People in Seoul now" not in page.locator(".population_now h2").inner_text()
    before = page.evaluate(COLOURS)
    page.wait_for_timeout(5000)  # two ticks of the server, and a city minute every second
    assert page.evaluate(COLOURS) == before and page.locator("[data-clock]").inner_text() == clock

    page.locator(".then button").click()
    until(page, "document.querySelectorAll('.fr.live[data-live]').length > 0")
    until(page, "!location.search.includes('at=')")
    assert page.locator(".then").is_hidden()
    until(page, f"({COLOURS})() !== {before!r}")


def test_the_ruler_asks_once_however_far_it_is_moved(page, address):
    shown(page, address)
    page.asked.clear()
    for step in range(-1, -140, -7):
        turn(page, step)

    asked = [url for url in page.asked if "/then/" in url and "/reel" not in url]
    assert not asked, "nothing is asked while it moves"


def reel(page, address):
    """The reel as the server tells it now."""
    return page.request.get(f"{address}/then/mobile/reel?theme=light&narrow=0").json()


def test_a_reel_is_asked_for_anew_by_the_citys_time(page, address):
    """Half an hour of the practice city is half a minute."""
    while sum("/reel" in url for url in page.asked) < 2:
        page.wait_for_timeout(500)


STEPS = """() => { // each moment shown, and when it came
  const steps = window.steps = [];
  new MutationObserver(() => {
    const { then } = document.body.dataset;
    if (then && then !== steps.at(-1)?.[1]) steps.push([performance.now(), then]);
  }).observe(document.body, { attributes: true, attributeFilter: ["data-then"] });
}"""


def test_playback_begins_with_what_was_kept_and_shows_four_moments_a_second(page, address):
    while sum(reel(page, address)["known"]) < 6:
        page.wait_for_timeout(2000)
    page.reload()
    until(page, "document.querySelector('[data-events] button')")
    page.evaluate(STEPS)
    page.locator("[data-play]").click()
    assert page.locator("[data-play]").get_attribute("aria-pressed") == "true"
    until(page, "document.body.dataset.then === undefined")  # it has run up to now

    came, shown = zip(*page.evaluate("window.steps"), strict=True)
    moments = [datetime.fromisoformat(moment) for moment in shown]
    assert len(moments) >= 5
    assert {b - a for a, b in itertools.pairwise(moments)} == {STEP}, "none is left out"
    assert (came[-1] - came[0]) / (len(came) - 1) >= 240
    assert page.locator("[data-play]").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("motion", ["reduce"])
def test_who_wants_no_motion_steps_by_hand(page, address):
    until(page, "document.querySelector('[data-events] button')")
    page.locator("[data-play]").click()
    first = page.evaluate("document.body.dataset.then")
    page.wait_for_timeout(1500)
    assert first == page.evaluate("document.body.dataset.then"), "nothing moves by itself"
    assert page.locator("[data-play]").get_attribute("aria-pressed") == "false"
    page.locator("[data-play]").click()
    second = page.evaluate("document.body.dataset.then")
    assert datetime.fromisoformat(second) - datetime.fromisoformat(first) in (STEP, 0 * STEP)


def test_what_happened_is_marked_said_and_gone_to_with_the_keyboard_too(page, address):
    marks = page.locator("[data-events] button:not([hidden])")
    while not marks.count():
        page.wait_for_timeout(500)
    boxes = page.evaluate(BOXES)
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    assert all(a["right"] <= b["left"] + 0.01 for a, b in itertools.pairwise(boxes))

    page.asked.clear()
    marks.first.hover()
    said, name = page.locator("[data-events] p"), marks.first.get_attribute("aria-label")
    assert said.inner_text() == name and re.match(r"(.* )?\d\d:\d\d · ", name)
    page.keyboard.press("Escape")
    assert said.is_hidden()
    marks.first.focus()
    assert said.is_visible()
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.ariaLabel") == marks.last.get_attribute(
        "aria-label"
    )
    assert page.evaluate("document.querySelectorAll('[data-events] [tabindex=\"0\"]').length") == 1
    assert not [url for url in page.asked if "/then/" in url and "/reel" not in url]


def test_on_a_wall_the_gravest_says_what_it_is_without_a_pointer(address, browser):
    wall = browser.new_page(viewport={"width": 3840, "height": 2160})
    wall.goto(f"{address}/wall?lang=en")
    until(wall, "!document.querySelector('[data-events] p').hidden")

    said = wall.locator("[data-events] p").inner_text()
    labels = "found => found.map(mark => mark.ariaLabel)"
    assert said in wall.eval_on_selector_all("[data-events] button", labels)
    wall.close()


def test_a_link_opens_the_moment_on_every_page(page, address, browser):
    shown(page, address)
    at = page.evaluate("document.body.dataset.then")
    for path in (
        "/?lang=en", "/wall?lang=en", "/kiosk?lang=en&station=hongdae", "/status?lang=en",
    ):  # fmt: skip
        other = browser.new_page()
        other.goto(f"{address}{path}&at={at}")
        other.wait_for_selector(".then:not([hidden])")
        until(other, "document.body.dataset.rolling === undefined")
        assert at[-5:] in other.locator(".then p").inner_text()
        assert other.locator("[data-clock]").first.inner_text() == at[-5:]
        assert other.locator(".fr.live[data-live]:visible").count() == 0
        other.close()


def test_what_was_not_kept_is_said_and_the_page_stays_of_now(page, address):
    page.goto(f"{address}/?lang=en&at=2022-07-01T10:00")
    page.wait_for_selector(".then:not([hidden])")
    until(page, "document.querySelector('.then p').innerText.includes('nothing was kept')")

    assert page.evaluate("document.body.dataset.then") is None
    until(page, "document.querySelectorAll('.fr.live[data-live]').length > 0")
