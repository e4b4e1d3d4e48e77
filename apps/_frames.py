"""Bokeh's messages as bytes of a websocket, made once and written to any number of viewers."""

import json
import struct

from bokeh.protocol.message import Message


def frame(payload: bytes, *, binary: bool = False) -> bytes:
    """One unmasked websocket frame, as a server sends it (RFC 6455 §5.2)."""
    size = len(payload)
    head = bytes([0x82 if binary else 0x81])
    if size < 126:
        return head + bytes([size]) + payload
    if size < 1 << 16:
        return head + struct.pack("!BH", 126, size) + payload
    return head + struct.pack("!BQ", 127, size) + payload


def body(message: Message) -> bytes:
    """A message without its header: metadata, content and buffers, framed."""
    parts = [frame(message.metadata_json.encode()), frame(message.content_json.encode())]
    for buffer in message.buffers:
        parts.append(frame(json.dumps(buffer.ref).encode()))
        parts.append(frame(buffer.to_bytes(), binary=True))
    return b"".join(parts)


def framed(message: Message) -> bytes:
    """A whole message."""
    return frame(message.header_json.encode()) + body(message)


def pull_reply(request: str, buffers: int, rest: bytes) -> bytes:
    """The document as an answer to one request; only the header is its own."""
    header = {"msgid": request, "msgtype": "PULL-DOC-REPLY", "reqid": request}
    return frame(json.dumps(header | {"num_buffers": buffers}).encode()) + rest
