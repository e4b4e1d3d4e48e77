"""The citizens' page in a browser: it fits every hand, and what a viewer chooses is theirs."""

import pytest

from tests.serving import until

LEAST_TARGET, LEAST_TEXT = 44, 13  # pixels
SMALL = """([target, text]) => {
  const seen = one => one.checkVisibility({ visibilityProperty: true });
  const words = one => [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const said = one => one.outerHTML.slice(0, 80);
  const targets = [...document.querySelectorAll("a[href], button")].filter(seen).filter(one => {
    const { width, height } = one.getBoundingClientRect();
    return Math.min(width, height) < target - 0.5;
  });
  const small = [...document.querySelectorAll("body *")].filter(seen).filter(words)
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < text - 0.1);
  return [...targets, ...small].map(said);
}"""
LAID_OUT = """[...document.querySelectorAll("button")]
  .every(one => one.offsetHeight || !one.checkVisibility())"""
LARGE = "document.querySelector('.cam1 img').dataset.still"
TICK = """async () => {
  const { put } = await import(document.querySelector('link[href*="morph"]').href);
  const fresh = document.createElement("template");
  fresh.innerHTML = await (await fetch(location.href)).text();
  put("camera_grid", fresh.content.querySelector("#card-camera_grid").innerHTML);
}"""

SILENT = """async () => {
  const { put } = await import(document.querySelector('link[href*="morph"]').href);
  put("road_list", "<h2></h2><p class=gone>\u2013</p>");
}"""


@pytest.fixture
def at(address, visit):
    """Opens the page in a window that wide."""

    def look(width=390, query="", height=844, **context):
        page = visit(f"{address}/{query}", width, height, **context)
        if context_has_script(page):
            page.wait_for_selector("body[data-layers]")
        return page

    return look


def context_has_script(page):
    """Whether scripts run in it: without, the tabs of the map stay hidden."""
    return not page.locator("noscript p").is_visible()


@pytest.mark.parametrize("query", ["", "?lang=en"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_fits_the_window_with_targets_for_a_finger(at, width, query):
    page = at(width, query)
    until(page, LAID_OUT)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL, [LEAST_TARGET, LEAST_TEXT]) == []


def test_the_practice_city_is_named_however_far_one_scrolls(at):
    page = at(320)

    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    assert page.evaluate("scrollY") > 1000
    assert page.locator(".practice b").bounding_box()["y"] >= 0


def test_every_link_of_the_menu_leads_somewhere(at):
    page = at(1440)

    assert page.evaluate(
        "[...document.links].every(a => !a.hash || document.querySelector(a.hash))"
    )


def test_the_chosen_camera_outlives_a_tick_and_a_reload(at):
    page = at()
    page.wait_for_selector("[data-camera]")
    second = page.locator("[data-camera]").nth(1)
    chosen, says = second.get_attribute("data-camera"), second.get_attribute("data-says")

    second.click()
    page.evaluate(TICK)

    assert page.evaluate(LARGE) == chosen
    assert page.locator(".cam1 figcaption").inner_text() == says
    assert second.get_attribute("aria-pressed") == "true"
    page.reload()
    until(page, f"{LARGE} === '{chosen}'")


def test_a_tick_leaves_the_island_as_the_browser_made_it(at):
    page = at()
    page.evaluate("document.querySelector('.island').dataset.mine = 'yes'")
    page.evaluate(
        TICK.replace("camera_grid", "city_map").replace(".innerHTML)", '.innerHTML + " ")')
    )

    assert page.locator(".island").get_attribute("data-mine") == "yes"


def test_layers_are_told_to_the_map_and_remembered(at):
    page = at()
    page.evaluate("document.addEventListener('city:layers', e => { window.told = e.detail; })")
    first, third = (page.locator("button[data-layers]").nth(n) for n in (0, 2))
    chosen = third.get_attribute("data-layers")
    shown = page.evaluate("document.body.dataset.layers")
    assert set(shown.split()) == set(first.get_attribute("data-layers").split())

    third.click()

    assert page.evaluate("told") == chosen.split()
    page.reload()
    page.wait_for_selector(f"body[data-layers='{chosen}']")
    assert page.locator("button[aria-pressed=true][data-layers]").count() == 1
    assert third.get_attribute("aria-pressed") == "true"


def test_the_language_link_leads_to_english_and_back(at):
    page = at()

    page.locator("a.lang").click()
    page.wait_for_selector("html[lang=en]")
    page.locator("a.lang").click()

    page.wait_for_selector("html[lang=ko]")


def test_reads_without_any_script(at):
    page = at(java_script_enabled=False)

    assert page.locator(".population_now .n").inner_text().strip()
    assert page.locator(".district_matrix tbody tr").count() == 25
    assert page.locator("noscript p").is_visible()
    assert not page.locator(".tabs").is_visible()


def test_a_section_that_falls_silent_keeps_its_room(at):
    page = at()
    page.wait_for_selector("#card-road_list li")
    high = page.locator("#card-road_list").bounding_box()["height"]

    page.evaluate(SILENT)

    assert page.locator("#card-road_list .gone").count() == 1
    assert page.locator("#card-road_list").bounding_box()["height"] == pytest.approx(high, abs=1)
