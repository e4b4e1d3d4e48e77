"""The board: what is catalogued, what is connected, and what of that is live."""

import gzip
import json
import re
from datetime import timedelta

import pytest

from apps._page import Shown, pages
from apps.cards import cards
from apps.cards._board import connected, seen
from apps.cards._troubles import heard
from data import Refused, feeds, languages, say, systems
from tests.outage import city
from tests.serving import until

BOARDS = [card for card in cards.on("status") if card.title in {s.theme_en for s in systems()}]


def test_the_catalogue_holds_290_systems_in_two_languages():
    there = systems()

    assert [system.id for system in there] == [f"S{n:03}" for n in range(1, 291)]
    for part in ("theme", "name", "what", "owner"):
        assert all(re.search("[가-힣]", system.said(part, "ko")) for system in there)
        assert all(re.fullmatch("[ -~é]+", system.said(part, "en")) for system in there)
    for language in languages():
        assert len({system.said("name", language) for system in there}) == 290


def test_a_feed_that_asks_belongs_to_a_system_and_a_system_names_one_that_can_grow_old():
    named = {system.feed for system in systems()} - {""}

    assert not {feed.name for feed in feeds if feed.every and feed.portal} - named
    assert not named - {feed.name for feed in feeds if feed.every}


def test_every_theme_has_its_board_and_its_word():
    assert [card.title for card in BOARDS] == list(dict.fromkeys(s.theme_en for s in systems()))
    for system in systems():
        assert say(system.theme_en, "ko") == system.theme_ko


def test_what_is_only_catalogued_is_never_counted(full, still):
    now = seen(still)

    assert now.catalogued == 290
    assert now.connected == len(connected()) == sum(bool(s.feed) for s in systems()) < 290
    assert now.live == sum(feed.state(still) == "live" for _, feed in connected())
    assert now.practice == now.live


def test_each_theme_tells_how_many_of_its_systems_are_live(full, still):
    full.air_quality.problem = Refused("INFO-100")
    ways = Shown("status", "en").fragments()["board_themes"].split("<li>")[1:]

    assert len(ways) == len(BOARDS)
    for way, card in zip(ways, BOARDS, strict=True):
        there = seen(still, card.title)
        assert f'href="#{card.__module__.rpartition(".")[2]}"' in way
        assert way.count('class="ok"') == there.live
        assert way.count('class="mk"') == there.connected - there.live
        if there.connected:
            assert f'<b aria-hidden="true">{there.live}<span class="u">/{there.connected}' in way


def test_before_any_answer_nothing_is_seen(still):
    assert seen(still).live == 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_shows_every_system_and_is_light(full, language):
    html = Shown("status", language).html()
    shown = re.findall(r'<li [^>]*data-state="(\w+)"', html)

    assert len(shown) == 290
    assert shown.count("catalogued") == 290 - len(connected())
    assert len(gzip.compress(html.encode(), 6)) < 60_000


def test_only_the_theme_of_what_changed_is_sent(full, still):
    shown = Shown("status", "ko")
    shown.take(still)
    assert shown.take(still) == {}

    full.air_quality.observed_at += timedelta(minutes=1)

    assert set(shown.take(still)) == {"board_air"}


def test_what_was_refused_says_so_in_words_and_names_no_address(full, still):
    full.incidents.problem = Refused("INFO-100 인증키가 유효하지 않습니다.")
    shown = Shown("status", "en")

    assert 'data-state="refused"' in shown.fragments()["board_transport"]
    assert "://" not in re.sub(r'xmlns="[^"]*"', "", shown.fragments()["board_transport"])


STATES = """() => Object.fromEntries([...document.querySelectorAll("[data-key]")].map(row =>
  [row.dataset.key, row.querySelector(".fr.live") ? "live" : row.dataset.state]))"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A city of which one source refuses us and one never answers."""
    folder = tmp_path_factory.mktemp("status")
    faults = "incidents:key,air_quality:refuse"
    with city(folder, SIM_FAULTS=faults, SIM_SPEED="60") as running:
        running.folder = folder
        yield running


@pytest.mark.parametrize(
    ("text", "ko", "lang"),
    [
        ("no whole answer within 10 s", "10초 안에 온전한 답이 없음", "ko"),
        ("SEOUL_OPENAPI_KEY is not set", "SEOUL_OPENAPI_KEY 설정 없음", "ko"),
        ("no rows among a, b", "no rows among a, b", "en"),
        ("INFO-100 인증키가 유효하지 않습니다.", "INFO-100 인증키가 유효하지 않습니다.", "ko"),
    ],
)
def test_the_words_of_a_feed_are_told_in_the_readers_language(text, ko, lang):
    assert heard(text, "ko") == (ko, lang)


def shown(running, browser, **settings):
    page = browser.new_page(**settings)
    page.goto(f"{running.served.address}/status?lang=en")
    until(page, "'found' in document.body.dataset")
    return page


def key(name):
    return next(system.id for system in systems() if system.feed == name)


def test_a_dead_source_shows_as_such_and_the_others_live(running, browser):
    page = shown(running, browser)
    row = f"document.querySelector('[data-key={key('bike_stations')}] .fr.live')"
    until(page, row)
    for name, words in (("incidents", "Refused INFO-100"), ("air_quality", "No answer the")):
        until(page, f"document.querySelector('[data-key={key(name)}] .tb')")
        assert page.inner_text(f"[data-key={key(name)}] .tb").replace("\n", " ").startswith(words)
    states = page.evaluate(STATES)

    assert states[key("incidents")] == "refused"
    assert states[key("air_quality")] == "silent"
    page.close()


def test_the_viewer_filters_by_state_and_word_with_the_keyboard(running, browser):
    page = shown(running, browser, viewport={"width": 390, "height": 844})
    visible = "[...document.querySelectorAll('.theme li')].filter(row => row.offsetHeight).length"
    assert page.evaluate(visible) == 290

    page.focus("[data-show=refused]")
    page.keyboard.press("Enter")
    refused = page.evaluate(visible)
    said = page.evaluate(STATES)
    page.focus("[data-show='']")
    page.keyboard.press("Space")
    page.focus("[data-find]")
    page.keyboard.type("taxis")

    assert refused == list(said.values()).count("refused") > 0
    assert page.evaluate(visible) == sum(
        "taxis" in f"{s.name_en} {s.what_en}".lower() for s in systems()
    )
    small = page.evaluate(
        "[...document.querySelectorAll('a, button, input')].filter(e => e.offsetHeight"
        " && (e.offsetHeight < 44 || e.offsetWidth < 44)).map(e => e.outerHTML)"
    )
    assert not small
    page.close()


def test_a_strip_is_there_again_after_the_process_died(running, browser):
    page = shown(running, browser)
    row = f"[data-key={key('bike_stations')}] .strip path.live"
    until(page, f"document.querySelectorAll('{row}').length")
    while not (running.folder / "strips.json").exists():
        page.wait_for_timeout(100)
    before = json.loads((running.folder / "strips.json").read_text("utf-8"))
    running.kill()
    running.start()
    page.goto(f"{running.served.address}/status?lang=en")
    until(page, f"document.querySelectorAll('{row}').length")
    while (after := json.loads((running.folder / "strips.json").read_text("utf-8"))) == before:
        page.wait_for_timeout(100)

    moved = after["quarter"] - before["quarter"]
    for name, cells in before["cells"].items():
        assert after["cells"][name].startswith(cells[moved:-1])
    page.close()


def test_when_every_source_dies_an_open_page_loses_what_was_live(running, browser):
    page = shown(running, browser)
    dead = key("bike_stations")
    until(page, f"document.querySelector('[data-key={dead}] .fr.live')")
    running.practice.kill()
    until(page, f"document.querySelector('[data-key={dead}] .fr:is(.stale, .none)')")

    assert page.evaluate("Number(document.querySelector('.board_seen .n b').textContent)") < len(
        connected()
    )
    page.close()


def test_the_board_is_a_page_and_the_citizens_page_leads_to_it(full):
    assert pages.status.url == "/status"
    assert 'href="/status?lang=en"' in Shown("mobile", "en").html()
