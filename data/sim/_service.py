"""What a service of the practice city is made of."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from data.sim._world import World

KEY, SAMPLE = "practice", "sample"


@dataclass(frozen=True)
class Request:
    """What was asked: the parts of the path, the query, and how the asker reached us."""

    parts: dict[str, str]
    query: dict[str, str]
    now: datetime
    origin: str = ""  # scheme, host and port, for addresses in answers


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    body: bytes
    kind: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Service:
    """One service of one portal; one class in a file of this folder is all it takes.

    A subclass gives ``route``, its path (aiohttp's pattern) under the portal's folder, and
    ``answer``; and, for faults, what the portal says to a wrong key and when a day's calls are
    used up.
    """

    route: ClassVar[str] = ""

    def __init__(self, world: World):
        self.world = world

    def answer(self, request: Request) -> Reply:
        """The reply to a request. Pure: the time is the request's."""
        raise NotImplementedError

    def refusal(self, why: str) -> Reply:
        """What the portal says: ``key`` is wrong, the day's ``quota`` is used up."""
        return Reply(b"", status={"key": 401, "quota": 429}[why])


def services(world: World) -> Iterator[tuple[str, Service]]:
    """(file, service) of every service in this folder; a new file is found by being there."""
    folder = importlib.import_module("data.sim")
    for module in sorted(m.name for m in pkgutil.iter_modules(folder.__path__)):
        if module.startswith("_"):
            continue
        for thing in vars(importlib.import_module(f"data.sim.{module}")).values():
            if (
                isinstance(thing, type)
                and issubclass(thing, Service)
                and thing.__module__ == f"data.sim.{module}"
            ):
                yield module, thing(world)
