"""Serves everything: ``python -m apps [--port 5006] [--address …]``. Ctrl-C ends it."""

import argparse
import asyncio
import contextlib
import logging
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps._server import Server
    from apps._start import House

HOLD = 8.0  # seconds for which who comes is kept waiting at a start: longer than for the clock


def arguments() -> argparse.Namespace:
    """What was said on the command line; anything unknown is an error and said so."""
    said = argparse.ArgumentParser(prog="python -m apps", description="The city, to look at.")
    said.add_argument("--port", type=int, default=5006, help="0: any free one (default 5006)")
    said.add_argument("--address", help="where to listen; default: everywhere")
    said.add_argument(
        "--allow-websocket-origin",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="a name viewers may use for this server; can be repeated",
    )
    return said.parse_args()


def set_up_logging() -> None:
    """One line an event, in the same form whoever says it."""
    import structlog

    shared = [structlog.stdlib.add_log_level, structlog.processors.TimeStamper("%H:%M:%S")]
    form = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
        ],
    )
    out = logging.StreamHandler()
    out.setFormatter(form)
    logging.basicConfig(level=logging.INFO, handlers=[out], force=True)
    for loud in ("bokeh", "tornado.general", "asyncio"):
        logging.getLogger(loud).setLevel(logging.WARNING)


def where_to_look(port: int) -> str:
    """Every address a person may want, and what is there."""
    from apps._page import pages

    there = {}
    for page in sorted(pages, key=lambda page: page.url):
        first, *others = page.stations or [""]
        also = f"; also {', '.join(others)}" if others else ""
        there[f"{page.url}?station={first}" if first else page.url] = page.purpose + also
    there["/api/feeds"] = "every feed as JSON, CSV, GeoJSON or Parquet"
    there |= {"/health": "is the data fresh, feed by feed", "/metrics": "the same for Prometheus"}
    lines = (f"  http://localhost:{port}{url:28} {what}" for url, what in there.items())
    return "\n".join(["The city is served. Ctrl-C ends it.", *lines])


async def serve(said: argparse.Namespace) -> None:
    """Listen, then poll and tick until we are told to stop."""
    from apps._server import server
    from apps._start import House, run

    house = House()
    serving = server(house.routes(), said.port, said.address, said.allow_websocket_origin)
    running = asyncio.create_task(run(house))
    opening = asyncio.create_task(opened(house, serving))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    problem = await ended(running)
    opening.cancel()
    serving.stop(wait=False)
    await house.poller.stop()
    if problem:
        sys.exit(f"The practice city does not answer: {problem}")


async def opened(house: "House", serving: "Server") -> None:
    """Let viewers in once there is something to see, or after HOLD seconds."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(house.ready.wait(), HOLD)
    serving.start()
    print(where_to_look(serving.port), flush=True)


async def ended(running: asyncio.Task) -> Exception | None:
    """Once it has: None when we were told to stop, or why it could not begin."""
    from data import FeedError

    try:
        await running
    except asyncio.CancelledError:
        return None
    except FeedError as problem:
        return problem
    return None


def main() -> None:
    """Read the command line first: a question for help should not wait for the rest."""
    said = arguments()
    set_up_logging()
    from apps._start import raise_limits

    raise_limits()
    asyncio.run(serve(said))


if __name__ == "__main__":
    main()
