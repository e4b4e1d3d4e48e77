"""python -m tests.bench.start [TIMES]: how soon a start shows the last known city.

The server is killed and started again, so often.

Seconds from exec to the API with known frames and to the pages, each start with its files of the
last known city and, beside it in the same run, without them (the history alone). The practice city
runs on meanwhile, as portals do.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.serving import ROOT, free_port

SEEN = ("/api/feeds", "/wall", "/")
RUN, BETWEEN = 60, 20  # seconds of the first life, and of each later one


def until_seen(address: str, began: float) -> dict[str, float]:
    """Seconds until each address answers."""
    seen: dict[str, float] = {}
    for path in SEEN:
        while path not in seen:
            try:
                with urllib.request.urlopen(address + path, timeout=60) as answer:
                    body = answer.read()
                seen[path] = time.monotonic() - began
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
            else:
                if path == "/api/feeds":
                    told = json.loads(body)["feeds"]
                    seen["known"] = sum(feed["observed_at"] is not None for feed in told)
    return seen


def tell(kind: str, seen: dict[str, float]) -> None:
    """A line of seconds."""
    sys.stdout.write(f"{kind:16} {', '.join(f'{k} {v:.2f}' for k, v in seen.items())}\n")
    sys.stdout.flush()


def main(times: int) -> None:
    """A line a start, then the medians."""
    with tempfile.TemporaryDirectory() as folder:
        sim, port = free_port(), free_port()
        settings = {"CITY_CACHE": folder, "PRACTICE_CITY": f"http://127.0.0.1:{sim}"}
        quiet = dict(
            cwd=ROOT,
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        played = subprocess.Popen([sys.executable, "-m", "data.sim", "--port", str(sim)], **quiet)
        app = [sys.executable, "-m", "apps", "--port", str(port), "--address", "127.0.0.1"]
        found: dict[str, list[dict]] = {"files": [], "history": []}
        try:
            time.sleep(3)
            running = subprocess.Popen(app, **quiet)
            time.sleep(RUN)
            for turn in range(2 * times):
                kind = ("files", "history")[turn % 2]
                running.kill()
                running.wait()
                if kind == "history":
                    shutil.rmtree(Path(folder) / "last")
                began = time.monotonic()
                running = subprocess.Popen(app, **quiet)
                found[kind].append(until_seen(f"http://127.0.0.1:{port}", began))
                tell(kind, found[kind][-1])
                time.sleep(BETWEEN)
        finally:
            running.kill()
            played.kill()
    for kind, seen in found.items():
        tell(f"median, {kind}", {k: statistics.median(s[k] for s in seen) for k in SEEN})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
