"""The practice city's clock, which is ours while that city plays every portal."""

import json
from datetime import datetime

from data._clock import clock
from data._errors import Unreadable, guarded
from data._fetch import fetch_clock
from data._portals import PORTALS

SLIP = 3.0  # seconds of this machine that ours may be off before it is set anew


async def keep_time() -> None:
    """Set our clock by the practice city's; with one real portal, by this machine's.

    Raises Unreachable or Unreadable when the practice city does not tell.
    """
    if not all(portal.practice for portal in PORTALS.values()):
        clock.real()
        return
    now, speed = guarded(_read, await fetch_clock())
    off = abs((now - clock.now()).total_seconds())
    if not clock.practice or speed != clock.speed or off > SLIP * max(speed, 1):
        clock.set(now, speed)


def _read(body: bytes) -> tuple[datetime, float]:
    """The time, aware, and how many of its seconds pass in one of ours."""
    told = json.loads(body)
    now, speed = datetime.fromisoformat(told["now"]), float(told["speed"])
    if now.tzinfo is None or not 0 <= speed <= 100_000:
        raise Unreadable("a clock without a zone, or of no believable speed")
    return now, speed
