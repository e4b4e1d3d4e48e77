"""python -m layers NAME: one layer alone in a browser, with live frames.

Portals whose keys are set are asked themselves; a practice city is started for the others when
none is running (``PRACTICE_CITY``). Ctrl-C ends all of it.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import panel as pn

from data import Feed, Poller, feeds, keep_time
from layers import layers

SURFACES = ("hand", "wall", "kiosk")
THEMES = ("light", "dark", "kiosk")
WINDOW = "calc(100vh - 20px)"  # as high as a browser, without what Panel leaves around


def arguments() -> argparse.Namespace:
    """What was said on the command line; a layer that is not there is an error and said so."""
    said = argparse.ArgumentParser(prog="python -m layers", description="A layer, to look at.")
    said.add_argument("name", choices=dir(layers), metavar="NAME")
    said.add_argument("--theme", choices=THEMES, default="light")
    said.add_argument("--surface", choices=SURFACES, default="hand")
    said.add_argument("--language", default="ko")
    said.add_argument("--port", type=int, default=5007, help="0: any free one (default 5007)")
    return said.parse_args()


def wanted(names: set[str]) -> list[Feed]:
    """Those feeds, and all that they are made of or share the answers of."""
    found, left = set(), set(names)
    while left:
        feed = feeds[left.pop()]
        found.add(feed.name)
        left |= (
            ({*feed.needs, feed.shares} - {""} - found) if feed.shares else {*feed.needs} - found
        )
    return [feeds[name] for name in sorted(found)]


@contextlib.contextmanager
def practice_city() -> Iterator[None]:
    """One that plays the portals, for as long as this lasts; none when one is running already."""
    if os.environ.get("PRACTICE_CITY"):
        yield
        return
    command = [sys.executable, "-u", "-m", "data.sim", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as city:
        try:
            line = city.stdout.readline()
            os.environ["PRACTICE_CITY"] = "http" + line.strip().partition("http")[2]
            yield
        finally:
            city.terminate()


async def show(said: argparse.Namespace) -> None:
    """Ask the layer's feeds and serve it until Ctrl-C."""
    look = dict(theme=said.theme, surface=said.surface, language=said.language)
    named = layers[said.name](follow=False, **look)
    await keep_time()
    poller = Poller(wanted({feed for feed in named._named.values() if feed}))
    await poller.start()
    whole = dict(sizing_mode="stretch_both", margin=0, styles={"height": WINDOW})
    server = pn.serve(
        lambda: pn.Column(layers[said.name](**look), **whole),
        address="127.0.0.1", port=said.port, show=False, start=False, title=said.name,
    )  # fmt: skip
    server.start()
    print(f"{said.name}: http://localhost:{server.port}/", flush=True)
    done = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, done.set)
    await done.wait()
    server.stop()
    await poller.stop()


if __name__ == "__main__":
    chosen = arguments()
    with practice_city():
        asyncio.run(show(chosen))
