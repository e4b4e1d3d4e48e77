"""The house rules, checked by reading the code."""

import ast
import io
import re
import sys
import tokenize
from pathlib import Path

import pytest

from apps.cards import cards
from data import feeds
from layers import layers

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"data": {"data"}, "layers": {"data", "layers"}, "apps": {"data", "layers", "apps"}}
NO_PICTURES = {"panel", "bokeh", "holoviews", "geoviews", "hvplot"}  # data/ stays plain
FORBIDDEN = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "imp"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "common",
    "misc",
    "base",
}
ALIASES = {
    "numpy": "np", "pandas": "pd", "geopandas": "gpd", "xarray": "xr", "holoviews": "hv",
    "geoviews": "gv", "panel": "pn",
}  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION = 200, 60
FILES = [p for room in MAY_IMPORT for p in sorted((ROOT / room).rglob("*.py"))]
WRITTEN = [
    p
    for place in (*MAY_IMPORT, "tests", "notebooks")
    for p in sorted((ROOT / place).rglob("*"))
    if p.suffix in {".py", ".js", ".css", ".html", ".toml", ".ipynb"} and p.name != "test_rooms.py"
]
named = {"ids": lambda p: str(p.relative_to(ROOT))}
every_file = pytest.mark.parametrize("path", FILES, **named)
every_written = pytest.mark.parametrize("path", WRITTEN, **named)


def tree(path):
    return ast.parse(path.read_text("utf-8"))


def imports(path):
    """(module, name) of every import, wherever in the file it stands; name is "" for a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "write imports in full: from data import …"
            yield from ((node.module, a.name) for a in node.names)
        elif isinstance(node, ast.Import):
            yield from ((a.name, "") for a in node.names)


def module_file(name):
    return (ROOT / name.replace(".", "/")).with_suffix(".py")


def home_of(path):
    return ".".join(path.relative_to(ROOT).parent.parts)


@every_file
def test_imports_point_down(path):
    room = home_of(path).split(".")[0]
    for module, _ in imports(path):
        top = module.split(".")[0]
        assert top not in MAY_IMPORT or top in MAY_IMPORT[room], f"{room} may not import {module}"
        assert room != "data" or top not in NO_PICTURES, "data/ can be used without a screen"


@every_file
def test_things_never_import_things_and_private_files_stay_at_home(path):
    home = home_of(path)
    for module, name in imports(path):
        for file in (module, f"{module}.{name}"):
            if file.split(".")[0] not in MAY_IMPORT or not module_file(file).exists():
                continue
            folder, _, last = file.rpartition(".")
            assert last.startswith("_"), f"{file} is a thing: read its frame, do not import it"
            assert home == folder or home.startswith(f"{folder}."), f"{file} is private to {folder}"


@every_file
def test_is_short_and_says_what_it_is(path):
    text = path.read_text("utf-8")

    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= LONGEST_FILE


@every_file
def test_functions_are_short(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


@every_file
def test_nothing_runs_text_or_unpickles(path):
    for module, _ in imports(path):
        assert module.split(".")[0] not in FORBIDDEN
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in RUNS_TEXT, f"line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"read_pickle", "to_pickle"}, f"line {node.lineno}"
        if isinstance(node, ast.keyword) and node.arg in {"shell", "allow_pickle"}:
            assert getattr(node.value, "value", True) is False, f"line {node.value.lineno}"


@every_file
def test_no_error_is_swallowed_unseen(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: say which error"


@every_file
def test_only_the_usual_short_names(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                assert alias.asname == ALIASES.get(alias.name), f"line {node.lineno}"


@every_written
def test_names_no_place_on_one_machine_and_leaves_nothing_open(path):
    text = path.read_text("utf-8")

    assert not re.search(r"""["'\s(=](/(home|root|Users|work|tmp|opt|mnt)/|[A-Z]:\\)""", text)
    assert "FIXME" not in text and "lorem ipsum" not in text.lower()
    if path.suffix == ".py":
        spoken = tokenize.generate_tokens(io.StringIO(text).readline)
        open_ends = [t.line for t in spoken if t.type == tokenize.COMMENT and "TODO" in t.string]
        assert not open_ends
    else:
        assert "TODO" not in text


@pytest.mark.parametrize("kind", [*layers, *cards, *map(type, feeds)], ids=lambda c: c.__name__)
def test_every_parameter_says_what_it_is(kind):
    silent = [n for n in kind.param if n != "name" and not kind.param[n].doc]

    assert not silent


@pytest.mark.parametrize("kind", [*layers, *cards, *map(type, feeds)], ids=lambda c: c.__name__)
def test_inheritance_is_two_deep(kind):
    ours = [c for c in kind.__mro__ if c.__module__.split(".")[0] in MAY_IMPORT]

    assert len(ours) <= 3, ours  # the thing, its kind, and Reader


def test_no_file_is_named_for_nothing():
    stems = {p.stem.strip("_") for p in WRITTEN} | {p.parent.name for p in WRITTEN}

    assert not stems & SAYS_NOTHING


def test_no_page_hides_a_module():
    """A page's folder may come first on sys.path while it runs."""
    pages = {p.stem for p in (ROOT / "apps").iterdir()}

    assert not pages & (set(sys.stdlib_module_names) | set(MAY_IMPORT))


def test_no_folder_of_tests_or_notebooks_hides_a_room():
    for place in ("tests", "notebooks"):
        assert not {p.stem for p in (ROOT / place).iterdir()} & set(MAY_IMPORT)
    assert not list((ROOT / "tests").rglob("__init__.py"))
