"""The house style, as ruff reads it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("order", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_has_nothing_to_say(order):
    ruff = [sys.executable, "-m", "ruff", *order, "--no-cache", "--quiet", str(ROOT)]
    told = subprocess.run(ruff, capture_output=True, text=True)

    assert told.returncode == 0, told.stdout + told.stderr
