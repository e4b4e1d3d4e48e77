"""The kiosk in a real browser: its lines, its views, the low screen, the return to the start."""

import re

import pytest

from tests.serving import until

LINES = {"hongdae": ["2", "K", "A"], "yeouido": ["5", "9"], "changdong": ["1", "4"]}
VIEWS = ["here", "bikes", "roads", "cameras", "parks", "seoul"]
REACH = 2600  # px from the top: 1.0 m above the floor
CONTROLS = "button:visible, a:visible"
SMALL = """() => [...document.querySelectorAll("main *")].filter(e => {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  return own && e.checkVisibility() && !e.closest(".vh, .signs") && !e.ownerSVGElement
    && parseFloat(getComputedStyle(e).fontSize) < 36;
}).map(e => e.textContent.trim().slice(0, 40))"""


@pytest.fixture
def kiosk(address, browser):
    """``kiosk(station, language, timed)``: that page; timed when its clock turns by hand."""
    pages = []

    def opened(station="hongdae", language="ko", timed=False):
        page = browser.new_page(
            viewport={"width": 2160, "height": 3840}, reduced_motion="reduce", has_touch=True
        )
        pages.append(page)
        if timed:
            page.clock.install()
        page.goto(f"{address}/kiosk?station={station}&lang={language}")
        until(page, "document.querySelector('[data-show=here]')?.ariaPressed")
        page.wait_for_load_state("load")
        return page

    yield opened
    for page in pages:
        page.close()


def view(page):
    """The view that is shown, by the page and by its buttons."""
    pressed = page.locator("[data-show][aria-pressed=true]")
    assert pressed.count() == 1
    assert page.locator("main").get_attribute("data-view") == pressed.get_attribute("data-show")
    return pressed.get_attribute("data-show")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("station", LINES)
def test_each_station_shows_its_own_lines_both_ways(kiosk, station, language):
    page = kiosk(station, language)

    assert page.locator(".next_trains .ln").all_inner_texts() == LINES[station]
    assert page.locator(".next_trains .dir").count() == 2 * len(LINES[station])


def test_every_button_shows_its_view_and_a_tick_leaves_it(kiosk):
    page = kiosk()

    for name in VIEWS:
        page.click(f"[data-show={name}]")
        clock = page.locator("[data-clock]").inner_text()
        until(page, f"document.querySelector('[data-clock]').textContent !== '{clock}'")
        page.evaluate("""() => new Promise(seen => new MutationObserver(seen)
            .observe(document.querySelector(".next_trains"), { subtree: true, childList: true,
            characterData: true, attributes: true }))""")

        assert view(page) == name
        for section in page.locator("main > .view").all():
            assert section.is_visible() == (name in section.get_attribute("class").split())
            assert section.text_content().strip(), section.get_attribute("id")


def test_the_low_screen_puts_every_control_within_reach(kiosk):
    page = kiosk()
    page.click("[data-low]")

    assert page.locator("[data-low]").get_attribute("aria-pressed") == "true"
    for control in page.locator(CONTROLS).all():
        assert control.bounding_box()["y"] >= REACH
    assert page.locator(".near-map").bounding_box()["y"] < REACH / 4


@pytest.mark.parametrize("low", [False, True])
def test_untouched_for_a_minute_it_returns_to_the_start_in_korean(kiosk, low):
    page = kiosk(language="en", timed=True)
    page.click("[data-show=roads]")
    if low:
        page.click("[data-low]")
    idle = page.locator("[data-idle]")

    page.clock.run_for(38_000)
    assert idle.is_hidden() and view(page) == "roads"
    page.clock.run_for(4_000)
    assert idle.is_visible()
    assert page.locator("[data-stay]").bounding_box()["y"] >= REACH
    with page.expect_navigation():
        page.clock.run_for(22_000)
    until(page, "document.documentElement.lang === 'ko'")
    assert view(page) == "here"
    assert page.locator("main").get_attribute("data-lowered") is None
    assert page.evaluate("new URLSearchParams(location.search).get('station')") == "hongdae"


def test_who_touches_the_warning_stays(kiosk):
    page = kiosk(timed=True)
    page.click("[data-show=parks]")

    page.clock.run_for(45_000)
    page.click("[data-stay]")
    page.clock.run_for(30_000)

    assert page.locator("[data-idle]").is_hidden()
    assert view(page) == "parks"


def test_the_start_is_never_warned_of(kiosk):
    page = kiosk(timed=True)

    page.clock.run_for(59_000)

    assert page.locator("[data-idle]").is_hidden()


def test_another_language_keeps_what_was_chosen(kiosk):
    page = kiosk()
    page.click("[data-show=cameras]")
    page.click("[data-low]")

    page.click("a[lang=en]")
    until(page, "document.documentElement.lang === 'en'")
    until(page, "document.querySelector('main').dataset.view === 'cameras'")

    assert view(page) == "cameras"
    assert page.locator("main").get_attribute("data-lowered") is not None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_leads_away(kiosk, address, language):
    page = kiosk(language=language)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    for href in page.eval_on_selector_all("a, area, form", "found => found.map(a => a.href)"):
        assert re.fullmatch(rf"{address}/kiosk\?station=hongdae&lang=(ko|en)", href)
    assert not page.locator("[target], [download], input, iframe, object").count()
    for event in ("contextmenu", "dragstart", "selectstart"):
        assert page.evaluate(
            "name => !document.querySelector('h1').dispatchEvent("
            "new Event(name, { bubbles: true, cancelable: true }))",
            event,
        )
    page.wait_for_timeout(2500)
    assert all(url.startswith((address, "data:", "blob:")) for url in asked)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_touched_and_read_is_large_enough(kiosk, language):
    page = kiosk(language=language)

    for name in VIEWS:
        page.click(f"[data-show={name}]")
        boxes = [control.bounding_box() for control in page.locator(CONTROLS).all()]
        assert all(box["width"] >= 84 and box["height"] >= 84 for box in boxes)
        assert all(box["y"] >= 0.48 * 3840 for box in boxes)
        assert not page.evaluate(SMALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= 2160


def test_minutes_count_down_by_themselves(kiosk):
    page = kiosk(timed=True)
    # Beside the document, not in it: a patch may come at any time and would take it away.
    page.evaluate("""() => {
      const at = Date.parse(document.body.dataset.now) + 9e9, due = document.createElement("span");
      due.id = "due";
      due.dataset.due = new Date(at).toISOString();
      document.body.append(due);
    }""")

    page.clock.run_for(1_500)

    assert int(page.locator("#due").inner_text()) > 100_000
