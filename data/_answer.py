"""What is taken of an HTTP answer: a bounded body, decoded once, and no status that is none."""

import io
import zlib
from collections.abc import Mapping

import aiohttp
from PIL import Image

from data._budget import LONGEST
from data._errors import Refused, Unreachable, Unreadable
from data._strict import kind

GZIP = b"\x1f\x8b"
PIXELS = 4000 * 3000


class Again(Unreachable):
    """Unreachable in a way that may be gone in a moment."""


async def taken(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The body, unless the status alone says that it is none."""
    status = answer.status
    if 300 <= status < 400:
        raise Refused(f"HTTP {status}: a redirect, which is not followed")
    if status == 429:
        raise Refused("HTTP 429: too many requests", wait=_wait(answer.headers))
    if 400 <= status < 500:
        raise Refused(f"HTTP {status}")
    body = await _decoded(answer, most)
    if status >= 500 and kind(body) not in ("json", "xml"):  # else the body says what is wrong
        raise Again(f"HTTP {status}")
    return body


async def _decoded(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The bytes behind at most one gzip, never more of them than ``most`` in memory."""
    coding = ",".join(answer.headers.getall("Content-Encoding", [])).strip().lower()
    if coding not in ("", "identity", "gzip"):
        raise Unreadable("the answer is encoded in a way we did not ask for")
    unzip = zlib.decompressobj(wbits=31) if coding == "gzip" else None
    body, came = bytearray(), answer.content_length or 0
    too_much = Unreadable(f"the answer is larger than {most / 2**20:g} MB")
    if came > most:
        raise too_much
    came = 0
    async for chunk in answer.content.iter_any():
        came += len(chunk)
        try:
            body += unzip.decompress(chunk, most - len(body) + 1) if unzip else chunk
        except zlib.error:
            raise Unreadable("the answer is not the gzip it says") from None
        if len(body) > most or came > most:
            raise too_much
    if unzip and not unzip.eof:
        raise Again("the answer ended early")
    if body.startswith(GZIP) or (unzip and unzip.unused_data):
        raise Unreadable("the answer is compressed twice")
    return bytes(body)


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for, from 1 to 3600; None when it does not say."""
    said = headers.get("Retry-After", "").strip()
    if not (said.isascii() and said.isdigit()):
        return LONGEST if said else None
    return min(max(float(said[:10]), 1.0), LONGEST)


def check_picture(body: bytes) -> None:
    """Raises Unreadable when the bytes are not one whole JPEG of a size a screen can show."""
    try:
        with Image.open(io.BytesIO(body), formats=("JPEG",)) as picture:
            if picture.width * picture.height > PIXELS:
                raise Unreadable(f"a picture of {picture.width} x {picture.height}")
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Unreadable("no JPEG, or not a whole one") from None
