"""python -m tests.bench.history [DAYS [WAY …]]: 16 million rows, beside CSV and plain Parquet.

5,000 road links every five minutes for 11.2 days. Each way is a process of its own, so that its
memory is its own; every question is asked three times, the quickest counts.
Times in ms, by the clock and (of the CPU).
"""

import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

LINKS, A_DAY = 5000, 288
FIRST = datetime.fromisoformat("2022-08-01T00:00:00+09:00")
LINK = "1000000042"
QUESTIONS = ("append 5,000", "a day by district", "a link's week", "hourly by district, all")
fork = multiprocessing.get_context("spawn")


def links() -> pd.DataFrame:
    """Each link with its district."""
    ids = [str(1_000_000_000 + n) for n in range(LINKS)]
    return pd.DataFrame({"link_id": ids, "gu_code": [str(11_000 + n % 25) for n in range(LINKS)]})


def rows(first: int, last: int) -> pd.DataFrame:
    """What the links tell from one five minutes to another."""
    dice, n = np.random.default_rng(first), last - first
    times = pd.DatetimeIndex([FIRST + timedelta(minutes=5 * k) for k in range(first, last)])
    return pd.DataFrame(
        {
            "link_id": np.tile(links()["link_id"].to_numpy(), n),
            "observed_at": times.as_unit("us").repeat(LINKS),
            "speed": dice.normal(40, 12, n * LINKS).clip(3, 110).round(1),
            "travel_time": dice.integers(20, 400, n * LINKS).astype("float64"),
        }
    )


def delta(folder: Path, days: float) -> dict[str, Callable]:
    """The house's way: Delta Lake, DuckDB."""
    os.environ["CITY_CACHE"] = str(folder)
    from data import city, feeds
    from data._history import Kept
    from data._past import history
    from data._tidy import tidy

    columns, steps = feeds.road_speeds.columns, round(days * A_DAY)
    for first in range(0, steps, A_DAY):
        for part in range(first, min(first + A_DAY, steps), A_DAY // 2):
            frame = rows(part, min(part + A_DAY // 2, steps))
            when = frame["observed_at"].max().to_pydatetime()
            history.append("road_speeds", True, [Kept(frame, when, when)], columns)
    tidy(history, "road_speeds", True, ["link_id"], "2022-08-01", "2022-08-31")
    frame, there = rows(steps, steps + 1), links()
    when = frame["observed_at"].max().to_pydatetime()
    week = f"'{FIRST + timedelta(days=2)}' AND '{FIRST + timedelta(days=9)}'"
    day = "FROM road_speeds JOIN there USING (link_id) WHERE fetched_on = '2022-08-05' GROUP BY 1"
    hourly = "FROM road_speeds JOIN there USING (link_id) GROUP BY 1, 2"
    return {
        "append 5,000": lambda: history.append(
            "road_speeds", True, [Kept(frame, when, when)], columns
        ),
        "a day by district": lambda: city.sql(f"SELECT gu_code, avg(speed) {day}", there=there),
        "a link's week": lambda: city.sql(
            f"SELECT observed_at, speed FROM road_speeds WHERE link_id = '{LINK}' "
            f"AND observed_at BETWEEN {week} ORDER BY 1"
        ),
        "hourly by district, all": lambda: city.sql(
            f"SELECT gu_code, date_trunc('hour', observed_at), avg(speed) {hourly}", there=there
        ),
    }


def parquet(folder: Path, days: float) -> dict[str, Callable]:
    """One Parquet file and pandas."""
    path = folder / "all.parquet"
    rows(0, round(days * A_DAY)).to_parquet(path)
    new = rows(round(days * A_DAY), round(days * A_DAY) + 1)
    return _pandas(
        lambda columns: pd.read_parquet(path, columns=columns),
        lambda: pd.concat([pd.read_parquet(path), new]).to_parquet(path),
    )


def csv(folder: Path, days: float) -> dict[str, Callable]:
    """One CSV and pandas."""
    path, steps = folder / "all.csv", round(days * A_DAY)
    for first in range(0, steps, A_DAY):
        part = rows(first, min(first + A_DAY, steps))
        part.to_csv(path, mode="a", header=first == 0, index=False)
    new = rows(steps, steps + 1)

    def read(columns: list[str]) -> pd.DataFrame:
        told = pd.read_csv(path, usecols=columns, dtype={"link_id": "str"})
        return told.assign(observed_at=pd.to_datetime(told["observed_at"]))

    return _pandas(read, lambda: new.to_csv(path, mode="a", header=False, index=False))


def _pandas(read: Callable, append: Callable) -> dict[str, Callable]:
    """The same questions of a table that is read whole."""
    there, zone = links(), "Asia/Seoul"

    def by_day():
        told = read(["link_id", "observed_at", "speed"]).merge(there, on="link_id")
        day = told["observed_at"].dt.tz_convert(zone).dt.strftime("%Y-%m-%d") == "2022-08-05"
        return told[day].groupby("gu_code")["speed"].mean()

    def week():
        told = read(["link_id", "observed_at", "speed"])
        mine = told[told["link_id"] == LINK]
        return mine[mine["observed_at"].between(FIRST + timedelta(days=2), FIRST + timedelta(9))]

    def hourly():
        told = read(["link_id", "observed_at", "speed"]).merge(there, on="link_id")
        return told.groupby(["gu_code", told["observed_at"].dt.floor("h")])["speed"].mean()

    return dict(zip(QUESTIONS, (append, by_day, week, hourly), strict=True))


def peak() -> float:
    """The most memory since the last reset, MB."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) / 1024


def measure(name: str, days: float) -> None:
    """One way, all questions, a line."""
    with tempfile.TemporaryDirectory() as place:
        questions = {"delta": delta, "parquet": parquet, "csv": csv}[name](Path(place), days)
        size = sum(f.stat().st_size for f in Path(place).rglob("*") if f.is_file()) / 2**20
        Path("/proc/self/clear_refs").write_text("5")
        line = f"{name:8} {size:7.0f} MB "
        for question in QUESTIONS:
            took, cost = [], []
            for _ in range(3 if name == "delta" else 1):
                began, spent = time.perf_counter(), time.process_time()
                questions[question]()
                took.append(time.perf_counter() - began)
                cost.append(time.process_time() - spent)
            line += f" | {question} {min(took) * 1000:9.1f} ({min(cost) * 1000:.0f})"
        sys.stdout.write(f"{line} | peak {peak():6.0f} MB\n")
        sys.stdout.flush()


if __name__ == "__main__":
    long = float(sys.argv[1]) if len(sys.argv) > 1 else 11.2
    sys.stdout.write(f"{round(long * A_DAY) * LINKS:,} rows\n")
    sys.stdout.flush()
    for way in sys.argv[2:] or ("delta", "parquet", "csv"):
        one = fork.Process(target=measure, args=(way, long))
        one.start()
        one.join()
