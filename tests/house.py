"""A server of ours in the test's own loop: nothing is polled, and time passes by hand."""

import contextlib
import json
import zlib
from collections.abc import AsyncIterator

import aiohttp
from bokeh.plotting import figure

from apps._server import server
from apps._start import House


class Figure:
    """What an island may show: one line, whose last point is how often it was updated."""

    made = 0

    def __init__(self, **variant):
        type(self).made += 1
        self.variant, self.updates = variant, 0

    def build(self, doc):
        """One plain figure with fixed ranges."""
        shown = figure(x_range=(0, 10), y_range=(0, 10), toolbar_location=None)
        self.line = shown.line([0, 1], [0, 0])
        doc.add_root(shown)

    def update(self, now, share=1.0):
        """One change."""
        self.updates += 1
        self.line.data_source.data = {"x": [0, 1], "y": [0, self.updates]}


class Standing:
    """A house that serves: its address and a client."""

    def __init__(self, house, serving, client):
        self.house, self.port, self.client = house, serving.port, client
        self.application, self.http = serving._tornado, serving._http
        self.address = f"http://127.0.0.1:{self.port}"

    async def get(self, path, **headers):
        """(status, headers, body) of a GET as the server sent it, not decoded."""
        async with self.client.get(
            self.address + path, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status, answer.headers, await answer.read()

    @contextlib.asynccontextmanager
    async def listening(self, path, packed=False, **headers) -> AsyncIterator["Events"]:
        """The events of a stream."""
        accepted = {"Accept-Encoding": "gzip" if packed else "identity"}
        async with self.client.get(self.address + path, headers=headers | accepted) as answer:
            yield Events(answer, packed)


class Events:
    """Server-sent events as they come in, read as a browser would."""

    def __init__(self, answer, packed):
        self.answer = answer
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
        self._text = ""

    async def next(self, name=""):
        """(name, id, data) of the next event, or of the next of that name."""
        while True:
            while "\n\n" not in self._text:
                some = await self.answer.content.readany()
                assert some, "the stream ended"
                self._text += (self._inflate.decompress(some) if self._inflate else some).decode()
            said, _, self._text = self._text.partition("\n\n")
            fields = dict(line.split(": ", 1) for line in said.splitlines())
            if not name or fields["event"] == name:
                return fields["event"], fields.get("id", ""), json.loads(fields["data"])


@contextlib.asynccontextmanager
async def standing(build=Figure) -> AsyncIterator[Standing]:
    """A house on a free port of this machine."""
    house = House(build)
    serving = server(house.routes(), 0, "127.0.0.1", [])
    serving.start()
    async with aiohttp.ClientSession(auto_decompress=False) as client:
        yield Standing(house, serving, client)
    serving.stop(wait=False)
