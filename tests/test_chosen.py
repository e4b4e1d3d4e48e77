"""Layers chosen one by one on the citizens' page: by theme, in the address, without the server."""

from apps._page import pages
from layers import layers
from tests.serving import until

VISIBLE = """name => document.querySelector(".island").embedded.figure.renderers
  .filter(one => one.tags[0] === name && one.visible).length > 0"""


def visible(page, name):
    return page.evaluate(VISIBLE, name)


def test_every_layer_a_viewer_has_to_ask_for_is_offered_once_under_its_theme():
    themes = pages["mobile"].themes()
    names = [name for kinds in themes.values() for name in kinds]

    hidden = {k.__module__.rpartition(".")[2] for k in layers.on("city") if "city" in k.hidden}
    assert hidden <= set(names) and len(names) == len(set(names)) > 30
    assert set(names) <= set(pages["mobile"].layers("city"))
    assert all(kind.subject == theme for theme, kinds in themes.items() for kind in kinds.values())
    assert not {"city_land", "river_area", "district_lines"} & set(names)
    assert pages["wall"].themes() == {}


def test_a_layer_is_added_by_itself_told_with_its_age_and_taken_away(map_page):
    page = map_page()
    asked = len(page.asked)
    one = page.locator("[data-layer=parking_dots]")
    legend = page.locator("[data-legend=parking_dots]")
    assert not one.is_visible() and not legend.is_visible() and not visible(page, "parking_dots")

    page.locator("[data-themes]").click()
    one.click()

    assert one.get_attribute("aria-pressed") == "true" and visible(page, "parking_dots")
    assert (
        visible(page, "road_lines")
        and page.locator("[data-layers][aria-pressed=true]").count() == 0
    )
    assert legend.locator("time, .fr").count() and legend.is_visible()
    one.click()
    assert not visible(page, "parking_dots") and not legend.is_visible()
    assert page.locator("button[data-layers][aria-pressed=true]").count() == 1
    assert not [url for url in page.asked[asked:] if "layer" in url or "island" in url]


def test_any_set_of_layers_is_in_the_address_and_comes_back(map_page):
    page = map_page("&layers=trail_paths,no_such_layer,sewer_dots")

    assert visible(page, "trail_paths") and visible(page, "sewer_dots")
    assert not visible(page, "road_lines") and not visible(page, "district_names")
    page.locator("[data-themes]").click()
    page.locator("[data-layer=train_dots]").click()
    until(page, "location.search.includes('train_dots')")
    page.reload()
    page.wait_for_selector(".island[data-shown]")
    assert visible(page, "train_dots") and visible(page, "trail_paths")


def test_the_ground_alone_is_a_choice_too(map_page):
    page = map_page("&layers=trail_paths")
    page.locator("[data-themes]").click()
    page.locator("[data-layer=trail_paths]").click()
    until(page, "location.search.includes('layers=none')")

    page.reload()
    page.wait_for_selector(".island[data-shown]")

    assert visible(page, "city_land") and not visible(page, "trail_paths")
    assert page.locator("[data-layer][aria-pressed=true]").count() == 0
