"""Where the practice city counts vehicles, and how many pass in an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.sim._chance import among
from data.sim._roads import BUSY, Link
from data.sim._tables import projected

CENTRAL = 0.6
LETTERS = {"bridge": "C", "arterial": "D", "expressway": "F"}
PASS = {"bridge": 900, "arterial": 620, "expressway": 1650}  # vehicles an hour on a full lane


@dataclass(frozen=True)
class Spot:
    """A place on a road."""

    spot_id: str
    name: str
    link: Link
    x: float  # metres, EPSG:5181
    y: float


class Counts:
    """A spot on every road; what passes goes with how busy the roads are."""

    def __init__(self, world):
        self._seed = world.seed
        first = {link.road_id: link for link in reversed(world.roads.links.values())}
        links = sorted(first.values(), key=lambda link: link.road_id)
        places = projected([link.middle for link in links])
        count, spots = {}, []
        for link, (x, y) in zip(links, places, strict=True):
            middle = link.kind == "arterial" and link.central > CENTRAL
            letter = "A" if middle else LETTERS[link.kind]
            number = count[letter] = count.get(letter, 0) + 1
            spots.append(Spot(f"{letter}-{number:02d}", link.road, link, x, y))
        self.spots = {s.spot_id: s for s in sorted(spots, key=lambda s: s.spot_id)}

    def lanes(self, spot: Spot, hour: datetime) -> list[tuple[int, int, int]]:
        """(io_type, lane, vehicles) of the hour that begins then."""
        busy = sum(BUSY(hour + timedelta(minutes=m)) for m in (0, 20, 40)) / 3
        found = []
        for way in (1, 2):
            leans = 1 + 0.14 * (1 if way == 1 else -1) * (1 if hour.hour < 13 else -1)
            for lane in range(1, max(spot.link.lanes // 2, 1) + 1):
                own = among(0.75, 1.1, self._seed, spot.spot_id, way, lane)
                day = among(0.94, 1.06, self._seed, spot.spot_id, way, lane, hour)
                full = min(busy * (0.7 + 0.4 * spot.link.central) * leans, 1.05)
                found.append((way, lane, round(PASS[spot.link.kind] * full * own * day)))
        return found
