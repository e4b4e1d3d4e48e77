"""What we call things in each language. English is the key; a missing word stays English.

``words/en.toml`` has the singular of what English says of one: the keys are plurals.
"""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")


def languages() -> list[str]:
    """Korean first, then English, then every other language that has a file in words/."""
    others = sorted({p.stem for p in FOLDER.glob("*.toml")} - {"ko", "en"})
    return ["ko", "en", *others]


@cache
def words(language: str) -> dict[str, str]:
    """English text: text in that language; of English itself only singulars."""
    path = FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def say(text: str, language: str = "en", **values: object) -> str:
    """The text in that language, ``{name}`` places filled from values; ``n`` is the number it is
    about: English of one is singular where a word changes.
    """
    plural = language == "en" and str(values.get("n")) != "1"
    said = text if plural else words(language).get(text, text)
    return said.format(**values) if values else said
