"""The traffic in a camera's picture: each lane's vehicles, where they are now, and their lights."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from data.sim._chance import chance
from data.sim._view import LANE, View

BIG = 192  # pixels across the drawing every size is taken down from
KINDS = {  # metres wide, high; share
    "car": (1.85, 1.48, 0.70), "van": (1.9, 1.9, 0.16), "truck": (2.2, 2.8, 0.08),
    "bus": (2.5, 3.2, 0.06),
}  # fmt: skip
PAINT = (236, 214, 176, 128, 96, 70, 54, 226)
SIGHT = 330.0  # metres to where vehicles are still drawn


@dataclass(frozen=True)
class Vehicle:
    """One of them: metres right of the road's middle and ahead; whether it comes towards us."""

    x: float
    z: float
    kind: str
    paint: int
    coming: bool


def vehicles(view: View, speed: float, free: float, seconds: float) -> list[Vehicle]:
    """Everything on the road, the farthest first: closer together the slower it goes.

    Args:
        speed, free: km/h now, and with nobody about.
        seconds: the time, which they move along by.
    """
    found = []
    for lane in range(view.lanes * 2):
        coming = lane < view.lanes
        # the other way is seldom as full
        flow = (
            min(max(speed / free, 0.04), 1)
            if not coming
            else min(max(speed / free, 0.04) * 1.35, 1)
        )
        gap = 8.5 + 62 * flow**1.5
        x = (lane - view.lanes + 0.5) * LANE
        ran = (seconds * speed / 3.6 * (-1 if coming else 1)) % (gap * 997)
        first = int((view.near * 0.7 - ran) / gap) - 1
        for n in range(first, first + int(SIGHT / gap) + 3):
            key = (view.number, lane, n % 997)
            if chance("car", *key) < 0.14:
                continue
            z = n * gap + ran + gap * 0.42 * (chance("place", *key) - 0.5)
            if view.near * 0.8 < z < SIGHT:
                kind = _kind(chance("kind", *key))
                paint = PAINT[int(chance("paint", *key) * len(PAINT))]
                found.append(
                    Vehicle(x + 0.5 * (chance("side", *key) - 0.5), z, kind, paint, coming)
                )
    return sorted(found, key=lambda v: -v.z)


def _kind(part: float) -> str:
    for kind, (_, _, share) in KINDS.items():
        part -= share
        if part < 0:
            return kind
    return "car"


@lru_cache(maxsize=8192)
def sprite(kind: str, paint: int, coming: bool, width: int, dark: int) -> Image.Image:
    """A vehicle ``width`` pixels across, as "LA"; dark is 0 by day to 4 at night."""
    big = _drawn(kind, paint, coming, dark)
    return big.resize((width, max(round(width * big.height / big.width), 1)), Image.Resampling.BOX)


@lru_cache(maxsize=512)
def _drawn(kind: str, paint: int, coming: bool, dark: int) -> Image.Image:
    wide, tall, _ = KINDS[kind]
    w, h = BIG, round(BIG * tall / wide)
    night = dark / 4
    im = Image.new("LA", (w, h + 10), (0, 0))
    pen = ImageDraw.Draw(im)

    def box(left, top, right, foot, grey, round_by=0.0, alpha=255):
        pen.rounded_rectangle(
            [left * w, top * h, right * w, foot * h], round_by * w, (round(grey), alpha)
        )

    body = paint * (1 - 0.72 * night) + 8
    glass = 52 - 30 * night
    box(0.0, 0.9, 1.0, 1.05, 24, 0.06, 150)  # its shadow
    box(0.08, 0.80, 0.24, 1.0, 22)
    box(0.76, 0.80, 0.92, 1.0, 22)
    if kind in ("car", "van"):
        roof = 0.02 if kind == "car" else 0.01
        lean = 0.17 if kind == "car" else 0.09
        pen.polygon(
            [
                (0.05 * w, 0.5 * h),
                (lean * w, roof * h),
                ((1 - lean) * w, roof * h),
                (0.95 * w, 0.5 * h),
            ],
            (round(body * 0.94), 255),
        )
        pen.polygon(
            [(0.12 * w, 0.46 * h), ((lean + 0.04) * w, 0.09 * h), ((0.96 - lean) * w, 0.09 * h),
             (0.88 * w, 0.46 * h)], (round(glass), 255),
        )  # fmt: skip
        box(0.0, 0.42, 1.0, 0.9, body, 0.08)
        box(0.03, 0.42, 0.97, 0.5, min(body * 1.12, 250), 0.04)
        box(0.06, 0.76, 0.94, 0.9, body * 0.55, 0.04)
    else:
        box(0.02, 0.0, 0.98, 0.94, body, 0.05)
        if kind == "bus" or coming:
            box(0.08, 0.12, 0.92, 0.46, glass, 0.03)
        else:
            pen.line([(w / 2, 0.04 * h), (w / 2, 0.86 * h)], (round(body * 0.7), 255), 4)
        box(0.04, 0.84, 0.96, 0.94, body * 0.55, 0.03)
    lamp = (232 if coming else 150) if night < 0.3 else (255 if coming else 158)
    top, foot = (0.56, 0.66) if kind in ("car", "van") else (0.76, 0.83)
    box(0.05, top, 0.22, foot, lamp, 0.03)
    box(0.78, top, 0.95, foot, lamp, 0.03)
    if kind in ("car", "van"):
        box(0.36, 0.62, 0.64, 0.7, min(body * 0.8, 200) if coming else 186 - 120 * night)
    return im


@lru_cache(maxsize=512)
def glow(width: int, height: int, strength: float) -> Image.Image:
    """A soft light as a mask: 255 in the middle times strength, 0 at its edge."""
    x = np.linspace(-1, 1, max(width, 1))[None, :]
    y = np.linspace(-1, 1, max(height, 1))[:, None]
    soft = np.clip(1 - np.sqrt(x**2 + y**2), 0, 1) ** 2.2
    return Image.fromarray((soft * 255 * strength).astype(np.uint8))
