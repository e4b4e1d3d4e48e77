"""The pages in a real browser, live: the same for everybody, strict, and back by themselves."""

import asyncio
import io
import threading
from urllib.parse import urlsplit

import pytest
from PIL import Image

from apps._guard import POLICY
from tests.house import standing
from tests.outage import city, seconds_until
from tests.serving import until

BANNER, STALLED, RECOVERY = 6.0, 20.0, 10.0  # seconds, as promised
LOOK = 0.6  # seconds between two looks of the watchdog, and one of ours
NEVER = 60.0
SCREENS = {"/wall": (3840, 2160), "/": (390, 844), "/kiosk?station=hongdae": (2160, 3840)}
SMALL = {"width": 1280, "height": 900}
TOLD = """
  window.told = { events: [], heroes: [], violations: [] };
  document.addEventListener("securitypolicyviolation", e => told.violations.push(e.blockedURI));
  const add = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function (name, work) {
    add.call(this, name, event => {
      work(event);
      told.events.push(name);
      const hero = document.querySelector(".population_now .n")?.textContent;
      if (hero && hero !== told.heroes.at(-1)?.hero)
        told.heroes.push({ hero, at: Date.now(), id: event.lastEventId });
    });
  };
"""
TICKS = "told.events.filter(name => name === 'tick').length"
VIEW = """() => {
  const { x_range: x, y_range: y } = Bokeh.documents[0].roots().find(root => root.x_range);
  return [x.start, x.end, y.start, y.end].map(Math.round);
}"""
SHOWN = """() => {
  const figure = Bokeh.documents[0].roots().find(root => root.x_range);
  return [...new Set(figure.renderers.filter(one => one.visible).map(one => one.tags[0]))].sort();
}"""
ISLAND = ".island[data-shown]"
SLID = "document.querySelector('.island').style.getPropertyValue('--slid')"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A city whose minutes pass quickly, so that its numbers change often."""
    with city(tmp_path_factory.mktemp("browser"), SIM_SPEED="60") as running:
        yield running


@pytest.fixture
def at(running, visit):
    """Opens a page that tells what it hears, as somebody of their own."""

    def look(path="/", width=1280, height=900, address="", **context):
        url = (address or running.served.address) + path
        return visit(url, width, height, lambda page: page.add_init_script(TOLD), **context)

    return look


def after_ticks(page, many=2):
    """Returns once so many more have arrived on the page."""
    until(page, f"{TICKS} >= {page.evaluate(TICKS) + many}")


def test_everybody_sees_the_same_number_at_the_same_moment(at):
    pages = {"one": at("/", 390, 844), "other": at("/", 390, 844), "wall": at("/wall")}
    for page in pages.values():
        until(page, "told.heroes.length >= 5")
    told = {name: page.evaluate("told.heroes")[1:] for name, page in pages.items()}

    by_tick = [{h["id"]: h["hero"] for h in told[name] if h["id"]} for name in ("one", "other")]
    when = [{h["hero"]: h["at"] / 1000 for h in each} for each in told.values()]
    shared = set.intersection(*map(set, when))

    assert len(by_tick[0].keys() & by_tick[1].keys()) >= 2
    assert all(by_tick[1].get(tick, hero) == hero for tick, hero in by_tick[0].items())
    assert len(shared) >= 2, "the wall is another page with the same number"
    for hero in shared:
        times = [each[hero] for each in when]
        assert max(times) - min(times) < BANNER, "who is later than that says so"


@pytest.mark.parametrize("path", SCREENS)
def test_every_page_keeps_to_its_policy_and_its_host(running, browser, path):
    width, height = SCREENS[path]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(TOLD)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))

    answer = page.goto(running.served.address + path)
    if path == "/":
        page.locator(".island").scroll_into_view_if_needed()
    page.wait_for_selector(ISLAND)
    after_ticks(page)
    violations = page.evaluate("told.violations")
    context.close()

    assert answer.headers["content-security-policy"] == POLICY
    assert violations == []
    assert said == []
    ours = {urlsplit(running.served.address).netloc, ""}
    assert {urlsplit(url).netloc for url in asked} <= ours, "data: and blob: have none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_map_is_drawn(at, language, scheme):
    page = at(f"/?lang={language}", 390, 844, color_scheme=scheme)
    page.locator(".island").scroll_into_view_if_needed()
    page.wait_for_selector(ISLAND)
    page.wait_for_timeout(500)

    drawn = Image.open(io.BytesIO(page.locator(".island").screenshot())).convert("RGB")
    colours = sorted((n for n, _ in drawn.getcolors(drawn.width * drawn.height)), reverse=True)

    assert page.locator(".island canvas").count()
    assert len(colours) > 50
    assert colours[0] < 0.8 * drawn.width * drawn.height, "one colour is not a map"


def test_where_a_viewer_looks_outlives_ticks_and_a_reload(at):
    page = at("/", locale="ko-KR")
    page.locator(".island").scroll_into_view_if_needed()
    page.wait_for_selector(ISLAND)
    whole = page.evaluate(VIEW)

    page.locator("button[data-zoom=in]").click()
    box = page.locator(".island").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(page, "document.querySelector('.island').dataset.times > 2")
    page.mouse.down()
    page.mouse.move(x + 120, y + 60, steps=4)
    page.mouse.up()
    until(page, f"{SLID} === '0px, 0px'")  # drawn anew where the picture was left
    mine, times = page.evaluate(VIEW), page.locator(".island").get_attribute("data-times")
    after_ticks(page, 3)

    assert mine != whole
    assert page.evaluate(VIEW) == mine
    page.reload()
    page.locator(".island").scroll_into_view_if_needed()
    page.wait_for_selector(ISLAND)
    assert page.locator(".island").get_attribute("data-times") == times
    assert page.evaluate(VIEW) == mine
    page.locator("button[data-zoom=all]").click()
    assert page.evaluate(VIEW) == whole


def test_the_layers_a_viewer_chose_outlive_ticks_and_a_reload(at):
    page = at("/")
    page.locator(".island").scroll_into_view_if_needed()
    page.wait_for_selector(ISLAND)
    before = page.evaluate(SHOWN)

    page.locator("button[data-layers~=bike_dots]").click()
    chosen = page.evaluate(SHOWN)
    after_ticks(page, 3)

    assert "crowd_cells" in before and "bike_dots" not in before
    assert "bike_dots" in chosen and "crowd_cells" not in chosen
    assert page.evaluate(SHOWN) == chosen
    page.reload()
    page.locator(".island").scroll_into_view_if_needed()
    page.wait_for_selector(ISLAND)
    assert page.evaluate(SHOWN) == chosen


def everywhere(at):
    """All three pages open, each with its map."""
    pages = {path: at(path, **SMALL) for path in SCREENS}
    for page in pages.values():
        page.locator(".island").scroll_into_view_if_needed()
        page.wait_for_selector(ISLAND)
    return pages


def test_pages_say_that_the_server_died_and_come_back_with_it(running, at):
    pages = everywhere(at)
    boot = pages["/"].evaluate("document.body.dataset.boot")

    running.kill()
    lost = seconds_until(pages, lambda s: s["banner"] and s["trouble"] == "lost", NEVER)
    running.start()
    back = seconds_until(pages, lambda s: s["boot"] != boot and not s["banner"], NEVER)
    drawn = seconds_until(pages, lambda s: s["boot"] != boot and s["map"], NEVER)

    assert max(lost.values()) <= BANNER + LOOK
    assert max(back.values()) <= RECOVERY + LOOK
    assert max(drawn.values()) < NEVER, "the map too"


def test_pages_say_that_the_server_is_stuck_and_go_on_with_it(running, at):
    pages = everywhere(at)

    running.freeze()
    lost = seconds_until(pages, lambda s: s["banner"] and s["trouble"] == "lost", NEVER)
    running.thaw()
    back = seconds_until(pages, lambda s: not s["trouble"], NEVER)

    assert max(lost.values()) <= BANNER + LOOK
    assert max(back.values()) <= RECOVERY + LOOK


class Standstill:
    """A server that beats and has stopped looking at its data; ``going`` is that it looks again."""

    def __init__(self):
        self.address, self.going, self.ended = "", False, False
        self.up = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self.thread.start()
        self.up.wait()

    async def _serve(self):
        async with standing() as house:
            self.address = house.address
            self.up.set()
            while not self.ended:
                if self.going:
                    await house.house.live.tick()
                await house.house.live.beat()
                await asyncio.sleep(1)

    def end(self):
        self.ended = True
        self.thread.join()


@pytest.fixture
def standstill():
    made = Standstill()
    yield made
    made.end()


def test_pages_say_that_data_has_stopped_arriving(standstill, at):
    pages = {path: at(path, address=standstill.address, **SMALL) for path in SCREENS}

    stalled = seconds_until(pages, lambda s: s["banner"] and s["trouble"] == "stalled", NEVER)
    standstill.going = True
    back = seconds_until(pages, lambda s: not s["trouble"], NEVER)

    assert max(stalled.values()) <= STALLED + LOOK
    assert max(back.values()) <= RECOVERY + LOOK
