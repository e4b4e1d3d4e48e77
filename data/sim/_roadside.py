"""What stands beside a road: houses along a street, rails of a bridge, walls, lamps, a tunnel."""

from typing import TYPE_CHECKING

import numpy as np

from data.sim._view import FAR, ridge

if TYPE_CHECKING:
    from data.sim._scene import Scene


def street(scene: "Scene") -> None:
    """Pavements, trees and a row of houses on both sides, the far ones first."""
    view, light = scene.view, scene.light
    for side in (-1, 1):
        kerb, wall = side * view.half, side * (view.half + 7)
        zs = np.geomspace(view.near * 0.7, FAR, 20)
        for near, far in zip(zs[-2::-1], zs[:0:-1], strict=True):
            grey = light(168, 46, (near / FAR) * 0.7)
            scene.shape([(kerb, 0, near), (wall, 0, near), (wall, 0, far), (kerb, 0, far)], grey)
    houses, z, n = [], 26.0, 0
    while z < FAR:
        long = 16 + 26 * view.chance("long", n)
        houses += [(z, z + long, side, n) for side in (-1, 1)]
        z, n = z + long, n + 1
    for near, far, side, n in reversed(houses):
        _house(scene, near, far - 1.5, side, n)
    for z in np.arange(FAR * 0.5, 30, -17):
        for side in (-1, 1):
            _tree(scene, side * (view.half + 2.2), z, f"{side}{z:.0f}")


def _house(scene: "Scene", near: float, far: float, side: int, n: int) -> None:
    view, light = scene.view, scene.light
    x = side * (view.half + 7.5 + 3 * view.chance("back", n, side))
    tall = (
        9
        + 30 * view.chance("tall", n, side) ** 1.6
        + (22 if view.chance("tower", n, side) > 0.85 else 0)
    )
    haze, tone = min(near / FAR * 0.95, 0.9), 26 * (view.chance("tone", n, side) - 0.5)
    out = side * 45
    scene.shape([(x, 0, near), (x + out, 0, near), (x + out, tall, near), (x, tall, near)],
                light(122 + tone, 27, haze))  # fmt: skip
    scene.shape([(x, 0, near), (x, 0, far), (x, tall, far), (x, tall, near)],
                light(140 + tone, 36, haze))  # fmt: skip
    if near > 190:
        return
    for storey in range(1, int(tall / 3.4)):
        low, high = storey * 3.4 + 0.9, storey * 3.4 + 2.5
        rooms = 1 + int((far - near) / 7)
        for room in range(rooms):
            a, b = (near + (far - near) * (room + part) / rooms for part in (0.1, 0.9))
            lit = light.dark > 0.3 and view.chance("room", n, side, storey, room) < 0.22
            grey = light(108, 128 if lit else 25, haze) if lit else light(106 + tone, 27, haze)
            scene.shape([(x, low, a), (x, low, b), (x, high, b), (x, high, a)], grey)
    glow = light(118, 96 if view.chance("shop", n, side) < 0.7 else 40, haze)
    scene.shape(
        [(x, 0.4, near + 1), (x, 0.4, far - 1), (x, 3.0, far - 1), (x, 3.0, near + 1)], glow
    )


def _tree(scene: "Scene", x: float, z: float, key: str, crown: float = 0.8) -> None:
    """A tree whose crown has its middle at that part of its height."""
    light, haze = scene.light, z / FAR * 0.9
    tall = 5.5 + 2.5 * scene.view.chance("tree", key)
    scene.line([(x, 0, z), (x, tall * (crown - 0.2), z)], light(84, 24, haze), 0.3)
    for k in range(5):
        dx, dy = (scene.view.chance("leaf", key, k, a) - 0.5 for a in "xy")
        cx, cy = scene.view.at(x + dx * 2.2, tall * crown + dy * 2.2, z)
        r = scene.view.lens * (1.2 + 0.5 * dx) / z
        box = [(cx - r) * scene.k, (cy - r) * scene.k, (cx + r) * scene.k, (cy + r) * scene.k]
        scene.pen.ellipse(box, fill=light(92 + 14 * k / 4, 20 + 4 * k / 4, haze))


def verge(scene: "Scene") -> None:
    """A low wall or a screen along an expressway, and a belt of trees behind it."""
    view, light = scene.view, scene.light
    for z in np.geomspace(FAR * 0.9, view.near * 0.9, 46):
        for side in (-1, 1):
            key = f"{side}{z:.0f}"
            if view.chance("verge", key) < 0.75:
                _tree(scene, side * (view.half + 5 + 9 * view.chance("off", key)), z, key, 0.35)
    tall = 1.1 if view.chance("screen") < 0.6 else 3.4
    _wall(scene, tall, light(128, 32), light(196, 62))


def rails(scene: "Scene") -> None:
    """The walk and the railing of a bridge, and its posts."""
    view, light = scene.view, scene.light
    zs = np.geomspace(view.near * 0.6, FAR, 24)
    for side in (-1, 1):
        a, b = side * view.half, side * (view.half + 2.2)
        for near, far in zip(zs[-2::-1], zs[:0:-1], strict=True):
            grey = light(160, 44, near / FAR * 0.6)
            scene.shape([(a, 0, near), (b, 0, near), (b, 0, far), (a, 0, far)], grey)
        for z in np.arange(FAR * 0.55, view.near * 0.8, -4):
            scene.line([(b, 0, z), (b, 1.25, z)], light(96, 30, z / FAR), 0.14)
        for up in (0.5, 0.9, 1.25):
            way = [(b, up, z) for z in zs]
            scene.line(way, light(88, 66 if up > 1 else 34), 0.05 if up < 1 else 0.09)


def _wall(scene: "Scene", tall: float, face: int, top: int) -> None:
    view = scene.view
    zs = np.geomspace(view.near * 0.6, FAR, 24)
    for side in (-1, 1):
        x = side * (view.half + 0.4)
        for near, far in zip(zs[-2::-1], zs[:0:-1], strict=True):
            haze = min(near / FAR, 1) * 0.8
            grey = round(face + (scene.light(186, 44) - face) * haze)
            scene.shape([(x, 0, near), (x, 0, far), (x, tall, far), (x, tall, near)], grey)
        scene.line([(x, tall, z) for z in zs], top, 0.07)


def lamps(scene: "Scene") -> None:
    """Lamp posts with their arms over the road, the far ones first."""
    view, light = scene.view, scene.light
    for z in lamp_places(view):
        for side in (-1, 1):
            x, grey = side * (view.half + 0.8), light(86, 52, z / FAR * 0.9)
            scene.line([(x, 0, z), (x, 9.5, z)], grey, 0.2)
            scene.line([(x, 9.5, z), (x - side * 2.6, 10.0, z)], grey, 0.16)
            scene.line(
                [(x - side * 1.9, 9.95, z), (x - side * 3.1, 10.0, z)], light(110, 230), 0.26
            )


def lamp_places(view) -> list[float]:
    """How far ahead the lamps stand, metres, farthest first."""
    return np.arange(FAR * 0.75, view.near, -38).tolist()


def portal(scene: "Scene") -> None:
    """Two mouths in a wall under a wooded hill: the road ends in them."""
    view, light, z = scene.view, scene.light, 86.0
    wide, tall, back = view.half + 9, 10.5, z + 6
    for n, grey in ((0, light(122, 26, 0.25)), (1, light(98, 18, 0.1))):
        crest = [18 - 5 * n + 12 * h for h in ridge(view, 7 + n)]
        hill = [(-165 + 330 * k / 64, up, back) for k, up in enumerate(crest)]
        scene.shape([(-165, 0, back), *hill, (165, 0, back)], grey)
    for low, grey in ((0, light(146, 44)), (tall - 1, light(170, 58))):
        scene.shape([(-wide, low, z), (wide, low, z), (wide, tall, z), (-wide, tall, z)], grey)
    for side in (-1, 1):
        middle, span = side * (view.half / 2 + 0.3), view.half / 2 - 0.2
        rings = ((1.07, 178, 68), (1.0, 40, 58), (0.8, 33, 80), (0.58, 28, 102), (0.36, 24, 124))
        for size, day, night in rings:
            arch = [
                (middle - np.cos(a) * span * size, (2.2 + np.sin(a) * 5.6) * size, z)
                for a in np.linspace(0, np.pi, 24)
            ]
            scene.shape([(arch[0][0], 0, z), *arch, (arch[-1][0], 0, z)], light(day, night))
    lamps(scene)


BEHIND = {"street": street, "bridge": rails, "expressway": verge, "tunnel": verge}
BEFORE = {"street": lamps, "bridge": lamps, "expressway": lamps, "tunnel": portal}
