"""The practice city, and beside it the app as a process that can die and come back alone."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.serving import ROOT, SETTINGS, Served, free_port

SEEN = """() => {
  const banner = document.querySelector("[data-banner]"), body = document.body.dataset;
  return {
    boot: body.boot, trouble: body.trouble ?? "", banner: !banner.hidden,
    map: Boolean(document.querySelector(".island[data-shown] .drawn")),
  };
}"""


class City:
    """A practice city and an app that asks it: ``start``, ``kill`` and ``freeze`` the app.

    Args:
        folder: where what they print may be kept.
        settings: environment variables of both.
    """

    def __init__(self, folder: Path, **settings: str):
        self._log, self.port = folder / "app.log", free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS)}
        self._told = kept | {"CITY_CACHE": str(folder)} | settings
        self.practice = self.run("data.sim", "--port", "0", stdout=subprocess.PIPE, text=True)
        self._told["PRACTICE_CITY"] = re.search(r"http\S+", self.practice.stdout.readline())[0]
        self.start()

    def start(self) -> None:
        """The app, on the same port each time; returns once it answers."""
        with self._log.open("ab") as out:
            listen = ("--port", str(self.port), "--address", "127.0.0.1")
            self.app = self.run("apps", *listen, stdout=out, stderr=subprocess.STDOUT)
        self.served = Served(self.app, f"http://127.0.0.1:{self.port}", self._log)
        self.served.wait()

    def kill(self) -> None:
        """``kill -9``: nothing is said to anybody."""
        self.app.kill()
        self.app.wait()

    def freeze(self) -> None:
        """It is there, takes connections and does nothing."""
        self.app.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it stood."""
        self.app.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End both."""
        for process in (self.app, self.practice):
            process.kill()
            process.wait()
        self.practice.stdout.close()

    def run(self, module: str, *arguments: str, **streams) -> subprocess.Popen:
        """``python -m module``, with the settings of both."""
        command = [sys.executable, "-u", "-m", module, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self._told, **streams)


@contextlib.contextmanager
def city(folder: Path, **settings: str) -> Iterator[City]:
    """A practice city with an app, ended afterwards."""
    made = City(folder, **settings)
    try:
        yield made
    finally:
        made.stop()


def seen(page: Page) -> dict:
    """What stands on the page about itself; nothing while it is between two pages."""
    try:
        return page.evaluate(SEEN)
    except Error:
        return {}


def seconds_until(pages: dict[str, Page], true: Callable[[dict], bool], most: float) -> dict:
    """Seconds until that is true of each page, looked at ten times a second; ``most`` if never."""
    began, took = time.monotonic(), {}
    while len(took) < len(pages) and time.monotonic() - began < most:
        for name in pages.keys() - took.keys():
            state = seen(pages[name])
            if state and true(state):
                took[name] = time.monotonic() - began
        time.sleep(0.1)
    return {name: took.get(name, most) for name in pages}
