"""What a mark says, in a browser: under the pointer, where a finger taps, and by the keys."""

import re

import pytest

from tests.serving import until

SHOWN = ".island[data-shown]"
AGO = re.compile(r"(\d+ (min|h|d) (ago|late))|no data")
BIKE = """() => { // where on the page a bike station is that stands apart from others
  const figure = Bokeh.documents[0].roots().find(root => root.x_range);
  const renderer = figure.renderers.find(it => it.name === "Near" && it.tags[0] === "bike_dots");
  if (!renderer?.visible) return null;
  const { sx, sy } = Bokeh.index[figure.id].views.find_one(renderer).glyph;
  if (!sx) return null; // not drawn yet
  const tips = renderer.data_source.get_column("tip");
  const edge = document.querySelector(".island").getBoundingClientRect();
  const away = (i, j) => i === j ? 99 : Math.hypot(sx[j] - sx[i], sy[j] - sy[i]);
  const apart = i => Math.min(...Array.from(sx, (_, j) => away(i, j)));
  const { clientWidth: w, clientHeight: h } = document.querySelector(".island");
  const seen = i => sx[i] > 60 && sx[i] < w - 60 && sy[i] > 60 && sy[i] < h - 60;
  const far = Array.from(sx, (_, i) => seen(i) ? apart(i) : 0), i = far.indexOf(Math.max(...far));
  return { x: edge.left + sx[i], y: edge.top + sy[i], tip: tips[i] };
}"""
CLOSER = "document.dispatchEvent(new CustomEvent('city:zoom', { detail: 'in' }))"
TIP = "document.querySelector('.tip')"


@pytest.fixture
def at(map_page):
    """Opens the citizens' page at its map, with the bikes on it."""

    def look(**how):
        page = map_page(lang="en", **how)
        page.locator("button[data-layers*=bike_dots]").click()
        for _ in range(4):
            page.evaluate(CLOSER)
        page.wait_for_timeout(300)
        until(page, f"({BIKE})()?.tip && {TIP} !== null")
        return page

    return look


def test_a_bike_station_says_its_name_its_bikes_and_their_age_under_the_pointer(at):
    page = at()
    bike = page.evaluate(BIKE)

    page.mouse.move(bike["x"] + 3, bike["y"])
    page.wait_for_selector(".tip:not([hidden])")
    said = page.locator(".tip p").all_inner_texts()

    name, _, values = bike["tip"].partition(" · ")
    assert said[0] == "Public bikes"
    assert said[1].split("\n") == [name, values]
    assert re.search(r"bikes? / .+ racks?$", values)
    assert AGO.search(said[2])
    page.mouse.move(2, 2)
    page.wait_for_selector(".tip", state="hidden")


def test_a_click_pins_it_and_escape_or_a_click_elsewhere_closes_it(at):
    page = at()
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(2, 2)):
        bike = page.evaluate(BIKE)
        page.mouse.click(bike["x"], bike["y"])
        page.wait_for_selector(".tip.pinned:not([hidden])")
        page.mouse.move(bike["x"] + 80, bike["y"] + 80)
        page.wait_for_timeout(150)
        assert page.locator(".tip.pinned").is_visible(), "a pinned one stays"

        close()

        page.wait_for_selector(".tip", state="hidden")


def test_a_pinned_one_follows_its_mark_when_the_map_is_enlarged(at):
    page = at()
    bike = page.evaluate(BIKE)
    page.mouse.click(bike["x"], bike["y"])
    ring = page.locator(".tip-at").bounding_box()

    page.evaluate("document.dispatchEvent(new CustomEvent('city:zoom', { detail: 'in' }))")
    until(page, f"{TIP} && document.querySelector('.island').dataset.times > 1")
    page.wait_for_timeout(300)

    moved, there = page.locator(".tip-at").bounding_box(), page.evaluate(BIKE)
    assert (
        moved != ring and page.locator(".tip.pinned b").inner_text() == bike["tip"].split(" · ")[0]
    )
    if there["tip"] == bike["tip"]:
        assert abs(moved["x"] + moved["width"] / 2 - there["x"]) < 2


def test_the_arrow_keys_go_through_the_nearest_marks_and_say_them_aloud(at):
    page = at()
    page.locator(".island").focus()
    heard = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        heard.append(page.locator(".island [role=status]").inner_text())
    page.keyboard.press("ArrowLeft")

    assert len(set(heard)) == 3 and all(one.startswith("Public bikes, ") for one in heard)
    assert (
        page.locator(".island [role=status]").inner_text().split(",")[:2] == heard[1].split(",")[:2]
    )
    page.keyboard.press("Escape")
    assert not page.locator(".tip").is_visible()


def test_a_finger_need_not_meet_the_dot_exactly(at):
    page = at(width=390, height=844, has_touch=True)
    bike = page.evaluate(BIKE)

    page.touchscreen.tap(bike["x"] + 8, bike["y"] + 8)

    page.wait_for_selector(".tip.pinned:not([hidden])")
    inside, tip = (page.locator(one).bounding_box() for one in (".island", ".tip"))
    assert inside["x"] <= tip["x"] and tip["x"] + tip["width"] <= inside["x"] + inside["width"]
    assert inside["y"] <= tip["y"] and tip["y"] + tip["height"] <= inside["y"] + inside["height"]


def test_the_wall_has_neither_tips_nor_keys(address, browser):
    page = browser.new_page(viewport={"width": 3840, "height": 2160})
    page.goto(f"{address}/wall")
    page.wait_for_selector(SHOWN)
    page.mouse.move(1900, 1100)
    page.wait_for_timeout(200)

    assert page.locator(".tip").count() == 0
    assert page.locator(".island").get_attribute("tabindex") is None
    page.close()
