"""The systems of a city like Seoul: our own catalogue, ``systems.csv``, whose head says so."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data._places import table

FILE = Path(__file__).with_name("systems.csv")
KINDS = ("live", "daily", "monthly", "register")


@dataclass(frozen=True)
class System:
    """One system; what has ``_ko`` and ``_en`` is in Korean and in English.

    Attributes:
        id: ours, ``"S001"`` on.
        what: what it tells, as short as a label.
        owner: the department or agency in general words.
        kind: how often such a system has something new: one of KINDS.
        feed: the feed of ours that brings it; empty: it is catalogued only.
    """

    id: str
    theme_ko: str
    theme_en: str
    name_ko: str
    name_en: str
    what_ko: str
    what_en: str
    owner_ko: str
    owner_en: str
    kind: str
    feed: str

    def said(self, part: str, language: str) -> str:
        """Its theme, name, what or owner; in English for every language but Korean."""
        return getattr(self, f"{part}_{'ko' if language == 'ko' else 'en'}")


@cache
def systems() -> tuple[System, ...]:
    """Every system, in the order of the file. Raises ValueError for a kind that is none."""
    rows = tuple(System(**row) for row in table(FILE.read_bytes()).to_dict("records"))
    if wrong := {row.kind for row in rows} - set(KINDS):
        raise ValueError(f"systems.csv: {wrong} where one of {KINDS} would be right")
    return rows
