"""python -m tests.bench.stock_page PORT: the citizens' page as stock Panel would show it.

The same cards and the same layers from the same frames, as ordinary sessions: an HTML pane a card,
Number indicators, a HoloViews pane for the map, a periodic callback that brings in what is new.
To Panel's favour: fragments are rendered and layers drawn once for all sessions, a pane is
touched only when its content has changed, and there is no template, style or image.
"""

import asyncio
import sys
from queue import Queue
from threading import Thread

import holoviews as hv
import panel as pn
from holoviews.streams import Counter

from apps._page import Shown
from apps._start import every, first_clock, raise_limits
from data import Poller, clock, feeds
from layers import elements, layers

TICK = 2.0
NUMBERS = {"People": "city_people", "Stations": "bike_stations"}  # title: whose newest value


class Content:
    """What all sessions show: fragments by card, elements by layer, how often each was drawn."""

    def __init__(self):
        self.shown = Shown("mobile")
        self.fragments = self.shown.fragments()
        look = dict(language="ko", theme="light", surface="hand", narrow=True)
        self._layers = {
            kind.__module__.rpartition(".")[2]: kind(follow=False, **look)
            for kind in layers.on("city")
        }
        self.drawn = {name: elements(layer.draw()) for name, layer in self._layers.items()}
        self.turns = dict.fromkeys(self.drawn, 0)
        self._told = {name: layer.told() for name, layer in self._layers.items()}

    async def tick(self) -> None:
        """Bring in what is new, in a thread as our own pages do."""
        await asyncio.to_thread(self._take)

    def _take(self) -> None:
        now = clock.now()
        self.fragments |= self.shown.take(now)
        for name, layer in self._layers.items():
            newer, before = layer.take(now), self._told[name]
            self._told[name] = layer.told()
            if newer or self._told[name] != before:
                self.drawn[name] = elements(layer.draw())
                self.turns[name] += 1

    def numbers(self) -> dict[str, float | None]:
        """The newest value of each indicator."""
        people, stations = (feeds[name].frame for name in NUMBERS.values())
        return {
            "People": None if people is None else people["today"].dropna().iloc[-1],
            "Stations": None if stations is None else len(stations),
        }


class Session:
    """One viewer's page."""

    def __init__(self, content: Content):
        self._content = content
        self._cards = {
            name: pn.pane.HTML(html, sizing_mode="stretch_width")
            for name, html in content.fragments.items()
        }
        self._numbers = {
            name: pn.indicators.Number(name=name, value=value, format="{value:,.0f}")
            for name, value in content.numbers().items()
        }
        self._turns = dict(content.turns)
        self._streams = {name: Counter() for name in content.drawn}
        drawn = [
            self._live(name, at) for name, all in content.drawn.items() for at in range(len(all))
        ]
        shown = hv.Overlay(drawn).collate().opts(
            xaxis=None, yaxis=None, toolbar=None, default_tools=[], show_legend=False,
            responsive=True, min_height=400, framewise=False,
        )  # fmt: skip
        self._map = pn.pane.HoloViews(shown, sizing_mode="stretch_width", height=400)

    def page(self) -> pn.viewable.Viewable:
        """Everything in a column."""
        pn.state.add_periodic_callback(self.tick, period=int(TICK * 1000))
        return pn.Column(pn.Row(*self._numbers.values()), self._map, *self._cards.values())

    def tick(self) -> None:
        """Bring in what is new since the last time."""
        for name, html in self._content.fragments.items():
            if self._cards[name].object != html:
                self._cards[name].object = html
        for name, value in self._content.numbers().items():
            if self._numbers[name].value != value:
                self._numbers[name].value = value
        for name, turn in self._content.turns.items():
            if self._turns[name] != turn:
                self._turns[name] = turn
                self._streams[name].event()

    def _live(self, name: str, at: int) -> hv.DynamicMap:
        return hv.DynamicMap(
            lambda counter: self._content.drawn[name][at], streams=[self._streams[name]]
        )


def fill(made: Queue) -> None:
    """Ask for frames and draw them, in a thread: Panel's loop is for its sessions."""

    async def run() -> None:
        await first_clock()
        await Poller(feeds).start()
        content = Content()
        made.put(content)
        await every(TICK, content.tick)

    asyncio.run(run())


def main(port: int) -> None:
    """A session to each who comes."""
    made = Queue()
    Thread(target=fill, args=(made,), daemon=True).start()
    content = made.get()
    pn.serve(
        {"/": lambda: Session(content).page()}, port=port, address="127.0.0.1", show=False,
        websocket_origin=[f"127.0.0.1:{port}"], verbose=False,
    )  # fmt: skip


if __name__ == "__main__":
    raise_limits()
    pn.extension()
    main(int(sys.argv[1]))
