"""python -m tests.bench.phone [RUNS]: the citizens' page on a slow phone, in a real Chromium.

4 times less CPU, 1.6 Mbit/s, 150 ms, 390 x 844, nothing cached. Says when the first content is
painted, when the numbers are live (the stream has said hello), what was sent before the map, and
how far the layout shifts by the time the map stands.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from tests.bench.meter import KB
from tests.outage import city
from tests.serving import CHROMIUM

SLOWER, KBIT, LATENCY = 4, 1600, 150
GOALS = {"first content": 1.0, "numbers live": 2.0, "kB before the map": 60.0, "shift": 0.02}
LAST = 8000  # ms in which the layout may shift
TOLD = """
  window.told = { live: 0, shift: 0, shifts: [] };
  const add = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function (name, work) {
    add.call(this, name, event => { work(event); told.live ||= performance.now(); });
  };
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
      told.shift += entry.value;
      const what = entry.sources.map(source => source.node?.outerHTML?.slice(0, 80));
      told.shifts.push([Math.round(entry.startTime), entry.value, what]);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def visit(browser: Browser, address: str) -> dict[str, float]:
    """One visit of somebody who was never there, as numbers of GOALS."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True,
        has_touch=True,
    )  # fmt: skip
    context.add_init_script(TOLD)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    speed = KBIT * 1000 / 8
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": speed,
         "uploadThroughput": speed},
    )  # fmt: skip
    kinds, sizes = {}, {}
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e}))
    wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e}))
    page.goto(address, wait_until="commit")
    while not (page.evaluate("window.told?.live ?? 0") and page.evaluate(PAINTED)):
        page.wait_for_timeout(100)
    page.wait_for_timeout(LAST)
    told, painted = page.evaluate("told"), page.evaluate(PAINTED)
    context.close()
    sent = {
        kinds[one]["response"]["url"]: sizes[one]["encodedDataLength"]
        for one in sizes
        if one in kinds and kinds[one]["type"] in {"Document", "Stylesheet", "Script"}
    }
    for shift in told["shifts"]:
        sys.stdout.write(f"shift {shift}\n")
    before = [size for url, size in sent.items() if "bokeh" not in url]
    return {
        "first content": painted / 1000,
        "numbers live": told["live"] / 1000,
        "kB before the map": sum(before) / KB,
        "shift": told["shift"],
    }


def main(runs: int) -> bool:
    """The table; whether every goal is met by the median."""
    with (
        tempfile.TemporaryDirectory() as folder,
        city(Path(folder)) as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**CHROMIUM)
        visit(browser, running.served.address)  # the server's first, and Chromium's
        visits = [visit(browser, running.served.address) for _ in range(runs)]
    met = True
    for name, goal in GOALS.items():
        values = [one[name] for one in visits]
        median = statistics.median(values)
        met &= median <= goal
        said = " ".join(f"{value:.3f}" for value in values)
        sys.stdout.write(f"{name:20} {median:8.3f}  goal {goal:<6} of {said}\n")
    load = psutil.getloadavg()[0]
    sys.stdout.write(f"{runs} visits; load of this machine in the last minute: {load:.1f}\n")
    return met


if __name__ == "__main__":
    sys.exit(not main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
