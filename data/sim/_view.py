"""What a camera looks at: a road in perspective, and what stands beside it."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from data.sim._chance import among, chance
from data.sim._tables import metres, points, table
from data.sim._world import World

LANE = 3.4  # metres
FAR = 420.0  # metres to where the road is lost to sight


@dataclass(frozen=True)
class View:
    """One camera's place and direction; a picture is 1 high and 16/9 wide, y downwards.

    Attributes:
        scenery: street, expressway, bridge or tunnel.
        lanes: each way.
        horizon, centre: where straight roads would vanish.
        height: of the camera over the road, metres.
        bend: how the road curves away, metres aside at 100 m.
    """

    number: int
    link_id: str
    scenery: str
    lanes: int
    horizon: float
    centre: float
    height: float
    bend: float
    lens: float = 1.42

    @property
    def near(self) -> float:
        """Metres to the road at the lower edge of the picture."""
        return self.lens * self.height / (1.0 - self.horizon) * 0.97

    @property
    def half(self) -> float:
        """Metres from the middle of the road to its edge."""
        return self.lanes * LANE + 1.6

    def at(self, x: float, up: float, z: float) -> tuple[float, float]:
        """Where a point is in the picture: metres right of the road's middle, above it, ahead."""
        x += self.bend * (z / 100) ** 2 / (1 + z / 160)
        return self.centre + self.lens * x / z, self.horizon + self.lens * (self.height - up) / z

    def chance(self, *key) -> float:
        """A number from 0 to 1 that belongs to this view."""
        return chance("view", self.number, *key)


def _scenery(name: str, kind: str, road: str) -> str:
    if "터널" in name or "지하" in name or "터널" in road:
        return "tunnel"
    if kind == "bridge" or "대교" in name or name.endswith("교"):
        return "bridge"
    return "expressway" if kind == "expressway" else "street"


@cache
def views(world: World) -> list[View]:
    """One per camera of the table, each with the nearest link of its road."""
    links = list(world.roads.links.values())
    middles = metres(*zip(*(link.middle for link in links), strict=True))
    found = []
    for n, (row, here) in enumerate(zip(table("cctv"), points("cctv"), strict=True)):
        gaps = np.hypot(*(middles - here).T)
        gaps += [0 if link.road == row["road"] else 1e5 for link in links]
        link = links[int(gaps.argmin())]
        scenery = _scenery(row["name_ko"], link.kind, row["road"])
        key = ("view", n)
        found.append(
            View(
                n, link.link_id, scenery,
                lanes=min(max(link.lanes // 2, 2), 4),
                horizon=among(0.36, 0.44, *key, "horizon"),
                centre=16 / 9 * among(0.40, 0.60, *key, "centre"),
                height=among(7.5, 10.5, *key, "height"),
                bend=among(-9, 9, *key, "bend") * (0.35 if scenery in ("tunnel", "bridge") else 1),
            )
        )  # fmt: skip
    return found


def ridge(view: View, rough: int) -> list[float]:
    """Heights of hills along the picture, 0 to 1, at 65 places from left to right."""
    phases = [view.chance("ridge", rough, k) * math.tau for k in range(5)]
    swell = [
        sum(
            math.sin(x / 64 * (1.6 + 1.9 * k) * math.pi + p) / (k + 1.2)
            for k, p in enumerate(phases)
        )
        for x in range(65)
    ]
    low, high = min(swell), max(swell)
    return [(s - low) / (high - low) for s in swell]
