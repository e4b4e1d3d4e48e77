"""One place names each version; everything imported is declared; the locks hold no host."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from data._portals import PORTALS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CORE = PROJECT["project"]["dependencies"]
GROUPS = PROJECT["project"]["optional-dependencies"]
LOCKS = {"requirements.txt": CORE, "requirements-test.txt": [*CORE, *GROUPS["test"]]}
OURS = {"apps", "data", "layers", "tests"}


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements):
    return {plain(n): v for n, v in (r.split("==") for r in requirements)}


def locked(name):
    """(package, version) -> how many hashes it has."""
    text = (ROOT / name).read_text("utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    heads = (re.match(r"([\w.-]+)==(\S+)", b).groups() for b in blocks)
    return {
        (plain(n), v): b.count("--hash=sha256:") for (n, v), b in zip(heads, blocks, strict=True)
    }


def imported(*places):
    """Names of other people's modules that the code there imports."""
    found = set()
    for path in (p for place in places for p in (ROOT / place).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                found.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                found |= {a.name.split(".")[0] for a in node.names}
    return found - OURS - set(sys.stdlib_module_names)


def undeclared(modules, requirements):
    brought_by = packages_distributions()
    declared = set(pins(requirements))
    return {m for m in modules if not {plain(d) for d in brought_by.get(m, [])} & declared}


@pytest.mark.parametrize("group", [CORE, *GROUPS.values(), PROJECT["build-system"]["requires"]])
def test_direct_dependencies_are_exact_and_in_order(group):
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", r) for r in group)
    names = [requirement.partition("==")[0] for requirement in group]
    assert names == sorted(names)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_what_the_project_names_with_hashes(lock):
    held = locked(lock)

    assert set(pins(LOCKS[lock]).items()) <= set(held)
    assert all(held.values())


def test_tests_run_on_what_is_served():
    assert set(locked("requirements.txt")) <= set(locked("requirements-test.txt"))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host(lock):
    text = (ROOT / lock).read_text("utf-8")

    assert not re.search(r"://|--(extra-)?index-url|--find-links|\s@\s", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_this_environment_is_the_locked_one(lock):
    from importlib.metadata import PackageNotFoundError, version

    here, there = {}, {}
    for name, pinned in pins(LOCKS[lock]).items():
        there[name] = pinned
        try:
            here[name] = version(name)
        except PackageNotFoundError:
            here[name] = None

    assert here == there


def test_conda_describes_the_same_environment_and_repeats_no_version():
    text = (ROOT / "environment.yml").read_text("utf-8")
    listed = [line.strip(" -") for line in text.splitlines() if line.startswith("  - ")]

    assert listed == [
        "conda-forge",
        f"python{PROJECT['project']['requires-python']}",
        "pip",
        "pip:",
    ]
    assert re.findall(r"^      - (.*)$", text, re.M) == ["-r requirements.txt"]
    assert f"name: {PROJECT['project']['name']}\n" in text


def test_the_city_imports_only_what_is_declared():
    assert not undeclared(imported("data", "layers", "apps"), [*CORE, *GROUPS["scale"]])


def test_the_tests_import_only_what_is_declared():
    assert not undeclared(imported("tests"), LOCKS["requirements-test.txt"])


def test_everything_declared_is_used():
    """A package nobody imports is a package to keep safe for nothing."""
    used = {plain(d) for m in imported(*OURS) for d in packages_distributions().get(m, [])}
    run_by_name = {"nbmake", "ipykernel", "ruff", "pytest-asyncio", "schemathesis"}

    assert set(pins(LOCKS["requirements-test.txt"])) <= used | run_by_name


def test_the_start_script_knows_every_key():
    script = (ROOT / "panel_serve.sh").read_text("utf-8")
    [keys] = re.findall(r'^KEYS="([^"]*)"$', script, re.M)

    assert keys.replace("\\\n", "").split() == [
        p.where if p.keyless else p.key for p in PORTALS.values()
    ]


def test_the_example_names_every_setting_of_the_portals():
    example = re.findall(r"^#(\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.M)
    wanted = {n for p in PORTALS.values() for n in (p.key, p.where) if n}

    assert wanted <= set(example)
    assert len(example) == len(set(example))
