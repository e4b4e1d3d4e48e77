"""A process that keeps frames until it is killed: ``python -m tests.writer``, CITY_CACHE set.

Says the number of each frame once it is committed.
"""

import os
import resource
import sys
from datetime import datetime, timedelta

import pandas as pd

from data import TIME, ZONE, History, feeds
from data._history import Kept

BEGAN = datetime(2022, 8, 8, tzinfo=ZONE)
ROWS = 200


def frame(number: int) -> Kept:
    """The frame of that number: as many rows as every other, each holding the number."""
    when = BEGAN + timedelta(minutes=5 * number)
    rows = pd.DataFrame(
        {
            "link_id": [f"{n:010}" for n in range(ROWS)],
            "observed_at": pd.Series([when] * ROWS, dtype=TIME),
            "speed": float(number),
            "travel_time": 1.0,
        }
    )
    return Kept(rows, when, when)


def main(first: int) -> None:
    """Keep one frame after the other."""
    if limit := os.environ.get("LARGEST_FILE"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    history, number = History(), first
    while True:
        history.append("road_speeds", True, [frame(number)], feeds.road_speeds.columns)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    main(int(sys.argv[1]))
