"""Somebody adds a feed, a layer and a card as the documents say: one new file each."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"`((?:data|layers|apps)/[\w/]+\.py)`[^`]*?\n\n```python\n(.*?)```", re.DOTALL)
GAUGE = '{"RAINGAUGE_CODE": %s, "GU_NAME": "%s", "RAINFALL10": "%s", "RECEIVE_TIME": "%s"}'
GAUGES = [
    (1001.0, "종로구", "4.5", "2022-08-08 20:09"),
    (1002.0, "강남구", "14", "2022-08-08 20:09"),
    (1003.0, "노원구", "-", "2022-08-08 19:19"),
]
ROWS = ", ".join(GAUGE % gauge for gauge in GAUGES)
SAID = '"RESULT": {"CODE": "INFO-000", "MESSAGE": ""}'
REPLY = f'{{"ListRainfallService": {{"list_total_count": 3, {SAID}, "row": [{ROWS}]}}}}'
SEEN = """
import asyncio
from datetime import datetime
from bokeh.document import Document
from apps._map import Map
from apps._page import Shown
from data import ZONE, clock, feeds
from layers import elements

clock.set(datetime(2022, 8, 8, 20, 10, tzinfo=ZONE), 0)
before = Shown("wall", "ko").html()
for name in ("districts", "outline"):
    asyncio.run(feeds[name].refresh())
rain = feeds.rainfall
asyncio.run(rain.take(rain.read([(rain.url, REPLY.encode())]), practice=True))
print(rain.frame["rain"].tolist())
shown = Shown("mobile", "ko").fragments()["rainfall_most"]
print("14.0" in shown, "강남구" in shown, "20:09" in shown, "rainfall_most" in before)
drawn = Map("wall", "ko", "dark", False, "")
drawn.build(document := Document())
(disc,) = [r for r in document.roots[0].renderers if "rainfall_dots" in r.tags]
print(list(map(float, disc.data_source.data["size"])), rain.name in dir(feeds))
"""


def told(name):
    """The files a document shows, by their path."""
    return dict(BLOCK.findall((ROOT / name).read_text("utf-8")))


@pytest.fixture
def tree(tmp_path):
    """The three rooms as they are, in another place."""
    for room in ("data", "layers", "apps"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_one_new_file_each_is_enough(tree):
    files = told("CONTRIBUTING.md") | told("README.md")
    assert set(files) == {
        "data/rainfall.py",
        "layers/rainfall_dots.py",
        "apps/cards/rainfall_most.py",
    }
    for path, code in files.items():
        assert not (tree / path).exists()
        (tree / path).write_text(code, "utf-8")

    seen = subprocess.run(
        [sys.executable, "-c", f"REPLY = {REPLY!r}\n{SEEN}"],
        cwd=tree, capture_output=True, text=True, env={"PYTHONPATH": str(tree), "PATH": "/usr/bin"},
    )  # fmt: skip

    assert seen.stdout.splitlines() == [
        "[4.5, 14.0, nan]",
        "True True True True",
        "[13.5, 42.0] True",
    ], seen.stderr[-2000:]


def test_one_broken_file_costs_itself(tree):
    (tree / "layers" / "broken_dots.py").write_text("import nothing_of_that_name\n")
    (tree / "apps" / "cards" / "broken_most.py").write_text("1 / 0\n")

    seen = subprocess.run(
        [sys.executable, "-c", 'from apps._page import Shown; print(len(Shown("wall").html()))'],
        cwd=tree, capture_output=True, text=True, env={"PYTHONPATH": str(tree), "PATH": "/usr/bin"},
    )  # fmt: skip

    assert int(seen.stdout) > 10_000, seen.stderr[-2000:]
    assert "broken_most left out" in seen.stderr


WRONG = """
'''A layer that goes wrong, at once or later.'''
import holoviews as hv
from layers import Frame, Layer

class Dots(Layer):
    title, on = "Dots", {"city": 99}
    districts = Frame("districts")

    def draw(self):
        return hv.Points([(1.0, 2.0)] * (1 // (self.districts is %s)))
"""
DRAWN = """
import asyncio
from datetime import datetime, timedelta
from bokeh.document import Document
from apps._map import Map
from data import ZONE, clock, feeds

clock.set(datetime(2022, 8, 8, 20, 10, tzinfo=ZONE), 0)
asyncio.run(feeds.outline.refresh())
drawn = Map("wall", "ko", "dark", False, "")
drawn.build(document := Document())
wet = [r.data_source for r in document.roots[0].renderers if "river_area" in r.tags]
empty = [len(one.data["xs"]) for one in wet if "xs" in one.data]
for name in ("districts", "river"):
    asyncio.run(feeds[name].refresh())
for _ in range(2):
    drawn.update(clock.now())
full = [len(one.data["xs"]) for one in wet if "xs" in one.data]
print("at_once" in drawn.layers, "later" in drawn.layers, any(empty), any(full))
"""


def test_a_layer_that_goes_wrong_costs_itself_alone(tree):
    (tree / "layers" / "at_once.py").write_text(WRONG.strip() % "not None")
    (tree / "layers" / "later.py").write_text(WRONG.strip() % "None")

    seen = subprocess.run(
        [sys.executable, "-c", DRAWN],
        cwd=tree, capture_output=True, text=True, env={"PYTHONPATH": str(tree), "PATH": "/usr/bin"},
    )  # fmt: skip

    assert seen.stdout.split() == ["False", "True", "False", "True"], seen.stderr[-2000:]
    assert "layer at_once left out" in seen.stderr
    assert seen.stderr.count("layer later kept as it was") == 1


LATER = """
import asyncio
from datetime import datetime
from pathlib import Path
from data import Keeper, Poller, ZONE, clock, feeds

async def main():
    clock.set(datetime(2022, 8, 8, 20, 10, tzinfo=ZONE), 0)
    keeper, poller = Keeper(feeds), Poller(feeds)
    keeper.start()
    Path("data/rainfall.py").write_text(CODE, "utf-8")
    await poller.join()
    while "rainfall" not in poller.beats:
        await asyncio.sleep(0.01)
    await poller.stop()
    rain = feeds.rainfall
    keeper.write()
    await rain.take(rain.read([(rain.url, REPLY.encode())]), practice=True)
    keeper.stop()
    print(rain.problem, rain.at(clock.now())["rain"].tolist(), keeper.problem)

asyncio.run(main())
"""


def test_a_feed_that_comes_while_the_city_runs_is_asked_and_kept(tree, tmp_path):
    code = told("CONTRIBUTING.md")["data/rainfall.py"]
    asked = {"PYTHONPATH": str(tree), "PATH": "/usr/bin", "CITY_CACHE": str(tmp_path / "kept")}
    script = f"REPLY, CODE = {REPLY!r}, {code!r}\n{LATER}"
    seen = subprocess.run(
        [sys.executable, "-c", script], cwd=tree, capture_output=True, text=True, env=asked
    )

    assert seen.stdout.splitlines() == ["None [4.5, 14.0, nan] "], seen.stderr[-2000:]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_it_shows_is_in_the_style_of_the_house(name, tmp_path):
    for path, code in told(name).items():
        file = tmp_path / Path(path).name
        file.write_text(code, "utf-8")
        ruff = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml")]
        found = subprocess.run([*ruff, str(file)], capture_output=True, text=True)

        assert found.returncode == 0, found.stdout
