"""How a number is written, on screens and on maps. Unknown is always the dash, never 0."""

import math

DASH = "–"


def known(value: float | None) -> bool:
    """Whether there is a number to write."""
    return value is not None and math.isfinite(value)


def figure(value: float | None, digits: int = 0) -> str:
    """``1,028`` or ``18.2``; the dash when unknown."""
    if not known(value):
        return DASH
    written = f"{value:,.{digits}f}"
    return written.removeprefix("-") if not float(written.replace(",", "")) else written
