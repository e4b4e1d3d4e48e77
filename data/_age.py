"""How old a number is, and what that makes it: live, late or silent."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from data._clock import clock

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
BEHIND = timedelta(hours=6)  # published later than this by design, a value is not of now
LEAST_POLL = (
    2.0  # seconds on this machine between two polls of a feed, however fast the city's clock
)


def duration(text: str) -> timedelta:
    """``"90s"``, ``"15m"``, ``"1h"``, ``"5d"`` as a timedelta; ``""`` is zero."""
    if not text:
        return timedelta(0)
    if not (parts := re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", text)):
        raise ValueError(f"{text!r} is not a duration like 90s, 15m, 1h or 5d")
    return timedelta(**{UNITS[parts[2]]: float(parts[1])})


def period(every: str) -> timedelta:
    """How often we really ask: ``every``, but never so often that a fast clock becomes a flood."""
    return max(
        duration(every), timedelta(seconds=LEAST_POLL * clock.speed) if every else timedelta(0)
    )


def state(observed_at: datetime | None, every: str, lag: str, now: datetime) -> str:
    """``live``, ``late`` or ``silent`` by the age of observed_at; None is silent.

    Live up to lag + 2 x every, late up to lag + 10 x every, then silent. A table that never
    changes (``every`` empty) is always live. A time over 5 minutes ahead is silent: not believed.
    """
    if not every:
        return "live"
    if observed_at is None or observed_at - now > timedelta(minutes=5):
        return "silent"
    age, step, late = now - observed_at, period(every), duration(lag)
    if age <= late + 2 * step:
        return "live"
    return "late" if age <= late + 10 * step else "silent"


@dataclass(frozen=True)
class About:
    """What must stand beside a number: when it was, and what kind of number it is.

    Attributes:
        observed_at: the portal's own time of the newest value; None before the first answer.
        fetched_at: when we got it.
        state: live, late, silent, refused or suspect.
        live_until, silent_from: when the first and the second limit are passed; None if never.
        practice: it comes from the practice city.
        mark: ``"estimate"``, ``"nowcast"`` or ``""``.
        behind: it is published hours or days late by design: live, and still not of now.
        problem: why the last try failed, in words; empty when it did not.
    """

    observed_at: datetime | None = None
    fetched_at: datetime | None = None
    state: str = "silent"
    live_until: datetime | None = None
    silent_from: datetime | None = None
    practice: bool = False
    mark: str = ""
    behind: bool = False
    problem: str = ""


def about(
    observed_at: datetime | None, every: str, lag: str, now: datetime, **more: object
) -> About:
    """The age of a value observed then, of a feed with that every and lag."""
    more |= {"state": state(observed_at, every, lag, now), "behind": duration(lag) > BEHIND}
    if observed_at is None or not every:
        return About(observed_at, **more)
    step, late = period(every), duration(lag)
    return About(
        observed_at,
        live_until=observed_at + late + 2 * step,
        silent_from=observed_at + late + 10 * step,
        **more,
    )
