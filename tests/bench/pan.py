"""python -m tests.bench.pan [RUNS]: dragging the map at 1920 x 1080, alone and with all layers on.

In a real Chromium without a GPU, on the citizens' page: the time from frame to frame while a hand
drags it 600 px in 60 steps, as it is and with a drawing at every step, and the time of one drawing.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from apps._page import pages
from tests.serving import CHROMIUM, serving

STEPS, STEP = 60, 10  # movements, px
FRAMES = """async ([work, steps, px]) => {
  const frame = () => new Promise(requestAnimationFrame), times = [];
  const island = document.querySelector(".island"), box = island.getBoundingClientRect();
  const figure = island.embedded.figure, view = Bokeh.index[figure.id];
  const at = i => ({ clientX: box.x + 700 - i * px, clientY: box.y + 300, pointerId: 1,
    pointerType: "mouse", buttons: 1, bubbles: true });
  island.setPointerCapture = () => {}; // there is no such pointer
  const drag = (kind, i) => island.dispatchEvent(new PointerEvent(`pointer${kind}`, at(i)));
  const move = i => {
    if (work === "slide") return drag("move", i);
    const wide = figure.x_range.end - figure.x_range.start, step = wide / box.width * px;
    figure.x_range.setv({ start: figure.x_range.start + step, end: figure.x_range.end + step });
  };
  let painted = 0;
  view.repainted.connect(() => painted++);
  if (work === "slide") drag("down", 0);
  let last = await frame();
  for (let i = 1; i <= steps; i++) {
    move(i);
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  if (work === "slide") drag("up", steps);
  return [times, painted];
}"""
DRAWN = """async () => {
  const view = Bokeh.index[document.querySelector(".island").embedded.figure.id], times = [];
  for (let i = 0; i < 10; i++) {
    await new Promise(requestAnimationFrame);
    const began = performance.now();
    view.invalidate_painters();
    view.repaint();
    times.push(performance.now() - began);
  }
  return times;
}"""


def opened(page: Page, address: str, layers: str) -> None:
    """The map with those layers, twice as near as the whole city."""
    page.goto(f"{address}/?layers={layers}&map=37.5600,126.9900,2.00")
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector(".island[data-shown]")
    page.wait_for_timeout(3000)


def main() -> None:
    """Print medians over all frames of all runs, ms."""
    runs = int(sys.argv[1]) if sys.argv[1:] else 3
    names = ",".join(name for kinds in pages["mobile"].themes().values() for name in kinds)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), SIM_SPEED="1") as served,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        for said, layers in (("ground", "none"), ("all layers", names)) * runs:
            opened(page, served.address, layers)
            drawn = statistics.median(page.evaluate(DRAWN))
            sys.stdout.write(f"{said}: a drawing {drawn:.0f} ms;")
            for work in ("slide", "redraw"):
                times, painted = page.evaluate(FRAMES, [work, STEPS, STEP])
                page.wait_for_timeout(1500)
                middle, most = statistics.median(times), statistics.quantiles(times, n=20)[-1]
                sys.stdout.write(
                    f" {work}: {middle:.0f} ms a frame, 95 % under {most:.0f},"
                    f" all {sum(times):.0f}, {painted} drawings;"
                )
            sys.stdout.write("\n")
        browser.close()


if __name__ == "__main__":
    main()
