"""One Bokeh document for all who look: no gap, no overlap, and nothing they send counts."""

import asyncio
import json
import threading

import aiohttp
import pytest
from bokeh.document import Document
from bokeh.protocol import Protocol
from bokeh.protocol.receiver import Receiver

from apps._island import Island
from data import clock
from tests.house import Figure, standing

WALL = "/island?page=wall"


@pytest.fixture
async def city():
    Figure.made = 0
    async with standing() as city:
        yield city


class Looker:
    """BokehJS, as far as the server can tell."""

    def __init__(self, socket):
        self.socket, self.got = socket, []
        self._receiver = Receiver(Protocol())
        self.document = None

    async def take(self):
        """The next whole message, applied to our copy of the document."""
        while True:
            part = await self.socket.receive()
            assert part.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}, part
            message = await self._receiver.consume(part.data)
            if message is None:
                continue
            self.got.append(message.msgtype)
            if message.msgtype == "PULL-DOC-REPLY":
                self.document = Document()
                message.push_to_document(self.document)
            elif message.msgtype == "PATCH-DOC":
                message.apply_to_document(self.document)
            return message

    async def pull(self):
        """Ask for the document."""
        message = Protocol().create("PULL-DOC-REQ")
        for part in (message.header_json, message.metadata_json, message.content_json):
            await self.socket.send_str(part)
        return await self.take()

    @property
    def height(self):
        """The last point of the line: how often it was updated."""
        return list(self.document.roots[0].renderers[0].data_source.data["y"])[-1]


async def look(city, path=WALL, origin=None, protocols=("bokeh", "token"), compress=0):
    _, _, body = await city.get(path)
    socket = await city.client.ws_connect(
        city.address + json.loads(body)["app"] + "/ws",
        protocols=protocols,
        origin=city.address if origin is None else origin,
        autoping=True,
        compress=compress,
    )
    looker = Looker(socket)
    assert (await looker.take()).msgtype == "ACK"
    return looker


async def test_the_json_names_our_own_script_and_the_roots(city):
    status, headers, body = await city.get(WALL)
    told = json.loads(body)

    assert status == 200
    assert headers["Content-Type"].startswith("application/json")
    assert set(told) == {"scripts", "app", "token", "roots"}
    assert len(told["roots"]) == 1
    (script,) = told["scripts"]
    assert script.startswith("/static/bokeh.min.")
    assert (await city.get(script))[0] == 200


async def test_one_document_for_everybody_of_a_variant(city):
    lookers = [await look(city) for _ in range(5)]
    for looker in lookers:
        await looker.pull()
    await look(city, WALL + "&lang=en")

    assert Figure.made == 2
    assert len({looker.document.roots[0].id for looker in lookers}) == 1


async def test_who_takes_it_packed_gets_the_same_in_fewer_bytes(city):
    plain, packed, small = (
        await look(city),
        await look(city, compress=15),
        await look(city, compress=9),
    )
    for looker in (plain, packed, small):
        await looker.pull()
    await city.house.islands.tick()
    for looker in (plain, packed, small):
        await looker.take()
    (island,) = city.house.islands.open.values()
    sent = sorted(viewer.sent for viewer in island.viewers)

    assert [looker.height for looker in (plain, packed, small)] == [1, 1, 1]
    assert sent[0] < sent[1] / 2 and sent[1] == sent[2], "a small window is not agreed to"


async def test_a_change_is_one_message_for_all_of_them(city):
    lookers = [await look(city) for _ in range(3)]
    for looker in lookers:
        await looker.pull()
    await city.house.islands.tick()
    for looker in lookers:
        await looker.take()

    assert [looker.height for looker in lookers] == [1, 1, 1]
    assert {tuple(looker.got) for looker in lookers} == {("ACK", "PULL-DOC-REPLY", "PATCH-DOC")}


async def test_snapshot_and_patches_neither_overlap_nor_leave_a_gap(city):
    first = await look(city)
    await first.pull()
    ticking = asyncio.create_task(many_ticks(city, 30))
    later = []
    for _ in range(6):
        later.append(await look(city))
        await later[-1].pull()
        await asyncio.sleep(0.01)
    await ticking

    for looker in (first, *later):
        while looker.height < 30:
            before = looker.height
            await looker.take()
            assert looker.height == before + 1


async def many_ticks(city, count):
    for _ in range(count):
        await city.house.islands.tick()


async def test_what_a_viewer_sends_is_not_applied(city):
    looker, other = await look(city), await look(city)
    await looker.pull()
    await other.pull()
    range_ = looker.document.roots[0].x_range
    events = []
    looker.document.callbacks.on_change(events.append)
    range_.start = 5
    patch = Protocol().create("PATCH-DOC", events)
    for message in (patch, Protocol().create("SERVER-INFO-REQ")):
        for part in (message.header_json, message.metadata_json, message.content_json):
            await looker.socket.send_str(part)
    for part in ('{"msgtype":"PUSH-DOC","msgid":"9"}', "{}", '{"doc":{"roots":[]}}'):
        await looker.socket.send_str(part)
    await city.house.islands.tick()
    await looker.take()
    await other.take()

    (island,) = city.house.islands.open.values()
    assert island.session.document.roots[0].x_range.start == 0
    assert other.document.roots[0].x_range.start == 0
    assert other.got == ["ACK", "PULL-DOC-REPLY", "PATCH-DOC"]


@pytest.mark.parametrize(
    "junk",
    [
        "x",
        "[]",
        "{}",
        "null",
        '{"msgtype":"PULL-DOC-REQ"}',
        '{"msgtype":"PULL-DOC-REQ","msgid":"\\u0000"}',
        '{"msgtype":"PULL-DOC-REQ","msgid":7}',
        '{"msgtype":"PATCH-DOC","msgid":"1","num_buffers":100000}',
        '{"msgtype":"PATCH-DOC","msgid":"1","num_buffers":-1}',
        "[" * 4000,
        "x" * 5000,
        b"\x1f\x8b\x08junk",
        b"\xff\xfe" * 3000,
    ],
    ids=range(13),
)
async def test_junk_closes_the_connection_and_harms_nobody(city, junk):
    looker, other = await look(city), await look(city)
    await other.pull()
    send = looker.socket.send_str if isinstance(junk, str) else looker.socket.send_bytes
    await send(junk)
    end = await looker.socket.receive()
    await city.house.islands.tick()
    await other.take()

    assert end.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}
    assert other.height == 1


async def test_a_flood_closes_the_connection(city):
    looker = await look(city)
    for _ in range(1000):
        await looker.socket.send_str('{"msgtype":"PATCH-DOC","msgid":"1"}')
    end = await looker.socket.receive()

    assert (end.type, end.data) == (aiohttp.WSMsgType.CLOSE, 1008)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "file://"])
async def test_other_peoples_pages_may_not_look(city, origin):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await look(city, origin=origin)

    assert refused.value.status == 403


async def test_without_an_origin_it_is_not_a_page(city):
    _, _, body = await city.get(WALL)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await city.client.ws_connect(city.address + json.loads(body)["app"] + "/ws")


async def test_only_what_was_asked_for_has_a_socket(city):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await city.client.ws_connect(
            city.address + "/island/wall.ko.dark.0./ws", origin=city.address
        )

    assert refused.value.status == 404


async def test_a_document_nobody_looks_at_is_dropped(city):
    looker = await look(city)
    await looker.pull()
    await look(city, WALL + "&lang=en")
    for island in city.house.islands.open.values():
        island.asked -= 61
    await city.house.islands.tick()

    assert [key.split(".")[1] for key in city.house.islands.open] == ["ko"]


async def test_who_takes_nothing_is_let_go(city, monkeypatch):
    monkeypatch.setattr("apps._stream.STUCK", -1.0)
    looker = await look(city)
    await looker.pull()
    (island,) = city.house.islands.open.values()
    (viewer,) = island.viewers
    looker.socket._conn.transport.pause_reading()
    viewer.stream.write(b"\x82\x7f" + (30_000_000).to_bytes(8, "big") + bytes(30_000_000))
    await city.house.islands.tick()
    await city.house.islands.tick()

    assert viewer.stream.closed()


class Slowly(Figure):
    """A figure that takes its time to change."""

    begun, go, wrong = threading.Event(), threading.Event(), []

    def update(self, now, share=1.0):
        self.begun.set()
        self.go.wait(10)
        try:
            super().update(now, share)
        except Exception as problem:
            self.wrong.append(problem)


async def test_who_ends_in_the_middle_of_a_change_lets_the_lock_go_after_it():
    island = await Island.make(Slowly)
    ticking = asyncio.create_task(island.tick(clock.now()))
    await asyncio.to_thread(Slowly.begun.wait, 10)
    ticking.cancel()
    await asyncio.sleep(0.05)
    assert not ticking.done(), "the thread is still at it"
    Slowly.go.set()

    with pytest.raises(asyncio.CancelledError):
        await ticking
    assert not Slowly.wrong
    island.close()
