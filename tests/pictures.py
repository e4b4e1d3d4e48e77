"""Takes the pictures of the README from the running app: ./panel_serve.sh pictures."""

import io
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.serving import CHROMIUM, ROOT, serving

FOLDER = ROOT / "docs" / "pictures"
SETTLE = 100  # seconds until every road has told its links, also on a busy machine
LARGEST = 400_000  # bytes a picture may have
SCREENS = {  # name: path, window, pixels of the screen to one of the window, width kept, scheme
    "wall": ("/wall", (3840, 2160), 1, 1920, "dark"),
    "mobile_light": ("/", (390, 844), 2, 585, "light"),
    "mobile_dark": ("/", (390, 844), 2, 585, "dark"),
    "kiosk": ("/kiosk?station=hongdae", (2160, 3840), 1, 810, "dark"),
}


def take(browser: Browser, address: str, name: str) -> bytes:
    """The screen as it looks once its map is drawn and a few ticks have passed, WebP."""
    path, (width, height), scale, kept, scheme = SCREENS[name]
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=scale
    )
    page.goto(address + path)
    page.wait_for_selector("canvas", state="attached", timeout=60_000)
    page.wait_for_timeout(8_000)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return small(image.resize((kept, round(kept * image.height / image.width)), Image.LANCZOS))


def small(image: Image.Image) -> bytes:
    """The image as WebP of at most LARGEST bytes."""
    for quality in (90, 85, 80, 70):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise ValueError(f"{image.size} is too much picture for {LARGEST} bytes")


def main() -> None:
    """Serve the practice city, take every picture, end it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), SIM_SPEED="1") as served,
        sync_playwright() as playwright,
    ):
        time.sleep(SETTLE)
        browser = playwright.chromium.launch(**CHROMIUM)
        for name in SCREENS:
            (FOLDER / f"{name}.webp").write_bytes(take(browser, served.address, name))


if __name__ == "__main__":
    main()
