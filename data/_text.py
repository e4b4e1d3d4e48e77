"""Text, ids and links from strangers, made harmless as they come in."""

import html
import math
import re
import unicodedata
from collections.abc import Collection
from urllib.parse import urlsplit

import nh3
import numpy as np

BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]{0,80}>|\r\n?|[\u2028\u2029]", re.IGNORECASE)
ACTIVE = str.maketrans("<＜﹤>＞﹥", "‹‹‹›››")
ROUNDS = 8  # how often a text may have been escaped


def plain(text: object, limit: int = 300) -> str:
    """The text without markup, entities, control, bidi and zero-width characters, NFC.

    Line breaks stay, each as one; spaces are single. Angle brackets come out as ‹ and ›: no string
    of a frame can open a tag. Longer than ``limit`` ends in …; what is not text or a number is "".
    """
    if not isinstance(text, str):
        return code(text)
    if text.isascii() and text.isalnum():
        return text if len(text) <= limit else _cut(text, limit)
    text = text[: 20 * limit]
    for _ in range(ROUNDS):
        text, before = html.unescape(text), text
        if text == before:
            break
    text = BREAK.sub("\n", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    if "<" in text:
        text = html.unescape(nh3.clean(text, tags=set()))
    text = unicodedata.normalize("NFC", text).translate(ACTIVE)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _cut("\n".join(line for line in lines if line), limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def link(text: object, hosts: Collection[str]) -> str:
    """The address if it is https to one of those hosts, on its usual port; else ""."""
    if not isinstance(text, str) or not (text := text.strip()).isascii() or len(text) > 2000:
        return ""
    if not text.isprintable() or set(text) & set(' "<>\\^`{|}'):
        return ""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return ""
    usual = parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc
    return text if usual and parts.hostname in hosts else ""


def code(value: object) -> str:
    """An id as text: ``1002.0`` is "1002", ``01009`` keeps its zero, missing is ""."""
    if isinstance(value, bool | np.bool):
        return ""
    if isinstance(value, int | float | np.number):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value == int(value) else str(value)
    if not isinstance(value, str):
        return ""
    text = plain(value, 100)
    whole, _, rest = text.partition(".")
    return whole if whole.isdigit() and rest and not rest.strip("0") else text
