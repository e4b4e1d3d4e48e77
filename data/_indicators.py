"""What each indicator is and what it should become: ``indicators/*.toml``, one file a theme.

Their values by year are the feed ``indicators``.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("indicators")
MARKS = ("found", "known", "estimate")  # read in a source, known from memory, ours


@dataclass(frozen=True)
class Target:
    """What the value should be at the end of a year; ``mark`` is one of MARKS."""

    value: float
    year: int
    mark: str


@dataclass(frozen=True)
class Indicator:
    """One indicator; texts are by language, ``ko`` and ``en``.

    Attributes:
        id: ``"I01"`` on.
        unit: may be empty.
        better: ``up`` or ``down``.
        question: for people to guess the newest value.
        guess: whether it may be asked as a game; never a grave matter.
        note: how the values were found, for analysts; in English, may be empty.
    """

    id: str
    theme: dict[str, str]
    name: dict[str, str]
    unit: dict[str, str]
    better: str
    target: Target
    question: dict[str, str]
    guess: bool
    note: str

    def said(self, part: str, language: str) -> str:
        """Its theme, name, unit or question; in English for every language but Korean."""
        return getattr(self, part)["ko" if language == "ko" else "en"]


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by id, in the order of the themes and the files.

    Raises ValueError for a mark or direction that is none.
    """
    themes = [tomllib.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.toml")]
    made = {}
    for told in sorted(themes, key=lambda told: told.pop("order")):
        theme = told.pop("theme")
        for name, one in told.items():
            one["target"] = Target(**one["target"])
            made[name] = Indicator(id=name, theme=theme, **one)
    for one in made.values():
        if one.target.mark not in MARKS or one.better not in ("up", "down"):
            raise ValueError(f"{one.id}: better is up or down, mark one of {', '.join(MARKS)}")
    return made
