"""Bokeh's messages as bytes of a websocket, made once and written to any number of viewers.

Packed is permessage-deflate (RFC 7692), each frame by itself: it fits any viewer who takes it.
"""

import json
import struct
import zlib

from bokeh.protocol.message import Message

from apps._stream import Block

TAIL = b"\x00\x00\xff\xff"  # of a flush; left out on the wire
SMALL = 64  # bytes not worth packing


def frame(payload: bytes, *, binary: bool = False) -> Block:
    """One unmasked websocket frame, as a server sends it (RFC 6455 §5.2)."""
    code = 0x82 if binary else 0x81
    plain = _frame(code, payload)
    if len(payload) < SMALL:
        return Block(plain, plain)
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = (deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH)).removesuffix(TAIL)
    return Block(plain, _frame(code | 0x40, packed))


def _frame(code: int, payload: bytes) -> bytes:
    size, head = len(payload), bytes([code])
    if size < 126:
        return head + bytes([size]) + payload
    if size < 1 << 16:
        return head + struct.pack("!BH", 126, size) + payload
    return head + struct.pack("!BQ", 127, size) + payload


def body(message: Message) -> Block:
    """A message without its header: metadata, content and buffers, framed."""
    parts = [frame(message.metadata_json.encode()), frame(message.content_json.encode())]
    for buffer in message.buffers:
        parts.append(frame(json.dumps(buffer.ref).encode()))
        parts.append(frame(buffer.to_bytes(), binary=True))
    return _together(parts)


def framed(message: Message) -> Block:
    """A whole message."""
    return _together([frame(message.header_json.encode()), body(message)])


def pull_header(request: str, buffers: int) -> Block:
    """The header of the document as an answer to one request; what follows is everybody's."""
    header = {"msgid": request, "msgtype": "PULL-DOC-REPLY", "reqid": request}
    return frame(json.dumps(header | {"num_buffers": buffers}).encode())


def _together(parts: list[Block]) -> Block:
    return Block(b"".join(p.plain for p in parts), b"".join(p.packed for p in parts))
