"""The one place that takes keys and addresses out of what is said or kept."""

import re
from urllib.parse import quote, unquote

from data._portals import secrets

ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s'\"<>]+", re.IGNORECASE)
LEAST = 6  # characters: a shorter word is no key, and would spoil ordinary text


def _keys() -> set[str]:
    told = {form for key in secrets() for form in (key, quote(key, safe=""), unquote(key))}
    return {form for form in told if len(form) >= LEAST}


def redact(text: str) -> str:
    """The text without any of our keys, as written or percent-encoded, and without addresses."""
    text = ADDRESS.sub("(address)", text)
    for key in _keys():
        text = text.replace(key, "KEY")
    return text


def redacted(body: bytes) -> bytes:
    """A body that repeats our key to us, without it."""
    for key in _keys():
        body = body.replace(key.encode(), b"KEY")
    return body
