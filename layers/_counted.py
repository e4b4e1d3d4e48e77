"""Layers of the kept past: millions of points as squares, the stronger the more there were.

Every point is counted once for all, in fixed squares (data/_squares.py); the map holds the
addresses of their pictures alone, and a browser fetches those that suit how near it looks.
One ramp and the same limits, per km², hold for every level: a square that is half as wide has to
hold a quarter as much to look the same.
"""

import io
from base64 import b64encode
from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import ClassVar

import numpy as np
import pandas as pd
import panel as pn
from PIL import Image

from data import About, figure, squares
from layers._counts import Counting, Counts
from layers._crowd import home
from layers._layer import Layer, marked
from layers._palette import palette
from layers._pictures import COLUMNS, Pictures
from layers._reader import Frame
from layers._shapes import STRETCH
from layers._spots import name_of

RAMP = tuple(f"much-{step}" for step in range(1, 6))  # tokens, least first
PX = 4  # of a picture along a square: a browser that enlarges it keeps the edges sharp
LIVE = timedelta(minutes=20)  # counts are made anew every ten minutes, and so old at most
STALE = timedelta(days=1)  # older counts are not shown
ALONE = 10  # the level of a layer that is drawn alone


@cache
def counting(kind: "type[Counted]") -> Counting:
    """The countings of that layer, one for all who show it."""
    return Counting(kind)


class Counted(Layer):
    """A layer that shows what the points of the last days add up to.

    A subclass gives a title, a subject, maps and a frame as any layer, and what stands below.
    """

    is_counted = True
    hidden = ("city",)
    limits: ClassVar[tuple[float, ...]]  # four, between the five steps of the ramp, of ``unit``
    finest: ClassVar[int]  # the finest level, lower where the places of points are not so exact

    districts = Frame("districts", doc="What each district is called, and its area.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    @classmethod
    def points(cls, start: datetime, end: datetime) -> pd.DataFrame:
        """lon, lat (degrees), weight and at (TIME) of every point of that stretch of the past.

        None is in two stretches, whichever way the time is cut. Blocks.
        """
        raise NotImplementedError

    def unit(self) -> str:
        """What is told per km², in words."""
        raise NotImplementedError

    def shown(self) -> Counts | None:
        """The counts for its moment; None where they are of a later one, or too old."""
        counts = counting(type(self)).newest
        there = counts and counts.until <= self.moment <= counts.until + STALE
        return counts if there else None

    def draw(self) -> Pictures:
        """A row a tile of each level; without an address where nothing was counted."""
        return self._element(self._rows())

    def told(self) -> Hashable:
        """Other counts look otherwise."""
        return super().told(), self.shown() and counting(type(self)).version

    def legend(self) -> list[tuple[str, str]]:
        """The ramp between its limits, what is told and of which time; or why there is nothing."""
        counts, made = self.shown(), counting(type(self))
        if counts is None:
            why = "Nothing of it is kept yet." if made.tried else "It is being counted."
            why = "This machine cannot count it." if made.problem else why
            return [("estimate", self.say(why))]
        low, *between, high = map(figure, self.limits)
        pairs = zip((low, *between), (*between, high), strict=True)
        words = [self.say("under {n}", n=low), *(f"{a}–{b}" for a, b in pairs)]
        ramp = zip(RAMP, (*words, self.say("{n} and more", n=high)), strict=True)
        return [*ramp, ("estimate", f"{self.unit()}, {self._period(counts)}")]

    def age(self) -> About | None:
        """Of the counts, where they are shown; else of the frame they are of."""
        counts, about = self.shown(), super().age()
        if counts is None or about is None:
            return about
        ends = {"live_until": counts.until + LIVE, "silent_from": counts.until + STALE}
        state = "live" if self.moment <= ends["live_until"] else "late"
        return replace(about, observed_at=counts.until, state=state, **ends)

    def table(self) -> pd.DataFrame:
        """By district, most first: the sum, per km², and of which time."""
        counts = self.shown()
        there = counts is not None and self.districts is not None
        rows = self._districts(counts) if there else pd.DataFrame({"name": [], "n": [], "per": []})
        rows = rows.sort_values("n", ascending=False, kind="stable")
        return pd.DataFrame(
            {
                self.say("District"): rows["name"],
                self.say("Sum"): [figure(n) for n in rows["n"]],
                self.unit(): [figure(n, 1) for n in rows["per"]],
                self.say("Period"): self._period(counts) if there else "",
            }
        )

    def __panel__(self) -> pn.viewable.Viewable:
        """Counted now, for one who looks at this layer alone; its pictures are in the document."""
        counting(type(self)).again()
        counts, rows, there = self.shown(), self._rows(), list(squares.tiles(ALONE))
        urls = [self._inline(counts, tile) for tile in there] if counts else ""
        drawn = self._element(rows[rows["level"] == ALONE].assign(url=urls, shown=1.0))
        west, south, east, north = zip(*map(squares.bounds, there), strict=True)
        bare = dict(
            xaxis=None, yaxis=None, toolbar=None, bgcolor=self.tokens["paper"], data_aspect=1,
            xlim=(min(west), max(east)), ylim=(min(south), max(north)),
        )  # fmt: skip
        return pn.pane.HoloViews(drawn.opts(**bare), min_height=300, sizing_mode="stretch_both")

    def _rows(self) -> pd.DataFrame:
        counts, version = self.shown(), counting(type(self)).version
        levels = range(squares.COARSEST, self.finest + 1)
        there = [tile for level in levels for tile in squares.tiles(level)]
        west, _, east, north = np.array([squares.bounds(tile) for tile in there]).T
        address = f"/raster/{name_of(self)}/{self.theme}-{version}/{{}}/{{}}/{{}}.png"
        full = _filled(type(self), version, tuple(there)) if counts else [False] * len(there)
        src = [address.format(*t) if some else "" for t, some in zip(there, full, strict=True)]
        rows = {"x": west, "y": north, "src": src, "url": "", "wide": east - west}
        return pd.DataFrame(rows | {"level": [tile[0] for tile in there], "shown": 0.0})

    def _element(self, rows: pd.DataFrame) -> Pictures:
        return Pictures(rows, ["x", "y"], list(COLUMNS)).opts(hooks=[marked(name_of(self))])

    def _inline(self, counts: Counts, tile: squares.Tile) -> str:
        png = picture(type(self), counts, self.theme, tile)
        return f"data:image/png;base64,{b64encode(png).decode()}"

    def _period(self, counts: Counts) -> str:
        since, until = (f"{at:%m.%d %H:%M}" for at in (counts.start, counts.until))
        return self.say("{since} to {until}", since=since, until=until)

    def _districts(self, counts: Counts) -> pd.DataFrame:
        """name, n and per km² of each district; a square belongs to where its middle lies."""
        at = np.nonzero(counts.grid)
        lon, lat = squares.middles(*at)
        codes = home(pd.DataFrame({"lon": lon, "lat": lat}), self.shapes)
        sums = pd.Series(counts.grid[at]).groupby(codes.to_numpy()).sum()
        rows = self.districts[["gu_code", "name_ko", "name_en", "area_km2"]]
        n = rows["gu_code"].map(sums).fillna(0.0)
        name = rows["name_ko" if self.language == "ko" else "name_en"]
        return pd.DataFrame({"name": name, "n": n, "per": n / rows["area_km2"]})


def picture(kind: type[Counted], counts: Counts, theme: str, tile: squares.Tile) -> bytes:
    """PNG of a tile: a step of the ramp a square, nothing where nothing was. Raises KeyError."""
    found = squares.cut(counts.grid, tile)
    west, _, east, _ = squares.bounds(tile)
    km2 = ((east - west) / squares.SIDE / STRETCH / 1000) ** 2
    step = np.digitize(found / km2, kind.limits) + 1
    steps = np.where(found > 0, step, 0).astype("uint8").repeat(PX, 0).repeat(PX, 1)
    image = Image.fromarray(steps, "P")
    colours = [palette(theme)[token] for token in RAMP]
    image.putpalette(bytes(3) + b"".join(bytes.fromhex(c.removeprefix("#")) for c in colours))
    out = io.BytesIO()
    image.save(out, "PNG", transparency=0, bits=4)
    return out.getvalue()


@lru_cache(16)
def _filled(kind: type[Counted], version: str, tiles: tuple[squares.Tile, ...]) -> list[bool]:
    """Whether anything was counted in each tile, worked out once a counting."""
    grid = counting(kind).find(version).grid
    return [bool(squares.cut(grid, tile).any()) for tile in tiles]
