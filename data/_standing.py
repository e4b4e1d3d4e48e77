"""How a feed stands now: how often it is really asked, its state, what goes beside its numbers."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from data import _age
from data._doubt import doubtful
from data._errors import Refused, Unreadable
from data._turns import paced, share

if TYPE_CHECKING:
    from data._feed import Feed


def pace(feed: "Feed", frame: object = None) -> tuple[str, str]:
    """(every, lag) as they are: on a small key it is asked less often than it is worth.

    ``attrs["like"]`` of the frame, set by a derived feed, gives those of what it stands on.
    """
    if feed.portal and feed.daily and not feed.keep:  # what keeps rows takes turns of its own
        return paced(feed.every, feed.calls, share(feed.portal, feed.daily)), feed.lag
    frame = feed.frame if frame is None else frame
    return getattr(frame, "attrs", {}).get("like", (feed.every, feed.lag))


def state(feed: "Feed", now: datetime) -> str:
    """Refused when the last try was, suspect when much of it is doubted, else by its age."""
    if isinstance(feed.problem, Refused | Unreadable):
        return "refused"
    told = _age.state(feed.observed_at, *pace(feed), now)
    return "suspect" if told == "live" and doubtful(feed.frame) else told


def about(
    feed: "Feed", now: datetime, observed_at: datetime | None, frame: object = None
) -> _age.About:
    """What must stand beside its numbers at that time.

    ``frame`` is one of another time than the present, of which no problem of now is told.
    """
    said = "" if frame is not None or feed.problem is None else str(feed.problem)
    told = _age.about(
        observed_at, *pace(feed, frame), now,
        practice=feed.practice, mark=feed.mark, fetched_at=feed.fetched_at, problem=said,
    )  # fmt: skip
    if told.state == "live" and doubtful(feed.frame if frame is None else frame):
        return replace(told, state="suspect")
    return told
