"""Starts the practice city: ``python -m data.sim [--port 5007]``; port 0 is any free one.

The first line of output is its address; it may be asked from then on, and answers once its
world is made.
"""

import argparse
import socket
import sys


def main() -> None:
    """Listen first and say where, then make the world: whoever waits for us can go on."""
    said = argparse.ArgumentParser(prog="python -m data.sim", description="The practice city.")
    said.add_argument("--port", type=int, default=5007, help="0: any free one (default 5007)")
    listener = socket.create_server(("127.0.0.1", said.parse_args().port))
    print(f"practice city on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)

    import asyncio

    from data.sim._server import City, serve

    try:
        city = City.from_environment()
    except ValueError as wrong:
        sys.exit(str(wrong))
    asyncio.run(serve(city, listener))


if __name__ == "__main__":
    main()
