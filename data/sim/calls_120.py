"""The drop of 120: the last two full hours, by district and topic."""

from datetime import timedelta

from data.sim._drops import put, told
from data.sim._service import Service
from data.sim._voice import Calls

HOURS = 2


class Calls120Drop(Service):
    """A count under five is told as such; so is a wait of so few."""

    route = "/drop/calls_120.json"

    def answer(self, request):
        """Oldest hour first."""
        full = request.now.replace(minute=0, second=0, microsecond=0)
        calls = self.world.part(Calls)
        return put(
            full,
            "cells",
            [
                {
                    "hour": hour.isoformat(),
                    "gu_code": gu,
                    "topic": topic,
                    "calls": told(n),
                    "answered": told(answered),
                    "median_wait": wait if answered >= 5 else None,
                }
                for hour in (full - timedelta(hours=h) for h in range(HOURS, 0, -1))
                for gu, topic, n, answered, wait in calls.hour(hour)
            ],
        )
