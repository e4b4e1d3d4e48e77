"""What is worked out of a frame once, for as long as that frame is the newest."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

Made = TypeVar("Made")


def once_a_frame(make: Callable[..., Made]) -> Callable[..., Made]:
    """``make(frame, *more)`` that works it out anew only for another frame, told by identity.

    What it returns is the same object for all who ask, not to be written into; a frame that nobody
    else holds is let go.
    """
    held: dict[tuple, tuple[ref, Made]] = {}

    @wraps(make)
    def found(frame: object, *more: object) -> Made:
        of, made = held.get(more, (None, None))
        if of is None or of() is not frame:
            made = make(frame, *more)
            held[more] = ref(frame), made
        return made

    return found
