"""All that is told of a district or a dong: one answer for all, found in the browser."""

import gzip
import json
import re

import numpy as np
import pandas as pd
import pytest

from apps._area_cells import TABLES, Areas, Cells
from data import clock, duration, feeds
from tests.house import standing
from tests.serving import until
from tests.test_machine import shown

SHOWN = ".island[data-shown]"
FIELD = "[data-find] input"
PANEL = ".area:not([hidden])"
SPOT = """([lon, lat]) => { // where on the page a place of the map is
  const { x_range: x, y_range: y } = document.querySelector(".island").embedded.figure;
  const edge = 20037508.34, east = lon / 180 * edge;
  const north = Math.log(Math.tan((45 + lat / 2) / 180 * Math.PI)) / Math.PI * edge;
  const box = document.querySelector(".island").getBoundingClientRect();
  return [box.left + (east - x.start) / (x.end - x.start) * box.width,
          box.bottom - (north - y.start) / (y.end - y.start) * box.height]; }"""
OVERLAPS = """() => { // what lies on the panel and is not of it, by the middle of each of its rows
  const rows = [...document.querySelectorAll(".area tr, .area h3")];
  const seen = rows.map(one => one.getBoundingClientRect())
    .filter(b => b.top > 100 && b.bottom < innerHeight - 80);
  return seen.map(b => document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2))
    .filter(one => !one.closest(".area")).map(one => one.outerHTML.slice(0, 60)); }"""
GANGNAM = (127.0473, 37.5173)


async def told(city, language="en", more=""):
    status, headers, body = await city.get(f"/areas.json?lang={language}{more}")
    assert (status, headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    return json.loads(gzip.decompress(body) if headers.get("Content-Encoding") else body)


def cell(all_, by, code, word):
    """[HTML of the value, number of its mark, …] of that figure."""
    words = [name for _, figures in all_["figures"][by] for name, _ in figures]
    return all_[by][code][2][words.index(word)]


async def test_every_district_and_dong_has_a_cell_of_every_figure_and_each_a_mark_there_is(city):
    all_ = await told(city)

    assert len(all_["districts"]) == 25 and len(all_["dongs"]) == len(feeds.dongs.frame)
    for by in ("districts", "dongs"):
        count = sum(len(figures) for _, figures in all_["figures"][by])
        for ko, name, cells in all_[by].values():
            assert ko and name and len(cells) == count
            assert all(html and -1 <= mark < len(all_["marks"]) for html, mark, *_ in cells)
    assert not re.search("[가-힣]", str(all_["figures"]) + all_["sources"])
    assert not re.search(r"\bnan\b|None|NaT", str(all_["districts"]))


async def test_a_figure_is_that_of_the_feed_and_says_when_it_was_observed(city):
    all_ = await told(city)

    people = feeds.district_people.frame.set_index("gu_code").loc["11680"]
    html, mark, *_ = cell(all_, "districts", "11680", "People now")
    assert html == f"{people['population']:,.0f}"
    assert people["observed_at"].isoformat() in all_["marks"][mark]
    assert "estimate" in all_["marks"][mark]
    rows = feeds.emergency_rooms.frame.query("gu_code == '11680'")
    assert cell(all_, "districts", "11680", "Emergency rooms")[0] == f"{len(rows)}"


async def test_what_is_counted_by_a_border_that_we_drew_is_an_estimate(city):
    all_ = await told(city)

    counted = cell(all_, "dongs", "11680640", "Incidents")
    given = cell(all_, "dongs", "11680640", "Emergency dispatch")
    assert "estimate" in all_["marks"][counted[1]]
    assert "estimate" not in all_["marks"][given[1]]


async def test_a_feed_that_fell_silent_is_the_dash_and_since_when(city):
    word = "Earthquake shelters outdoors"
    assert cell(await told(city), "districts", "11680", word)[0] == "0"
    clock.set(clock.now() + 12 * duration("1d"), 0)

    after = await told(city)

    html, mark, *_ = cell(after, "districts", "11680", word)
    assert html == "–"
    assert "no data" in after["marks"][mark]
    assert feeds.shelters.observed_at.isoformat() in after["marks"][mark]


async def test_before_the_first_frames_all_is_unknown_and_nothing_is_zero():
    table = pd.DataFrame({"gu_code": ["11680"], "name_ko": ["강남구"], "name_en": ["Gangnam-gu"]})
    ((_, _, cells),) = Cells(Areas(follow=False)).areas("gu_code", table).values()
    async with standing() as city:
        all_ = await told(city)

    assert {html for html, *_ in cells} == {"–"}
    assert all_["districts"] == all_["dongs"] == {}


def of_calls(full, calls, few):
    """What is told of Gangnam when its newest hour is so."""
    frame = feeds.calls_120.frame
    row = frame.iloc[[-1]].assign(observed_at=frame["observed_at"].max(), gu_code="11680")
    rows = pd.concat([row.assign(topic=f"{n}") for n in range(len(calls))], ignore_index=True)
    rows["calls"], rows["few"] = calls, few
    reader = Areas(follow=False, language="ko")
    reader.calls_120 = rows
    cells = Cells(reader)
    words = [word for _, figures in cells.heads("gu_code") for word, _ in figures]
    which = [one.feed for figures in TABLES["gu_code"].values() for one in figures]
    _, _, row = cells.areas("gu_code", feeds.districts.frame)["11680"]
    assert len(words) == len(which)
    return row[which.index("calls_120")][0]


def test_under_five_calls_stay_under_five(full):
    assert of_calls(full, [np.nan, np.nan], [True, True]) == "5 미만"
    assert of_calls(full, [7.0, np.nan], [False, True]) == "7 이상"
    assert of_calls(full, [7.0, 8.0], [False, False]) == "15"
    assert of_calls(full, [np.nan], [False]) == "–"


def test_a_doubted_value_says_so_and_enters_no_sum(full):
    reader = Areas(follow=False, language="ko")
    air = reader.air_quality.copy()
    air["suspect"] = np.where(air["station"] == "강남구", "pm25", "")
    reader.air_quality = air
    rain = reader.rain_gauges.copy()
    rain["suspect"] = np.where(rain["gu_code"] == "11680", "rain_hour", "")
    reader.rain_gauges = rain
    cells = Cells(reader)
    figures = [one for some in TABLES["gu_code"].values() for one in some]

    row = dict(zip(figures, cells.areas("gu_code", feeds.districts.frame)["11680"][2], strict=True))

    doubted = {one.column: html for one, (html, *_) in row.items()}
    assert "검증 중" in doubted["pm25"] and "검증 중" not in doubted["pm10"]
    assert doubted["rain_hour"] == "–"


def test_a_dong_is_told_against_a_week_ago(full):
    now = feeds.population_now.frame
    newest = now[now["observed_at"] == now["observed_at"].max()]
    reader = Areas(follow=False, language="en")
    reader.living_population = pd.DataFrame(
        {
            "dong": newest["dong"].iloc[[0, 2]],
            "observed_at": newest["observed_at"].iloc[0].floor("h") - pd.Timedelta(days=7),
            "population": newest["population"].iloc[[0, 2]] / 1.25,
        }
    )
    people = now.assign(low=np.nan, high=np.nan)
    people.loc[newest.index[2], ["low", "high"]] = 0.0, 1e6  # within the error of the estimate
    reader.population_now = people
    cells, figures = Cells(reader), [one for some in TABLES["dong"].values() for one in some]
    column = [one.column for one in figures].index("change")
    rows = cells.areas("dong", feeds.dongs.frame)
    html, *others = (rows[dong][2][column][0] for dong in newest["dong"].iloc[:3])

    assert "25.0%" in html and "up" in html
    assert all("–" in other and "%" not in other for other in others)


def test_roads_of_a_district_are_the_mean_by_length_of_the_links_in_it(full):
    links, speeds = feeds.road_links.frame, feeds.road_speeds.frame
    rows = feeds.road_districts.frame

    assert rows["speed"].between(speeds["speed"].min(), speeds["speed"].max()).all()
    assert rows["gu_code"].is_unique and rows["links"].sum() <= len(links)


async def test_it_is_made_once_for_all_who_ask_and_who_has_it_is_told_so(city):
    first = await city.get("/areas.json")

    again, _, body = await city.get("/areas.json", **{"If-None-Match": first[1]["Etag"]})

    assert (again, body) == (304, b"")
    assert city.house.areas.once.made == 1
    assert (await city.get("/areas.json?at=yesterday"))[0] == 422


@pytest.fixture
def at(map_page):
    """Opens the citizens' page at its map, once places can be found on it."""

    def look(more="", **how):
        page = map_page(more, **how)
        page.wait_for_selector(FIELD)
        until(page, f"({SPOT})([127, 37.5])[0] > 0")
        return page

    return look


def open_(page, place=GANGNAM):
    """Taps that place, in the middle of the window, and waits for what is told of it."""
    page.evaluate("document.querySelector('.island').scrollIntoView({ block: 'center' })")
    page.mouse.click(*page.evaluate(SPOT, list(place)))
    page.wait_for_selector(PANEL)


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_a_tapped_district_is_outlined_and_told_and_nothing_lies_on_it(at, width):
    page = at(width=width)
    assert not [url for url in page.asked if "areas" in url], "only when first used"

    open_(page)

    assert page.locator(".area h3").inner_text() == "강남구"
    assert page.locator(".area tr").count() == sum(map(len, TABLES["gu_code"].values()))
    assert page.locator(".area-at path").first.get_attribute("d")
    assert page.evaluate("document.activeElement.id") == "area-name"
    page.wait_for_timeout(600)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not [url for url in page.asked if re.search("11680|%EA%B0%95|강남", url)]


def test_it_lies_beside_the_map_of_a_desk_and_below_that_of_a_phone(at):
    for width, beside in ((1280, True), (390, False)):
        page = at(width=width)
        before = page.locator(".island").bounding_box()
        open_(page)
        area, map_ = (page.locator(one).bounding_box() for one in (".area", ".island"))

        assert (map_["width"], map_["height"]) == (before["width"], before["height"])
        if beside:
            assert area["x"] + area["width"] <= map_["x"]
        else:
            assert area["y"] >= map_["y"] + map_["height"]


def test_near_by_it_is_the_dong_and_below_it_its_district(at):
    page = at("&map=37.5000,127.0400,12", lang="en")
    open_(page, (127.0410, 37.5010))

    name = page.locator(".area h3").inner_text()
    assert name.endswith("-dong") and page.locator(".area h4").inner_text() == "Gangnam-gu"
    assert "estimated" in page.locator(".area > .q").inner_text()
    page.locator(".area h4 button").click()
    until(page, "document.querySelector('.area h3').textContent === 'Gangnam-gu'")
    assert page.evaluate("document.activeElement.id") == "area-name"


def test_enter_on_the_map_opens_it_and_escape_or_its_button_closes_it(at):
    page = at()
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.locator(".area header button").click(),
    ):
        page.locator(".island").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(PANEL)
        assert page.locator(".area").get_attribute("aria-labelledby") == "area-name"

        close()

        page.wait_for_selector(".area", state="hidden")
        assert page.locator(".area-at").count() == 0
        assert page.evaluate("document.activeElement.classList.contains('island')")


def test_search_and_a_link_open_it_too(at):
    page = at()
    page.locator(FIELD).fill("마포구")
    page.wait_for_selector("#found li")
    page.keyboard.press("Enter")
    page.wait_for_selector(PANEL)
    assert page.locator(".area h3").inner_text() == "마포구"
    until(page, "location.search.includes('place=districts')")

    other = at(page.evaluate("location.search").replace("?lang=ko", ""))
    other.wait_for_selector(PANEL)

    assert other.locator(".area h3").inner_text() == "마포구"


def test_a_drag_opens_nothing(at):
    page = at()
    x, y = page.evaluate(SPOT, list(GANGNAM))

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 30, steps=4)
    page.mouse.up()
    page.wait_for_timeout(500)

    assert page.locator(PANEL).count() == 0


def test_a_value_past_its_age_is_taken_off_without_the_server(at):
    page = at(lang="en")
    open_(page)
    page.evaluate("""document.querySelectorAll(".area .fr[data-silent]").forEach(mark => {
      mark.dataset.live = mark.dataset.silent = "2022-08-01T00:00:00+09:00"; })""")

    until(
        page,
        """[...document.querySelectorAll(".area tr:has(.fr[data-silent])")]
      .every(row => row.querySelector(".val").textContent === "\u2013"
                    && row.querySelector(".fr-s").textContent === "no data")""",
    )


def test_at_another_moment_it_is_told_of_that_moment_and_nothing_is_live(at, address):
    page = at()
    open_(page)

    shown(page, address)
    until(page, "!document.querySelector('.area .fr.live:has(time)')")

    asked = [url for url in page.asked if "areas.json" in url and "at=" in url]
    assert asked and not any("11680" in url for url in asked)
    assert page.locator(".area h3").inner_text() == "강남구"
