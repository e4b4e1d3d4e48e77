"""One turn of a feed: all its questions, asked one after the other."""

import asyncio
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from data._errors import FeedError, Refused, Unreachable, guarded

if TYPE_CHECKING:
    from data._feed import Feed

SMALL = 16_384  # bytes that are read sooner than a thread is free
_readers = ThreadPoolExecutor(2, "readers")  # more would only take turns from those who serve


async def reading(work: Callable, *args: object):
    """What work returns, done by one of the threads that read for feeds."""
    return await asyncio.get_running_loop().run_in_executor(_readers, work, *args)


async def following(feed: "Feed", body: bytes, url: str) -> str | None:
    """The url to ask after that answer, as ``feed.next`` has it. Raises FeedError."""
    if len(body) <= SMALL:
        return guarded(feed.next, body, url)
    return await reading(guarded, feed.next, body, url)


async def turn(feed: "Feed", urls: Sequence[str]) -> tuple[list, FeedError | None]:
    """What was answered, and the last problem. Where an answer is the whole: all or nothing.

    Raises FeedError where an answer is the whole and one question failed.
    """
    answers, problem, failed = [], None, 0
    lost = isinstance(feed.problem, Unreachable)  # then any one question, until it is answered
    for url in random.sample(urls, len(urls)) if lost else urls:
        try:
            async for answer in feed.ask(url):
                answers.append(answer)
            failed = 0
        except FeedError as error:
            problem, failed = error, failed + 1
            if not feed.keep:
                raise
            if failed > (not lost) or isinstance(error, Refused):  # not this question alone
                break
    return answers, problem
