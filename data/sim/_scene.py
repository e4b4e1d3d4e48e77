"""The standing part of a camera's picture: sky, skyline, banks, road; by day, at dusk, by night."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from data.sim._roadside import BEFORE, BEHIND
from data.sim._view import FAR, LANE, View, ridge

ACROSS = 16 / 9


@dataclass(frozen=True)
class Light:
    """How bright things are, 0 to 255, between day and night and in rain."""

    dark: float
    wet: float  # 0 dry, 1 pouring

    def __call__(self, day: float, night: float, far: float = 0.0) -> int:
        """A grey: its day and night value, taken into the haze by ``far``, 0 to 1."""
        value = day + (night - day) * self.dark
        haze = (196 + (46 - 196) * self.dark) * (1 - 0.16 * self.wet * (1 - self.dark))
        value *= 1 - 0.20 * self.wet * (1 - self.dark)
        return round(value + (haze - value) * min(far * (0.75 + 0.5 * self.wet), 1))


class Scene:
    """Draws one view at twice its size; a moment later it is taken down to its own."""

    def __init__(self, view: View, light: Light, width: int):
        self.view, self.light, self.k = view, light, width * 2 / ACROSS
        self.im = Image.new("L", (width * 2, width * 9 // 8), light(188, 20))
        self.pen = ImageDraw.Draw(self.im)

    def drawn(self) -> Image.Image:
        """The picture without traffic, at its own size."""
        self._sky()
        self._hills()
        self._skyline(0.62, 0.105, 56)
        self._skyline(0.30, 0.165, 30)
        self._ground()
        BEHIND[self.view.scenery](self)
        self._road()
        BEFORE[self.view.scenery](self)
        return self.im.reduce(2)

    def shape(self, places: list[tuple[float, float, float]], grey: int) -> None:
        """A flat shape whose corners are in metres: right, up, ahead."""
        self.pen.polygon([self._px(self.view.at(*p)) for p in places], fill=grey)

    def line(self, places: list[tuple[float, float, float]], grey: int, thick: float) -> None:
        """A line through places in metres, ``thick`` metres wide where it begins."""
        width = max(round(thick * self.view.lens / places[0][2] * self.k), 1)
        self.pen.line([self._px(self.view.at(*p)) for p in places], fill=grey, width=width)

    def _px(self, place: tuple[float, float]) -> tuple[float, float]:
        return place[0] * self.k, place[1] * self.k

    def _sky(self) -> None:
        top, low = self.light(172, 14), self.light(212, 58)
        rows = round(self.view.horizon * self.k) + 2
        fade = np.linspace(0, 1, rows)[:, None] ** 1.6
        sky = np.repeat(top + (low - top) * fade, self.im.width, axis=1)
        self.im.paste(Image.fromarray(sky.astype(np.uint8)), (0, 0))

    def _hills(self) -> None:
        for n, (tall, far) in enumerate(((0.13, 0.72), (0.075, 0.55))):
            if self.view.chance("hills", n) < 0.4:
                continue
            heights = [h * tall * (0.5 + self.view.chance("tall", n)) for h in ridge(self.view, n)]
            foot = self.view.horizon
            outline = [(x / 64 * ACROSS, foot - h) for x, h in enumerate(heights)]
            corners = [(0, foot + 0.01), *outline, (ACROSS, foot + 0.01)]
            self.pen.polygon([self._px(p) for p in corners], fill=self.light(118, 26, far))

    def _skyline(self, far: float, tall: float, count: int) -> None:
        view, x, n = self.view, -0.02, 0
        while x < ACROSS:
            wide = (0.6 + 1.3 * view.chance("wide", far, n)) * ACROSS / count
            height = tall * (0.25 + view.chance("high", far, n) ** 2.2)
            if view.chance("gap", far, n) > 0.22:
                box = [
                    *self._px((x, view.horizon - height)),
                    *self._px((x + wide, view.horizon + 0.01)),
                ]
                self.pen.rectangle(box, fill=self.light(112, 24, far))
                self._windows(box, far, n)
            x, n = x + wide * (1.02 + 0.5 * view.chance("space", far, n)), n + 1

    def _windows(self, box: list[float], far: float, n: int) -> None:
        """Lit windows of a distant building, few and dim."""
        if self.light.dark < 0.35:
            return
        left, top, right, foot = box
        step, grey = self.k * 0.0115, self.light(100, 132, far)
        size = step * 0.34
        for row in range(int((foot - top) / step)):
            for col in range(int((right - left) / step)):
                if self.view.chance("window", far, n, row, col) < 0.3 * self.light.dark:
                    x, y = left + (col + 0.35) * step, top + (row + 0.4) * step
                    self.pen.rectangle([x, y, x + size, y + size], fill=grey)

    def _ground(self) -> None:
        """Land to both sides, or the river under a bridge."""
        view, water = self.view, self.view.scenery == "bridge"
        near, far = (self.light(150, 20), self.light(186, 44)) if water else (
            self.light(160, 24), self.light(174, 34))  # fmt: skip
        rows = self.im.height - round(view.horizon * self.k)
        fade = np.linspace(1, 0, rows)[:, None] ** 2
        grey = near + (far - near) * fade
        if water:
            rng = np.random.default_rng(view.number)
            grey = grey + np.repeat(rng.normal(0, 3.2, (rows // 4 + 1, 1)), 4, axis=0)[:rows]
        land = np.repeat(np.clip(grey, 0, 255), self.im.width, axis=1).astype(np.uint8)
        self.im.paste(Image.fromarray(land), (0, self.im.height - rows))

    def _road(self) -> None:
        view, half = self.view, self.view.half
        zs = np.geomspace(view.near * 0.9, FAR, 44)
        for near, far in zip(zs[-2::-1], zs[:0:-1], strict=True):
            haze = (near / FAR) ** 0.8 * 0.85
            sheen = 26 * self.light.wet * (near / FAR) ** 0.35
            grey = min(round(self.light(76 + sheen, 36 + sheen * 0.9, haze)), 255)
            self.shape([(-half, 0, near), (half, 0, near), (half, 0, far), (-half, 0, far)], grey)
        white = self.light(226, 122)
        for side in (-1, 1):
            edge = side * (half - 0.9)
            self._stripe(edge, 0.24, white, zs)
            self._stripe(side * 0.28, 0.2, self.light(206, 104), zs)
            for lane in range(1, view.lanes):
                for z in np.arange(view.near * 0.9, FAR * 0.6, 13.0):
                    self._mark(side * (0.6 + lane * LANE), 0.2, z, z + 5.5, white)

    def _stripe(self, x: float, wide: float, grey: int, zs: np.ndarray) -> None:
        for near, far in zip(zs[:-1], zs[1:], strict=True):
            self._mark(x, wide, near, far, grey)

    def _mark(self, x: float, wide: float, near: float, far: float, grey: int) -> None:
        wide = max(wide, near * 0.0016)
        faded = round(grey + (self.light(110, 44) - grey) * min(near / FAR * 1.5, 1))
        self.shape([(x - wide / 2, 0, near), (x + wide / 2, 0, near),
                    (x + wide / 2, 0, far), (x - wide / 2, 0, far)], faded)  # fmt: skip
