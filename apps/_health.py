"""Whether all is well: /health for people and load balancers, /metrics for Prometheus.

Red is not only a process that is down: also one that shows old data.
"""

import time
from collections import Counter
from collections.abc import Iterator

import msgspec
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from apps._guard import Guarded
from apps._live import Live
from apps._static import version
from apps._variant import BOOT
from data import Feed, Keeper, clock, feeds

STALLED = 20.0  # seconds without a tick, after which nothing shown can be trusted
STATES = ("live", "late", "silent", "refused")


def asked() -> list[Feed]:
    """Feeds that ask somebody now; the rest are tables, worked out, or waiting to be wanted."""
    wanting = [f for f in feeds if f.every and f.url and not f.needs]
    return [f for f in wanting if "{station}" not in f.url or f.wanted]


class Health:
    """What the house knows about itself."""

    def __init__(self, live: Live, keeper: Keeper):
        self.live, self.keeper, self.began = live, keeper, time.monotonic()
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def report(self) -> dict:
        """All of it, as /health says it."""
        now, polled = clock.now(), asked()
        states = {feed.name: feed.state(now) for feed in polled}
        return {
            "status": self.status(list(states.values())),
            "feeds": {s: n for s in STATES if (n := Counter(states.values())[s])},
            "not_live": [_said(f, states[f.name]) for f in polled if states[f.name] != "live"],
            "history": self.keeper.problem or "kept",
            "viewers": self.live.viewers,
            "uptime": round(time.monotonic() - self.began),
            "ticked": self.live.ticked.isoformat(),
            "now": now.isoformat(),
            "boot": BOOT,
            "version": version(),
            "practice": clock.practice or any(feed.practice for feed in polled),
        }

    def status(self, states: list[str]) -> str:
        """Red: over half of what we ask is gone, or nothing moves. Yellow: something is late."""
        gone = sum(state in {"silent", "refused"} for state in states)
        if time.monotonic() - self.live.last_tick > STALLED or 2 * gone > len(states):
            return "red"
        well = all(state == "live" for state in states) and not self.keeper.problem
        return "green" if well else "yellow"

    def metrics(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator:
        """What prometheus_client asks for."""
        live, now = self.live, clock.now()
        viewers = GaugeMetricFamily("city_viewers", "Who listens now", labels=["page"])
        for name, count in _by_page(live).items():
            viewers.add_metric([name], count)
        yield viewers
        yield CounterMetricFamily("city_ticks", "Looks at the frames", live.ticks)
        yield GaugeMetricFamily("city_tick_seconds", "How long the last took", live.tick_seconds)
        yield CounterMetricFamily("city_sent_bytes", "Sent to viewers", live.bytes_sent)
        age = GaugeMetricFamily("city_feed_age_seconds", "Age of its data", labels=["feed"])
        state = GaugeMetricFamily("city_feed_state", "1 for its state", labels=["feed", "state"])
        for feed in asked():
            if feed.observed_at is not None:
                age.add_metric([feed.name], (now - feed.observed_at).total_seconds())
            for each in STATES:
                state.add_metric([feed.name, each], each == feed.state(now))
        yield age
        yield state


def _by_page(live: Live) -> Counter:
    count = Counter()
    for (name, _, _), variant in live.variants.items():
        count[name] += len(variant.viewers)
    return count


def _said(feed: Feed, state: str) -> dict:
    """What is wrong with a feed: its age in seconds of the city, and the problem in words."""
    old = (clock.now() - feed.observed_at).total_seconds() if feed.observed_at else None
    return {
        "feed": feed.name,
        "state": state,
        "observed_at": feed.observed_at and feed.observed_at.isoformat(),
        "age_seconds": old and round(old),
        "problem": str(feed.problem or ""),
    }


class HealthHandler(Guarded):
    """/health: 503 when red."""

    def initialize(self, health: Health) -> None:
        """Whose."""
        self.health = health

    def get(self) -> None:
        """The report as JSON."""
        report = self.health.report()
        if report["status"] == "red":
            self.set_status(503)
        self.send("application/json", msgspec.json.format(msgspec.json.encode(report), indent=1))


class MetricsHandler(Guarded):
    """/metrics."""

    def initialize(self, health: Health) -> None:
        """Whose."""
        self.health = health

    def get(self) -> None:
        """The numbers."""
        self.send(CONTENT_TYPE_LATEST, self.health.metrics())
