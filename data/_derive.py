"""Working out what is derived from other feeds, each after those it needs."""

from collections.abc import Iterable

from data._age import duration
from data._errors import FeedError
from data._feed import Feed
from data._turn import reading


def in_order(feeds: Iterable[Feed]) -> list[Feed]:
    """Those that ask, then the derived ones, each after those it needs; none that needs itself."""
    waiting = list(feeds)
    order = [feed for feed in waiting if not feed.needs]
    while waiting := [feed for feed in waiting if feed not in order]:
        names = {feed.name for feed in waiting}
        if not (ready := [feed for feed in waiting if not names & set(feed.needs)]):
            break
        order += ready
    return order


async def derive(feed: Feed, feeds: dict[str, Feed]) -> None:
    """Work out a derived feed from the frames its sources hold now."""
    sources = [feeds[n] for n in feed.needs if n in feeds]
    try:
        frame = await reading(feed.worked_out, {s.name: s.frame for s in sources})
    except FeedError as problem:
        return feed.lose(problem)
    if frame is None:
        return None
    timed = [s for s in sources if s.every and s.observed_at is not None]
    slow = duration(feed.lag)  # what may be older than that is a reference, not what is told
    timed = [s for s in timed if duration(s.lag) <= slow] or timed
    if timed and "observed_at" not in getattr(frame, "columns", ()):
        frame.attrs.setdefault("observed_at", min(s.observed_at for s in timed))
    of = frame.attrs.get("of", feed.needs)  # of its sources those that this frame stands on
    return await feed.take(frame, practice=any(s.practice for s in sources if s.name in of))
