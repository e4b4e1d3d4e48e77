"""Why a feed has nothing new.

* FeedError
  - Unreachable   no answer, or none in time: asked again
  - Refused       an answer, but not data: bad key, quota spent, wrong argument: left alone a while
  - Unreadable    data, but not what the feed declares
  - NoRows        an Unreadable that holds no rows: asked at its usual pace

An empty answer (INFO-200, NO_DATA) is read as an empty frame; whether that is an answer at all
is the feed's to say (``Feed.hear``).
"""

from collections.abc import Callable


class FeedError(Exception):
    """A feed could not be refreshed; its last good frame still stands."""


class Unreachable(FeedError):
    """No answer, or none in time."""


class Refused(FeedError):
    """The source answered, but not with data: bad key, quota spent, gone.

    ``wait`` is how many seconds the source asked us to stay away; None when it did not say.
    """

    def __init__(self, message: str, wait: float | None = None):
        super().__init__(message)
        self.wait = wait


class Unreadable(FeedError):
    """The source answered with something the feed does not declare."""


class NoRows(Unreadable):
    """The source answered that it has none of what it always has."""


def guarded(work: Callable, *args: object, **named: object) -> object:
    """What work makes of a stranger's bytes; whatever they set off in it is Unreadable."""
    try:
        return work(*args, **named)
    except FeedError:
        raise
    except Exception as error:
        raise Unreadable(f"{type(error).__name__}: {error}"[:300]) from error


def bare(error: FeedError) -> FeedError:
    """The error without where it came from: the frames of that hold the answer, megabytes of it."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
