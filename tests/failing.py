"""A practice city whose services, and now and then whole portals, fail by a timetable.

``python -m tests.failing PLAN LOG`` is that city; it writes down every answer that was no good.
"""

import asyncio
import json
import random
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from data.sim._faults import KINDS, Faults
from data.sim._server import City, serve
from tests.serving import ROOT

MILD = {"slow", "stale", "cp949"}  # an answer all the same
TOGETHER = {"timeout", "refuse", "error500", "quota"}  # what happens to a whole portal
LASTS = (300.0, 2400.0)  # city seconds of a fault
CALM = 6000.0  # city seconds between two faults of a service, and before and after the day's


@dataclass(frozen=True)
class Fault:
    """A service misbehaves from ``first`` to ``last``, city seconds from the beginning."""

    service: str
    kind: str
    first: float
    last: float


class Timetable(Faults):
    """The practice city's faults by the hour.

    Args:
        plan: what goes wrong, and when.
        city: whose hands tell the time.
        told: called with (seconds from the beginning, service, kind) of each bad answer.
    """

    def __init__(self, plan: Sequence[Fault], city: City, told: Callable):
        super().__init__("", city.hands.start)
        self._plan, self._hands, self._note = defaultdict(list), city.hands, told
        for fault in plan:
            self._plan[fault.service].append(fault)

    def of(self, name: str) -> str:
        """The fault of a service at this time; ``""`` when it behaves."""
        now = (self._hands.now() - self._start).total_seconds()
        for fault in self._plan[name]:
            if fault.first <= now < fault.last:
                self._note(now, name, fault.kind)
                return fault.kind
        return ""


def planned(
    groups: Iterable[Sequence[str]],
    hours: float,
    dice: random.Random,
    kinds: Iterable[str] = KINDS,
) -> list[Fault]:
    """Faults of single services and of whole portals, one for each four hours and service.

    Args:
        groups: services by portal.
        hours: how long the day is; its last CALM is left for whoever was lost to come back.
        dice: whose throw it is.
        kinds: what may go wrong.
    """
    plan, free = [], defaultdict(lambda: CALM / 4)  # when a service may fail again
    end = hours * 3600 - CALM
    alone, together = sorted(kinds), sorted(TOGETHER & set(kinds))
    for group in groups:
        for _ in range(max(1, round(hours / 4 * (len(group) + 1)))):
            whole = dice.random() < 1 / (len(group) + 1)
            hit = list(group) if whole else [dice.choice(list(group))]
            kind = dice.choice(together if whole else alone)
            first = max(free[name] for name in hit) + dice.expovariate(1 / CALM)
            last = first + dice.uniform(*LASTS)
            if last < end:
                plan += [Fault(name, kind, first, last) for name in hit]
                free |= dict.fromkeys(hit, last + CALM)
    return sorted(plan, key=lambda fault: fault.first)


def practising(folder: Path, plan: Sequence[Fault], **settings: str) -> tuple:
    """(process, address, file of bad answers) of a city that fails by that plan."""
    timetable, bad = folder / "plan.json", folder / "bad.txt"
    timetable.write_text(json.dumps([asdict(fault) for fault in plan]), "utf-8")
    bad.touch()
    command = [sys.executable, "-m", "tests.failing", str(timetable), str(bad)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=settings)
    return process, process.stdout.readline().strip(), bad


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    city = City.from_environment()
    with Path(sys.argv[2]).open("a", buffering=1) as out:
        plan = [Fault(**one) for one in json.loads(Path(sys.argv[1]).read_text("utf-8"))]
        city.faults = Timetable(plan, city, lambda *bad: out.write("{:.1f} {} {}\n".format(*bad)))
        asyncio.run(serve(city, listener))
