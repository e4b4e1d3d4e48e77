"""python -m data [FEED [--record]]: watch the feeds in a terminal, or ask one of them now.

Where nobody looks, the output being no terminal, the feeds are listed once.

With ``--record`` its answers are also kept as the replies that the tests read, in tests/replies;
what was asked is written without any key, and a key inside an answer is struck out.
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from data import Feed, FeedError, clock, derive, feeds
from data._portals import secrets

REPLIES = Path(__file__).parents[1] / "tests" / "replies"
KINDS = {b"<": "xml", b"{": "json", b"[": "json"}
HEAD = "# What each reply answers: file = url as the feed writes it\n"


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m data", description="the feeds of the city")
    parser.add_argument("feed", nargs="?", choices=dir(feeds), metavar="FEED")
    parser.add_argument("--record", action="store_true", help="keep the answers for the tests")
    chosen = parser.parse_args()
    if not chosen.feed:
        if not sys.stdout.isatty():
            return listed()
        from data._terminal import watch

        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(watch(whom))
        return None
    try:
        asyncio.run((recorded if chosen.record else asked)(feeds[chosen.feed]))
    except FeedError as problem:
        sys.exit(str(problem))


def listed() -> None:
    """Every feed in a line: its name, how often, by whom, in what state, what it is."""
    for feed in feeds:
        said = f"{feed.every or 'never':6} {feed.source[:32]:32} {whom(feed):10}"
        print(f"{feed.name:20} {said} {feed.title}")


def whom(feed: Feed) -> str:
    """Where its numbers come from: real, practice, derived, a table of ours, or no key."""
    if feed.needs:
        return "derived"
    if feed.portal is None:
        return "table"
    if feed.portal.practice:
        return "practice"
    told = os.environ.get(feed.portal.key) or (feed.portal.keyless and feed.portal.address)
    return "real" if told else "no key"


async def asked(feed: Feed) -> None:
    """Ask the feed and all it needs, and show the frame."""
    await refreshed(feed)
    about = feed.about(clock.now())
    print(feed.problem or feed.frame)
    print(f"{feed.title}: {about.state}, observed {about.observed_at}, fetched {about.fetched_at}")


async def refreshed(feed: Feed) -> None:
    """Ask a feed once; of a derived one, first what it is derived from.

    Raises FeedError when another feed's answers that it reads are not what they should be.
    """
    await prepared(feed)
    if feed.needs:
        await derive(feed, {f: feeds[f] for f in feed.needs})
    elif feed.shares:
        source = feeds[feed.shares]
        source.shared = True
        await refreshed(source)
        if source.problem:
            feed.lose(source.problem)
        elif source.answers:
            await feed.hear(source.answers)
    else:
        await feed.refresh()


async def prepared(feed: Feed) -> None:
    """Ask what a feed is derived from, or follows."""
    for name in feed.needs:
        await refreshed(feeds[name])
    if feed.follows:
        name, column = feed.follows
        await refreshed(feeds[name])
        held = feeds[name].frame
        feed.wanted = () if held is None else tuple(dict.fromkeys(held[column]))


async def recorded(feed: Feed) -> None:
    """Ask, and keep each answer with what it answers. Raises FeedError when there was none."""
    if feed.portal is None:
        raise FeedError(f"{feed.name} asks nobody")
    if feed.shares:
        raise FeedError(f"{feed.name} reads the answers of {feed.shares}: record those")
    await prepared(feed)
    answers = []
    for url in feed.urls(clock.now()):
        async for answer in feed.ask(url):
            answers.append(answer)
    if not answers:
        raise FeedError(f"{feed.name} has nothing to ask")
    feed.read(answers)
    print(*keep(feed.name, answers), sep="\n")


def keep(name: str, answers: Sequence[tuple[str, bytes]], folder: Path = REPLIES) -> list[Path]:
    """Write the answers as replies of that feed, in place of those it had; returns the files."""
    index = folder / "asked.toml"
    known = tomllib.loads(index.read_text("utf-8")) if index.exists() else {}
    for file in [f for f in known if f.split(".")[0] == name]:
        del known[file]
        (folder / file).unlink(missing_ok=True)
    paths = []
    for number, (url, body) in enumerate(answers, 1):
        for secret in secrets():
            body = body.replace(secret.encode(), b"KEY")
        kind = KINDS.get(body.lstrip()[:1], "csv")
        paths.append(folder / f"{name}{f'.{number}' if len(answers) > 1 else ''}.{kind}")
        paths[-1].write_bytes(body)
        known[paths[-1].name] = url
    lines = "".join(f'"{file}" = "{url}"\n' for file, url in known.items())
    index.write_text(HEAD + lines, "utf-8")
    return paths


if __name__ == "__main__":
    main()
