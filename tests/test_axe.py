"""Nobody is shut out: axe-core finds nothing on any page, in any language, by day or night."""

from pathlib import Path

import axe_playwright_python
import pytest

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SCREENS = {
    "/wall": (3840, 2160),
    "/": (390, 844),
    "/kiosk?station=hongdae": (2160, 3840),
    "/status": (390, 844),
    "/table/bike_dots": (390, 844),
}
RULES = {"resultTypes": ["violations"], "iframes": False}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_nothing(address, browser, path, language, scheme):
    width, height = SCREENS[path]
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
    page.wait_for_selector("main")
    page.evaluate(AXE.read_text("utf-8"))  # as a debugger would: the page's CSP stays as it is

    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    page.close()

    assert not [f"{v['id']}: {n['html'][:120]}" for v in found for n in v["nodes"]]
