"""python -m tests.bench.day [--hours 24] [--speed 60] [--seed 1]: a day on which portals fail.

Every feed is polled and kept as in the app while services, and now and then whole portals, fail at
random. Prints a line a kind of fault, then whatever is not as it should be: who was lost came
back, one line each in the log; nobody was left unasked for two periods but by a fault; whatever was
seen is in the past.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import data._fetch
from data import Feed, clock, feeds
from data._age import period
from data._gate import UNTIL_TOMORROW
from data._poll import JITTER, SLOWEST
from data.sim._world import GREAT_RAIN
from tests.bench.meter import MB, share
from tests.day import Told, lived
from tests.failing import MILD, Fault, planned, practising

SERVICE = {
    "bike_places": "bike_tables", "bike_trips": "bike_tables", "hotspots": "citydata",
    "incident_codes": "incidents", "indoor_shelters": "shelters", "parking_lots": "parking",
    "parking_now": "parking", "population_signal": "population_drop",
    "traffic_spots": "traffic_counts",
}  # fmt: skip  # who answers a feed, where that is not called as the feed

BUSY = 5.0  # seconds that this machine may keep a turn waiting


def service(feed: Feed) -> str:
    """The file of the practice city that answers a feed."""
    source = feed.shares or feed.name
    return SERVICE.get(source, source)


def groups(mine: Sequence[Feed]) -> list[list[str]]:
    """The services those feeds ask, by portal."""
    found = defaultdict(set)
    for feed in mine:
        if feed.portal:
            found[feed.portal.name].add(service(feed))
    return [sorted(names) for names in found.values()]


def grace(fault: Fault) -> float:
    """City seconds after a fault in which whoever it lost must be back: the longest wait between
    two tries, and a last question or two that hang until the deadline.
    """
    wait = UNTIL_TOMORROW if fault.kind == "quota" else SLOWEST
    return wait * (1 + JITTER) + 3 * data._fetch.DEADLINE * clock.speed


def wrong(feed: Feed, told: Told, plan: Sequence[Fault]) -> list[str]:
    """What is not as it should be of one feed, in words."""
    mine = [fault for fault in plan if fault.service == service(feed)] if feed.portal else []
    sole = sum(service(other) == service(feed) for other in feeds if other.portal) == 1
    said = [((when - told.began).total_seconds(), what) for when, what in told.said[feed.name]]
    found, n = [], len(said)
    if [what for _, what in said] != ["lost", "back"] * (n // 2) or n % 2:
        found.append(f"said {' '.join(what for _, what in said)}")
    for fault in mine:
        until = fault.last + grace(fault)
        lost = sum(what == "lost" and fault.first <= when <= until for when, what in said)
        bad = sum(name == fault.service and fault.first <= when < fault.last
                  for when, name, _ in told.bad)  # fmt: skip
        must = fault.kind not in MILD and bad > 1 and sole and not feed.keep
        if lost > 1 or (must and lost != 1):
            found.append(f"lost {lost} times by {fault.kind} at {fault.first / 3600:.2f} h")
    for when, what in said:
        if not any(fault.first <= when <= fault.last + grace(fault) for fault in mine):
            found.append(f"{what} at {when / 3600:.2f} h, when nothing was wrong")
    found += [
        f"not asked from {first / 3600:.2f} to {last / 3600:.2f} h"
        for first, last in gaps(feed, told)
        if not any(fault.first < last and first < fault.last + grace(fault) for fault in mine)
    ]
    if missing := told.seen[feed.name] - told.kept.get(feed.name, set()):
        found.append(f"{len(missing)} of {len(told.seen[feed.name])} moments are not in the past")
    return [f"{feed.name}: {words}" for words in found]


def gaps(feed: Feed, told: Told) -> list[tuple[float, float]]:
    """From when to when it was not asked for more than two periods, city seconds.

    A turn may take long, on a busy machine; then it is asked all the while.
    """
    if not told.turns[feed.name] or not feed.every:
        return []
    turns = [[(at - told.began).total_seconds() for at in each] for each in told.turns[feed.name]]
    turns.append([(told.ended - told.began).total_seconds()] * 2)
    between = [(one[1], later[0]) for one, later in pairwise(turns)]
    most = 2 * period(feed.pace[0]).total_seconds() + BUSY * clock.speed
    return [(first, last) for first, last in between if last - first > most]


def lines(told: Told, plan: Sequence[Fault]) -> list[str]:
    """A line a kind of fault: how many there were, who was lost, how soon all were back."""
    made = []
    for kind in sorted({fault.kind for fault in plan}):
        mine = [fault for fault in plan if fault.kind == kind]
        lost, back = 0, []
        for feed in (f for f in feeds if f.portal):
            said = [((w - told.began).total_seconds(), x) for w, x in told.said[feed.name]]
            for fault in (f for f in mine if f.service == service(feed)):
                until = fault.last + grace(fault)
                inside = [(when, x) for when, x in said if fault.first <= when <= until]
                lost += sum(x == "lost" for _, x in inside)
                back += [max(when - fault.last, 0) for when, x in inside if x == "back"]
        bad = sum(k == kind for *_, k in told.bad)
        made.append(
            f"{kind:9} {len(mine):4} faults {bad:6} bad answers {lost:4} lost {len(back):4} back "
            f"after {share(back, 0.5) / 60:5.1f} min, at most {max(back, default=0) / 60:5.1f}"
        )
    return made


def longest(told: Told) -> str:
    """How long turns take, seconds of this machine."""
    took = [(b - a).total_seconds() / clock.speed for t in told.turns.values() for a, b in t]
    return f"{len(took)} turns of {share(took, 0.5):.2f} s, 99 % within {share(took, 0.99):.1f} s"


def day(mine: Sequence[Feed], hours: float, speed: float, seed: int, folder: Path) -> tuple:
    """(what was told, the plan) of such a day; sets PRACTICE_CITY and CITY_CACHE meanwhile."""
    plan = planned(groups(mine), hours, random.Random(seed))
    return lived_by(plan, mine, hours, speed, seed, folder), plan


def lived_by(plan, mine, hours, speed, seed, folder) -> Told:
    """That day by a plan of one's own."""
    settings = {"SIM_SPEED": str(speed), "SIM_SEED": str(seed), "SIM_START": GREAT_RAIN}
    process, address, bad = practising(folder, plan, **os.environ | settings)
    before = {name: os.environ.get(name) for name in ("PRACTICE_CITY", "CITY_CACHE")}
    os.environ |= {"PRACTICE_CITY": address, "CITY_CACHE": str(folder)}
    try:
        return asyncio.run(lived(mine, hours * 3600, bad))
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def main() -> bool:
    """Whether the whole day was as it should be."""
    said = argparse.ArgumentParser(prog="python -m tests.bench.day")
    said.add_argument("--hours", type=float, default=24)
    said.add_argument("--speed", type=float, default=60)
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("feeds", nargs="*", help="only these; none: all")
    said = said.parse_args()
    mine = [feed for feed in feeds if not said.feeds or feed.name in said.feeds]
    with tempfile.TemporaryDirectory() as folder:
        told, plan = day(mine, said.hours, said.speed, said.seed, Path(folder))
    found = [line for feed in mine if feed.every for line in wrong(feed, told, plan)]
    found += [f"also said: {what}" for _, what in told.said[""]]
    asking, taken = [feed for feed in mine if feed.portal], sum(told.taken.values())
    out = [
        f"{said.hours:g} h at {said.speed:g} times, seed {said.seed}: {len(mine)} feeds, of them "
        f"{len(asking)} ask; {taken} frames, {sum(map(len, told.seen.values()))} moments seen",
        longest(told),
        *lines(told, plan),
        *(found or ["all came back, each said once lost and once back; the past has no gap"]),
        f"memory of the process {told.rss / MB:.0f} MB",
    ]
    sys.stdout.write("\n".join(out) + "\n")
    return not found


if __name__ == "__main__":
    sys.exit(not main())
