"""The pictures of the cameras: a road scene for each, with the hour's traffic, light and rain."""

import io
import math
from datetime import datetime
from functools import cache, lru_cache

import numpy as np
from PIL import Image, ImageDraw

from data.sim._calendar import hours
from data.sim._cars import KINDS, SIGHT, Vehicle, glow, sprite, vehicles
from data.sim._chance import drift
from data.sim._roads import FREE
from data.sim._roadside import lamp_places
from data.sim._scene import Light, Scene
from data.sim._tables import table
from data.sim._view import View, views
from data.sim._world import World

STEPS = 8  # of darkness and of rain that scenes are kept for
QUALITY = 82


def camera_names() -> list[str]:
    """What the portal calls each camera: ``[강변북로] 영동대교북단``."""
    return [f"[{row['road']}] {row['name_ko']}" for row in table("cctv")]


@lru_cache(maxsize=256)
def still(world: World, number: int, t: datetime, width: int) -> bytes:
    """The picture of that camera at that moment: a JPEG of width x width * 9 / 16."""
    view = views(world)[number]
    link = world.roads.links[view.link_id]
    rain = world.weather.rain(t, link.middle[1])
    light = Light(
        round(world.weather.dark(t) * STEPS) / STEPS,
        round(min(rain / 25, 1) ** 0.6 * STEPS) / STEPS,
    )
    im = _scene(view, light, width).copy()
    free = link.limit * FREE[link.kind]
    traffic = vehicles(view, world.roads.speed(link, t), free, t.timestamp() % 86_400)
    if view.scenery == "tunnel":
        traffic = [v for v in traffic if v.z < 84]
    _lit_lamps(im, view, light)
    for vehicle in traffic:
        _place(im, view, light, vehicle)
    im = _rained(im, light, number, t)
    out = io.BytesIO()
    im.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


@lru_cache(maxsize=96)
def _scene(view: View, light: Light, width: int) -> Image.Image:
    return Scene(view, light, width).drawn()


def _shine(im: Image.Image, x: float, y: float, wide: float, tall: float, strength: float) -> None:
    """A soft light with its middle at x, y pixels."""
    wide, tall = max(round(wide), 2), max(round(tall), 2)
    mask = glow(wide, tall, round(min(strength, 1), 1))
    im.paste(250, (round(x - wide / 2), round(y - tall / 2)), mask)


def _lit_lamps(im: Image.Image, view: View, light: Light) -> None:
    if light.dark < 0.4:
        return
    k = im.height
    for z in lamp_places(view):
        for side in (-1, 1):
            x, y = view.at(side * (view.half - 2.0), 10, z)
            size = k * view.lens * 3.4 / z
            _shine(im, x * k, y * k, size, size, light.dark)
            floor = view.at(side * (view.half - 2.6), 0, z)
            _shine(im, floor[0] * k, floor[1] * k, size * 3, size * 0.8, 0.2 * light.dark)
            if light.wet:
                tall = k * view.lens * 5 / z
                _shine(
                    im, floor[0] * k, floor[1] * k + tall * 0.4, size * 0.5, tall, 0.3 * light.wet
                )


def _place(im: Image.Image, view: View, light: Light, vehicle: Vehicle) -> None:
    k, (wide, tall, _) = im.height, KINDS[vehicle.kind]
    x, foot = view.at(vehicle.x, 0, vehicle.z)
    width = k * view.lens * wide / vehicle.z
    high = width * tall / wide
    haze = (vehicle.z / SIGHT) * (0.5 + 0.4 * light.wet)
    drawn = sprite(
        vehicle.kind, vehicle.paint, vehicle.coming, max(round(width), 2), round(light.dark * 4)
    )
    mask = drawn.getchannel(1)
    if haze > 0.15:
        mask = mask.point(_faded(round(1 - haze * 0.8, 1)))
    im.paste(drawn.getchannel(0), (round(x * k - width / 2), round(foot * k - high)), mask)
    if light.dark < 0.3 and light.wet < 0.4:
        return
    lit = max(light.dark, 0.45 * light.wet)
    for side in (-0.36, 0.36):
        at = x * k + side * width, foot * k - high * 0.4
        if vehicle.coming:
            _shine(im, *at, width * 0.95 + 2, width * 0.95 + 2, 0.95 * lit)
            if light.wet:
                _shine(
                    im,
                    at[0],
                    foot * k + width * 0.55,
                    width * 0.34,
                    width * 2.1,
                    0.5 * light.wet * lit,
                )
        else:
            _shine(im, *at, width * 0.4 + 2, width * 0.4 + 2, 0.5 * lit)
            if light.wet:
                _shine(
                    im,
                    at[0],
                    foot * k + width * 0.3,
                    width * 0.26,
                    width * 1.1,
                    0.26 * light.wet * lit,
                )
    if vehicle.coming and light.dark > 0.4:
        _shine(im, x * k, foot * k + width * 0.35, width * 1.9, width * 0.8, 0.24 * light.dark)


@cache
def _faded(part: float) -> list[int]:
    return [round(v * part) for v in range(256)]


def _rained(im: Image.Image, light: Light, number: int, t: datetime) -> Image.Image:
    """Streaks before the lens and a little of the contrast gone."""
    if not light.wet:
        return im
    frame = int(t.timestamp() / 2) % 5
    streaks = _streaks(im.size, light.wet, frame, round(4 * drift(hours(t), 1, "slant", number)))
    return Image.composite(Image.new("L", im.size, 205 if light.dark < 0.5 else 150), im, streaks)


@lru_cache(maxsize=96)
def _streaks(size: tuple[int, int], wet: float, frame: int, slant: int) -> Image.Image:
    rng = np.random.default_rng(frame)
    mask = Image.new("L", (size[0] * 2, size[1] * 2), round(16 * wet))
    pen = ImageDraw.Draw(mask)
    for x, y, long, pale in rng.random((round(90 + 420 * wet), 4)):
        length = (14 + 46 * long) * size[1] / 360
        left, top = x * size[0] * 2.2, y * size[1] * 2 - 20
        lean = length * math.tan(math.radians(6 + 1.2 * slant))
        pen.line([left, top, left - lean, top + length], fill=round(26 + 60 * pale * wet), width=1)
    return mask.reduce(2)
