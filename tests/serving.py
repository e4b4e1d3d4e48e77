"""The whole thing running, as ./panel_serve.sh runs it: for tests and for the pictures."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
}
SETTINGS = ("SEOUL_", "DATA_GO_", "ITS_", "CITY_", "SIM_", "PRACTICE_CITY", "BOUNDARIES")
WAIT = 180  # seconds after which what does not come is given up: a start, a thing awaited


class Served:
    """A running city: its address, its process, what it printed."""

    def __init__(self, process: subprocess.Popen, address: str, log: Path):
        self.process, self.address, self._log = process, address, log

    @property
    def printed(self) -> str:
        """All it has written so far, to both streams."""
        return self._log.read_text("utf-8")

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a GET; an error's status too."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def wait(self) -> None:
        """Until it answers. Raises RuntimeError with what it printed when it ends or never does."""
        end = time.monotonic() + WAIT
        while self.process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(URLError, OSError):
                self.get("/health")
                return
            time.sleep(0.1)
        raise RuntimeError(f"not serving:\n{self.printed}")


def until(page: Page, true: str) -> None:
    """Returns once that is so; the page's own policy forbids Playwright to look from inside it.

    Raises TimeoutError when it is not so after WAIT seconds: a hang takes all others along.
    """
    end = time.monotonic() + WAIT
    while not page.evaluate(true):
        if time.monotonic() > end:
            raise TimeoutError(f"never true: {true}")
        page.wait_for_timeout(50)


def heed_interrupts() -> None:
    """Ctrl-C means something to the child, also where whoever runs the tests ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def serving(folder: Path, root: Path = ROOT, **settings: str) -> Iterator[Served]:
    """The tree at root, started by its script with those settings; ended by Ctrl-C's signal.

    Args:
        folder: where its output may be kept.
        settings: environment variables; none of the caller's own settings reach it.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS)}
    port = free_port()
    log = folder / f"served_{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["./panel_serve.sh", "--port", str(port), "--address", "127.0.0.1"],
            cwd=root,
            env=kept | {"CITY_PYTHON": sys.executable, "CITY_CACHE": str(folder)} | settings,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=heed_interrupts,
        )
    try:
        served = Served(process, f"http://127.0.0.1:{port}", log)
        served.wait()
        yield served
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(WAIT)
