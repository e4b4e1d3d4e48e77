"""The colours and sizes of tokens.css, for canvases: one table per theme and surface."""

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).with_name("tokens.css")
BLOCK = re.compile(r"(:root|\[data-(?:theme|surface)=\w+\])[^{}]*\{([^{}]*)\}")
VALUE = re.compile(r"--([\w-]+):\s*([^;}]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FONT = "font"
NARROW = 0.65  # of the width of a line, on a map under 700 px


class Palette(dict):
    """Token without its dashes: what it stands for, ``{"river": "#D8E3E7", "go-w": "3px", …}``."""

    def px(self, name: str) -> float:
        """A size in screen pixels. Raises ValueError when the token is not a plain one."""
        return float(self[name].removesuffix("px"))

    @property
    def land(self) -> list[str]:
        """The six tones of land, emptiest first."""
        return [self[f"land-{step}"] for step in range(6)]

    @property
    def font(self) -> str:
        """The font of the pages, as a canvas wants it."""
        return self[FONT]


@cache
def palette(theme: str, surface: str = "hand", narrow: bool = False) -> Palette:
    """Every token in force there; the later block wins, as in the browser.

    Args:
        theme: light, dark or kiosk.
        surface: hand, wall or kiosk.
        narrow: lines for a map under 700 px wide.
    """
    found = Palette()
    wanted = (":root", f"[data-theme={theme}]", f"[data-surface={surface}]")
    text = re.sub(r"@media[^{]*\{\s*:root:not\([^)]*\)\{[^{}]*\}\s*\}", "", _plain())
    blocks = BLOCK.findall(text)
    for selector in wanted:
        for found_for, inside in blocks:
            if found_for == selector:
                found |= {name: value.strip() for name, value in VALUE.findall(inside)}
    if narrow:
        for name in ("go-w", "slow-w", "jam-w", "cas", "line"):
            found[name] = f"{found.px(name) * NARROW}px"
    return found


def _plain() -> str:
    return COMMENT.sub("", TOKENS.read_text("utf-8"))
