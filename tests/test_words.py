"""Every text a screen says is there in Korean, and nothing is translated that nobody says."""

import ast
import re
import string
from pathlib import Path

import pytest
from jinja2 import nodes

from apps._page import Shown, pages
from apps.cards._fragment import environment
from data import _words, feeds, languages, say, words

ROOT = Path(__file__).parents[1]
CODE = [p for room in ("data", "layers", "apps") for p in sorted((ROOT / room).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "apps" / "templates").rglob("*.html"))
SAYS = {"say", "_"}
SIGNS = (
    r"PM|NO₂|O₃|CO|SO₂|CAI|CCTV|KOGL|km/h|µg/m³|ppm|km²|mm|°C|m/s|&\w+;"  # not words of a language
)
translations = pytest.mark.parametrize("language", [x for x in languages() if x != "en"])
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)


def texts(value):
    """The texts an expression may be: a constant, or either branch of a choice."""
    match value:
        case ast.Constant(value=str(text)) | nodes.Const(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other) | nodes.CondExpr(expr1=one, expr2=other):
            return texts(one) | texts(other)
    return set()


def said_by_code(path):
    """Texts in say("…"), title = "…" of a class, and the label of a Column."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]):
                if name in SAYS:
                    found |= texts(first)
                elif name == "Column":
                    label = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "label")]
                    found |= texts(label[0]) if label else set()  # pn.Column has none
            case ast.ClassDef(body=body):
                for line in body:
                    match line:
                        case ast.Assign(targets=[ast.Name(id="title")], value=value):
                            found |= texts(value)
    return found - {""}


def said_by_template(path):
    """Texts in _("…") of a template."""
    found = set()
    for call in environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
        if getattr(call.node, "name", getattr(call.node, "attr", "")) in SAYS and call.args:
            found |= texts(call.args[0])
    return found


def said():
    return set().union(*map(said_by_code, CODE), *map(said_by_template, TEMPLATES))


def mentioned():
    """Every string constant anywhere: what may be said by way of a variable."""
    found = set()
    for path in CODE:
        tree = ast.walk(ast.parse(path.read_text("utf-8")))
        found |= {n.value for n in tree if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    for path in TEMPLATES:
        tree = environment().parse(path.read_text("utf-8"))
        found |= {c.value for c in tree.find_all(nodes.Const) if isinstance(c.value, str)}
    return found | {column.label for feed in feeds for column in feed.columns.values()}


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_everything_said_has_a_korean_word():
    assert not sorted(said() - set(words("ko")))


@translations
def test_no_word_is_empty_or_left_over(language):
    there = words(language)

    assert all(text.strip() for text in there.values())
    assert not sorted(set(there) - mentioned())


@translations
def test_a_word_has_the_places_of_its_english(language):
    wrong = {k: v for k, v in words(language).items() if places(k) != places(v)}

    assert not wrong


def test_english_of_one_is_singular():
    assert say("{n} incidents", n=1) == say("{n} incidents", n="1") == "1 incident"
    assert say("stops", n=1) == "stop"
    assert [say("{n} incidents", n=n) for n in (0, 2, "–")] == [
        "0 incidents", "2 incidents", "– incidents",
    ]  # fmt: skip
    assert say("stops") == "stops"
    assert say("stops", "ko", n=1) == say("stops", "ko", n=2) == "역 전"
    assert languages().count("en") == 1


def test_a_singular_is_of_something_said_and_has_its_places():
    ones = words("en")

    assert not sorted(set(ones) - set(words("ko")))
    assert not {k: v for k, v in ones.items() if places(k) != places(v) or k == v}


def test_keys_are_english():
    assert not [t for t in said() if re.search(r"[가-힣]", t)]


@pytest.mark.parametrize("name", dir(pages))
def test_nothing_is_missing_when_a_page_is_built(name, full, monkeypatch):
    """Also what is said by way of a variable."""
    missing = set()

    class Told(dict):
        def get(self, key, default=None):
            if key not in self:
                missing.add(key)
            return super().get(key, default)

    there = Told(words("ko"))
    monkeypatch.setattr(_words, "words", lambda language: there if language == "ko" else {})
    for station in pages[name].stations or [""]:
        Shown(name, "ko", station)

    assert not {m for m in missing if re.search("[A-Za-z]{2}", m)}


@every_template
def test_a_template_writes_no_text_of_its_own(path):
    source = re.sub(r"(?s)<!--.*?-->|<(script|style)\b.*?</\1>", "", path.read_text("utf-8"))
    literal = "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\x00"
        for output in environment().parse(source).find_all(nodes.Output)
        for part in output.nodes
    )
    spoken = re.findall(r'(?:alt|aria-label|title|placeholder)="([^"\x00]+)"', literal)
    shown = re.sub(r"(?s)<[^>]*>", "", literal)

    assert not re.findall(r"[A-Za-z가-힣]{2,}", re.sub(SIGNS, "", " ".join([shown, *spoken])))


def test_a_script_writes_no_text_of_its_own():
    for path in (ROOT / "apps").rglob("*.js"):
        code = re.sub(r"(?m)//.*$|/\*.*?\*/", "", path.read_text("utf-8"))
        assert not re.search(r"[가-힣]", code), path.name


def test_a_missing_word_stays_english():
    assert say("Never translated", "ko") == "Never translated"
