"""A server on 127.0.0.1 that misbehaves: one coroutine a misbehaviour, chosen by ``behaviour``.

It answers every address alike and speaks raw bytes, so that it may also speak no HTTP at all.
"""

import asyncio
import functools
import gzip
import itertools
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

MB = 2**20
STEP = 0.05  # seconds between two bytes of a drip
GOOD = b'{"S":{"list_total_count":1,"RESULT":{"CODE":"INFO-000","MESSAGE":"x"},"row":[{"a":1}]}}'
ROOT = b'<?xml version="1.0"?>'
KEY_ERROR = b"<RESULT><CODE>INFO-100</CODE><MESSAGE>key</MESSAGE></RESULT>"
CP949 = GOOD.replace(b'"x"', '"정상"'.encode("cp949"))

Send = Callable[[bytes], Awaitable[None]]
BEHAVIOURS: dict[str, Callable] = {}


class Hostile:
    """The server while it runs.

    Attributes:
        address: its ``http://127.0.0.1:port``.
        behaviour: what it does to the next request, a name of BEHAVIOURS.
        asked: the request lines it got.
        said: the whole heads of the requests.
        together: the most requests it had open at one time.
    """

    def __init__(self):
        self.address, self.behaviour = "", "good"
        self.asked: list[str] = []
        self.said: list[bytes] = []
        self.open = self.together = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: the head of a request, then the misbehaviour, then the end of it."""

        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            self.asked.append(head.split(b"\r\n")[0].decode())
            self.said.append(head)
            self.open += 1
            self.together = max(self.together, self.open)
            try:
                await BEHAVIOURS[self.behaviour](send, self)
            finally:
                self.open -= 1
                writer.transport.abort() if self.behaviour in ABORT else writer.close()


ABORT = {"close_at_once", "close_mid_body"}


@asynccontextmanager
async def hostile(behaviour: str = "good") -> AsyncIterator[Hostile]:
    """The server, up; everything it still drips into is cut when the test is done."""
    city, tasks = Hostile(), set()
    city.behaviour = behaviour

    async def serve(reader, writer):
        tasks.add(task := asyncio.current_task())
        with suppress(asyncio.CancelledError):  # the test is done
            await city.serve(reader, writer)
        tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    city.address = "http://{}:{}".format(*server.sockets[0].getsockname())
    try:
        yield city
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def behaviour(function: Callable) -> Callable:
    BEHAVIOURS[function.__name__] = function
    return function


def head(*headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *headers, "", ""]).encode()


def says(name: str, body: bytes, *headers: str, status: str = "200 OK") -> None:
    """A misbehaviour that is all in one answer."""

    async def answer(send: Send, city: Hostile) -> None:
        await send(head(f"Content-Length: {len(body)}", *headers, status=status) + body)

    BEHAVIOURS[name] = answer


# Answers that are wrong in what they say

says("good", GOOD)
says("html", "<!DOCTYPE html><html><body>시스템 점검중입니다</body></html>".encode())
says("gateway", b"<html><head><title>502 Bad Gateway</title></head></html>", status="502 Bad")
says(
    "captcha", "<html><body>자동 입력 방지 문자를 넣으세요 <img id=captcha></body></html>".encode()
)
says("empty", b"")
says("blank", b" \r\n")
says("no_content", b"", status="204 No Content")
says("cp949", CP949, "Content-Type: application/json; charset=utf-8")
says("wrong_key_in_xml", KEY_ERROR, "Content-Type: application/json")
says("unauthorized", b"no", status="401 Unauthorized")
says("forbidden", b"no", status="403 Forbidden")
says("too_many", b"", "Retry-After: 999999999", status="429 Too Many Requests")
says("broken_server", b"Internal Server Error", status="500 Oops")
says("error_500", b'{"RESULT.CODE":"ERROR-500","RESULT.MESSAGE":"x"}', status="500 Oops")
says("deep_json", b"[" * 100_000 + b"]" * 100_000)
says("unclosed_json", b"[" * 2_000_000)
says("deep_objects", b'{"a":' * 20_000 + b"1" + b"}" * 20_000)
says("long_integer", GOOD.replace(b"1}", b"9" * 10_000 + b"}"))
says("not_a_number", GOOD.replace(b"1}", b"NaN}"))
says("infinite", GOOD.replace(b"1}", b"1e400}"))
says("twice_a_key", GOOD.replace(b'"a":1', b'"a":1,"a":2'))
says("many_objects", b"[" + b"{}," * 1_600_000 + b"{}]")
says("nul", GOOD.replace(b"x", b"\0"))
says("half_a_json", GOOD[:-9])
says("zip_file", b"PK\x03\x04\x14" + bytes(2000))
says("deep_xml", ROOT + b"<a>" * 300_000 + b"</a>" * 300_000)
says("many_elements", ROOT + b"<r>" + b"<a/>" * 1_000_000 + b"</r>")
says("half_an_xml", ROOT + b"<AccInfo><row><acc_id>1</acc_id>")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
says("billion_laughs", f'<!DOCTYPE z [<!ENTITY l0 "ha">{LAUGHS}]><z>&l9;</z>'.encode())
says("quadratic", b'<!DOCTYPE z [<!ENTITY a "%s">]><z>%s</z>' % (b"a" * 50_000, b"&a;" * 50_000))
says("outside_entity", b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><z>&x;</z>')
says("outside_dtd", b'<?xml version="1.0"?><!DOCTYPE z SYSTEM "http://127.0.0.1/z.dtd"><z/>')


@behaviour
async def repeats_the_key(send: Send, city: Hostile) -> None:
    """An error that quotes the whole request."""
    body = b'{"RESULT":{"CODE":"INFO-100","MESSAGE":"%s"}}' % city.asked[-1].encode()
    await send(head(f"Content-Length: {len(body)}") + body)


# Answers that are packed

says("double_gzip", gzip.compress(gzip.compress(GOOD)), "Content-Encoding: gzip, gzip")
says("gzip_in_gzip", gzip.compress(gzip.compress(GOOD)), "Content-Encoding: gzip")
says("gzip_unsaid", gzip.compress(GOOD))
says("gzip_that_is_none", GOOD, "Content-Encoding: gzip")
says("half_a_gzip", gzip.compress(GOOD)[:-12], "Content-Encoding: gzip")
says("two_gzips", gzip.compress(GOOD) * 2, "Content-Encoding: gzip")
says("brotli", b"\x0b\x02\x80abc\x03", "Content-Encoding: br")


@functools.cache
def bomb() -> bytes:
    """390 kB that are 400 MB."""
    pack = zlib.compressobj(9, wbits=31)
    return b"".join(pack.compress(bytes(MB)) for _ in range(400)) + pack.flush()


@behaviour
async def gzip_bomb(send: Send, city: Hostile) -> None:
    await send(head("Content-Encoding: gzip") + bomb())


# Redirects


def redirects(name: str, place: str) -> None:
    async def answer(send: Send, city: Hostile) -> None:
        where = place.format(address=city.address)
        await send(head(f"Location: {where}", "Content-Length: 0", status="302 Found"))

    BEHAVIOURS[name] = answer


redirects("redirect_inside", "{address}/secret")
redirects("redirect_metadata", "http://169.254.169.254/latest/meta-data/")
redirects("redirect_file", "file:///etc/passwd")
redirects("redirect_loop", "{address}/")

# Connections that go wrong


@behaviour
async def never(send: Send, city: Hostile) -> None:
    await asyncio.sleep(3600)


@behaviour
async def drip_headers(send: Send, city: Hostile) -> None:
    for byte in itertools.cycle(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 10_000):
        await send(bytes([byte]))
        await asyncio.sleep(STEP)


@behaviour
async def drip_body(send: Send, city: Hostile) -> None:
    await send(head("Content-Length: 100000"))
    while True:
        await send(b" ")
        await asyncio.sleep(STEP)


@behaviour
async def endless_headers(send: Send, city: Hostile) -> None:
    await send(b"HTTP/1.1 200 OK\r\n")
    for n in itertools.count():
        await send(b"X-%d: %s\r\n" % (n, b"a" * 4000))


@behaviour
async def endless_header(send: Send, city: Hostile) -> None:
    await send(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        await send(b"a" * 65_536)


@behaviour
async def endless_body(send: Send, city: Hostile) -> None:
    await send(head())
    while True:
        await send(b" " * 65_536)


@behaviour
async def endless_chunks(send: Send, city: Hostile) -> None:
    await send(head("Transfer-Encoding: chunked"))
    while True:
        await send(b"10000\r\n" + b" " * 65_536 + b"\r\n")


@behaviour
async def endless_nothing(send: Send, city: Hostile) -> None:
    """A gzip that goes on and on and never holds a byte."""
    await send(head("Content-Encoding: gzip") + b"\x1f\x8b\x08" + bytes(7))
    while True:
        await send(b"\x00\x00\x00\xff\xff" * 10_000)


@behaviour
async def says_it_is_huge(send: Send, city: Hostile) -> None:
    await send(head("Content-Length: 10000000000") + b"{")
    await asyncio.sleep(3600)


@behaviour
async def short_body(send: Send, city: Hostile) -> None:
    await send(head(f"Content-Length: {len(GOOD) + 100}") + GOOD)


@behaviour
async def long_body(send: Send, city: Hostile) -> None:
    await send(head(f"Content-Length: {len(GOOD) - 5}") + GOOD)


@behaviour
async def bad_length(send: Send, city: Hostile) -> None:
    await send(head("Content-Length: -5") + GOOD)


@behaviour
async def two_lengths(send: Send, city: Hostile) -> None:
    await send(head(f"Content-Length: {len(GOOD)}", "Content-Length: 3") + GOOD)


@behaviour
async def bad_chunk(send: Send, city: Hostile) -> None:
    await send(head("Transfer-Encoding: chunked") + b"zz\r\n" + GOOD)


@behaviour
async def close_at_once(send: Send, city: Hostile) -> None:
    """Not a byte."""


@behaviour
async def close_mid_body(send: Send, city: Hostile) -> None:
    await send(head("Transfer-Encoding: chunked") + b"20\r\n" + GOOD[:16])


@behaviour
async def garbage(send: Send, city: Hostile) -> None:
    await send(bytes(range(256)) * 64)


@behaviour
async def tls(send: Send, city: Hostile) -> None:
    """What a TLS server says to a plain request: an alert."""
    await send(b"\x15\x03\x03\x00\x02\x02\x46")


@behaviour
async def not_http(send: Send, city: Hostile) -> None:
    await send(b"220 mail.example ESMTP ready\r\n")
