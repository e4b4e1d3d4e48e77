"""python -m tests.bench.restarts [TIMES]: the server is killed so often, all three pages open.

Each outage lasts 1 to 15 s and the start of the server, one a whole minute. Prints how long it
took each page to say so, and from when the server answered again to the page as it should be, and
to its map.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

from tests.outage import City, city, seconds_until
from tests.serving import CHROMIUM

SCREENS = ("/wall", "/", "/kiosk?station=hongdae")
SHORT, LONG = (1.0, 15.0), 60.0  # seconds
BANNER, RECOVERY, NEVER = 6.0, 10.0, 90.0


def look(browser, address: str) -> dict[str, Page]:
    """All pages, each in a window of its own, until every map stands."""
    pages = {}
    for path in SCREENS:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(address + path)
        page.locator(".island").scroll_into_view_if_needed()
        page.wait_for_selector(".island[data-shown]", timeout=120_000)
        pages[path] = page
    return pages


def outage(running: City, pages: dict[str, Page], seconds: float) -> tuple[float, list[dict]]:
    """Seconds it was away, then of each page until the banner, until it and its map are back.

    It is away longer than told: until every page has said so, and while it starts.
    """
    boot = pages["/"].evaluate("document.body.dataset.boot")
    began = time.monotonic()
    running.kill()
    most = max(seconds, BANNER + 1)
    lost = seconds_until(pages, lambda s: s["banner"] and s["trouble"] == "lost", most)
    time.sleep(max(seconds - (time.monotonic() - began), 0))
    running.start()
    away = time.monotonic() - began
    back = seconds_until(pages, lambda s: s["boot"] != boot and not s["banner"], NEVER)
    drawn = seconds_until(pages, lambda s: s["boot"] != boot and s["map"], NEVER)
    return away, [lost, back, {name: back[name] + drawn[name] for name in pages}]


def main(times: int) -> bool:
    """A line an outage, then the worst and the median; whether all kept the promise."""
    chance = random.Random(1)
    lasting = [chance.uniform(*SHORT) for _ in range(times)]
    lasting[times // 2] = LONG
    took = {"banner": [], "recovery": [], "map": []}
    with (
        tempfile.TemporaryDirectory() as folder,
        city(Path(folder)) as running,
        sync_playwright() as playwright,
    ):
        pages = look(playwright.chromium.launch(**CHROMIUM), running.served.address)
        for number, seconds in enumerate(lasting, 1):
            away, found = outage(running, pages, seconds)
            for values, each in zip(took.values(), found, strict=True):
                values += each.values()
            line = "  ".join(
                f"{name} {' '.join(f'{s:5.1f}' for s in each.values())}"
                for name, each in zip(took, found, strict=True)
            )
            sys.stdout.write(f"{number:3} away {away:4.1f} s  {line}\n")
            sys.stdout.flush()
    for name, values in took.items():
        sys.stdout.write(
            f"{name:9} worst {max(values):5.1f} s  median {statistics.median(values):5.1f} s\n"
        )
    sys.stdout.write(f"load of this machine in the last minute: {psutil.getloadavg()[0]:.1f}\n")
    return max(took["banner"]) <= BANNER + 0.6 and max(took["recovery"]) <= RECOVERY + 0.6


if __name__ == "__main__":
    sys.exit(not main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
