"""A stranger's bytes as Python objects, or Unreadable: JSON and XML, bounded before they are built.

Zip, msgpack, pickle and every other format are not read at all.
"""

import io
import json
import math
import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from data._errors import Unreadable

DEEPEST = 50  # levels of one thing inside another
MOST = 200_000  # elements of XML, counted by where they end
MOST_JSON = 400_000  # commas and brackets of JSON
DIGITS = 20  # of a whole number
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|\A<(head|body|script|meta)\b", re.IGNORECASE)
ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
ALL_BUT_QUOTES = bytes(set(ALL_BUT_BRACKETS) - set(b'"'))  # and brackets


def kind(body: bytes) -> str:
    """What it looks like: ``json``, ``xml``, ``page`` (HTML) or ``text``, by its start."""
    head = body[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] in (b"{", b"["):
        return "json"
    if head[:1] == b"<":
        return "page" if PAGE.search(head) else "xml"
    return "text"


def load_json(body: bytes) -> object:
    """What the JSON says. Raises Unreadable on anything that is not plain, unambiguous JSON.

    Refused are other charsets than UTF-8, NaN and Infinity, numbers too large for a float, whole
    numbers over 20 digits, a key twice in one object, over 50 levels and over 400,000 values.
    """
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_JSON:
        raise Unreadable(f"JSON of more than {MOST_JSON:,} values")
    if _levels(body) > DEEPEST:
        raise Unreadable(f"JSON of more than {DEEPEST} levels")
    try:
        return json.loads(
            text(body),
            strict=False,  # a raw line break in a string is a portal's slip; NUL is not let in
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_float=_float,
            parse_int=_int,
        )
    except (ValueError, RecursionError) as error:
        said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise Unreadable(f"not JSON: {said}"[:200]) from None


def load_xml(body: bytes) -> dict:
    """``{root: content}``: an element with children is a dict, a repeated child a list, else text.

    Attributes and namespaces are left out. Raises Unreadable on a DTD, on what is not well formed,
    over 50 levels and over 200,000 elements.
    """
    text(body)
    too_much = Unreadable(f"XML of more than {DEEPEST} levels or {MOST:,} elements")
    if body.count(b"</") + body.count(b"/>") > MOST:
        raise too_much
    depth = 0
    try:
        parsed = iterparse(io.BytesIO(body), ("start", "end"), forbid_dtd=True)
        for event, _ in parsed:
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise too_much
    except DefusedXmlException as error:
        raise Unreadable(f"XML with {type(error).__name__.removesuffix('Forbidden')}") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"not XML: {error}"[:200]) from None
    return {_tag(parsed.root): _content(parsed.root)}


def text(body: bytes) -> str:
    """The body as text. Raises Unreadable when it is empty, not UTF-8 or has NUL in it."""
    if not body.strip():
        raise Unreadable("an empty answer")
    if b"\0" in body:
        raise Unreadable("NUL bytes in the answer")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("the answer is not UTF-8") from None


def _levels(body: bytes) -> int:
    """How deep its brackets nest, counted no further than needed: peel off the innermost ones."""
    if b"\\" not in body:  # then whether a bracket is in a string is told by the quotes before it
        body = body.translate(None, ALL_BUT_QUOTES).replace(b'""', b"")
    left = STRING.sub(b"", body).translate(None, ALL_BUT_BRACKETS)
    levels = 0
    while left and levels <= DEEPEST:
        left, before = left.replace(b"[]", b"").replace(b"{}", b""), left
        if left == before:
            break  # unbalanced: the parser will say so
        levels += 1
    return levels


def _object(pairs: list[tuple[str, object]]) -> dict:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice in one object")
    return made


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number too large")
    return value


def _int(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError(f"a whole number of {len(digits)} digits")
    return int(digits)


def _tag(element) -> str:
    return element.tag.rpartition("}")[2]


def _content(element) -> object:
    if not len(element):
        return (element.text or "").strip()
    made: dict = {}
    for child in element:
        tag, content = _tag(child), _content(child)
        if tag in made:
            if not isinstance(made[tag], list):
                made[tag] = [made[tag]]
            made[tag].append(content)
        else:
            made[tag] = content
    return made
