"""A layer of the kept past: millions of points as squares, the stronger the more there were.

Every point is counted once for all, in fixed squares (data/_squares.py); the map holds the
addresses of their pictures alone, and a browser fetches those that suit how near it looks.
"""

import io
from base64 import b64encode
from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import ClassVar

import numpy as np
import pandas as pd
import panel as pn
from PIL import Image

from data import About, figure
from data._squares import COARSEST, FINEST, SIDE, Tile, bounds, cut, middles, tiles
from layers._counts import Counting, Counts
from layers._crowd import district
from layers._layer import Layer, marked
from layers._palette import palette
from layers._pictures import COLUMNS, Pictures
from layers._shapes import STRETCH
from layers._spots import name_of

RAMP = tuple(f"much-{step}" for step in range(1, 6))  # tokens, least first
PX = 4  # of a picture along a square: a browser that enlarges it keeps the edges sharp
LIVE = timedelta(minutes=20)  # counts are made anew every ten minutes, and so old at most
STALE = timedelta(days=1)  # older counts are not shown
ALONE = 10  # the level of a layer that is drawn alone


class Counted(Layer):
    """Squares of a layer's points. A subclass gives what a Layer gives, ``limits``, ``unit``,
    ``points``, and the frames ``districts`` and ``shapes``, by which its table is told.

    One ramp and the same limits, per km², hold for every level: a square that is half as wide has
    to hold a quarter as much to look the same.
    """

    limits: ClassVar[tuple[float, ...]]  # four, between the five steps of the ramp; of ``unit``
    finest: ClassVar[int] = FINEST  # level; lower where the places of points are not so exact

    @classmethod
    def points(cls, start: datetime, end: datetime) -> pd.DataFrame:
        """The points of that stretch of the past: lon, lat (degrees), weight and at (TIME).

        No point is in two stretches, whichever way the time is cut. Blocks.
        """
        raise NotImplementedError

    def unit(self) -> str:
        """What is told per km² and of how long, in words."""
        raise NotImplementedError

    def draw(self) -> Pictures:
        """A row a tile of each level; without an address where nothing was counted."""
        return self._element(self._rows())

    def told(self) -> Hashable:
        """Other counts look otherwise."""
        return super().told(), self.shown() and counting(type(self)).version

    def shown(self) -> Counts | None:
        """The counts for this moment; None where they are of a later one, or too old."""
        counts = counting(type(self)).newest
        there = counts and counts.until <= self.moment <= counts.until + STALE
        return counts if there else None

    def legend(self) -> list[tuple[str, str]]:
        """The ramp between its limits, what is told and of which time; or why there is nothing."""
        counts, made = self.shown(), counting(type(self))
        if counts is None:
            why = "Nothing of it is kept yet." if made.tried else "It is being counted."
            return [
                ("estimate", self.say("This machine cannot count it." if made.problem else why))
            ]
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
        rows = self._districts(counts) if counts else pd.DataFrame({"name": [], "n": [], "per": []})
        rows = rows.sort_values("n", ascending=False, kind="stable")
        return pd.DataFrame(
            {
                self.say("District"): rows["name"],
                self.say("Sum"): [figure(n) for n in rows["n"]],
                self.unit(): [figure(n, 1) for n in rows["per"]],
                self.say("Period"): self._period(counts) if counts else "",
            }
        )

    def __panel__(self) -> pn.viewable.Viewable:
        """Counted now, for one who looks at this layer alone; its pictures are in the document."""
        counting(type(self)).again()
        rows = self._rows()
        rows = rows[rows["level"] == ALONE]
        counts = self.shown()
        urls = [self._inline(counts, tile) for tile in tiles(ALONE)] if counts else ""
        drawn = self._element(rows.assign(url=urls, shown=1.0))
        bare = dict(xaxis=None, yaxis=None, toolbar=None, bgcolor=self.tokens["paper"])
        west, south, east, north = zip(*map(bounds, tiles(ALONE)), strict=True)
        ends = dict(xlim=(min(west), max(east)), ylim=(min(south), max(north)), data_aspect=1)
        return pn.pane.HoloViews(drawn.opts(**bare, **ends), min_height=300)

    def _rows(self) -> pd.DataFrame:
        counts, version = self.shown(), counting(type(self)).version
        there = [tile for level in range(COARSEST, self.finest + 1) for tile in tiles(level)]
        west, _, east, north = np.array([bounds(tile) for tile in there]).T
        address = f"/raster/{name_of(self)}/{self.theme}-{version}/{{}}/{{}}/{{}}.png"
        src = [address.format(*t) if counts and cut(counts.grid, t).any() else "" for t in there]
        level = [tile[0] for tile in there]
        rows = {"x": west, "y": north, "src": src, "url": "", "wide": east - west}
        return pd.DataFrame(rows | {"level": level, "shown": 0.0})

    def _element(self, rows: pd.DataFrame) -> Pictures:
        return Pictures(rows, ["x", "y"], list(COLUMNS)).opts(hooks=[marked(name_of(self))])

    def _inline(self, counts: Counts, tile: Tile) -> str:
        png = picture(type(self), counts, self.theme, tile)
        return f"data:image/png;base64,{b64encode(png).decode()}"

    def _period(self, counts: Counts) -> str:
        since, until = (f"{at:%m.%d %H:%M}" for at in (counts.start, counts.until))
        return self.say("{since} to {until}", since=since, until=until)

    def _districts(self, counts: Counts) -> pd.DataFrame:
        """name, n and per km² of each district; a square belongs to where its middle lies."""
        at = np.nonzero(counts.grid)
        lon, lat = middles(*at)
        home = district(pd.DataFrame({"lon": lon, "lat": lat}), self.shapes)
        sums = pd.Series(counts.grid[at]).groupby(home.to_numpy()).sum()
        rows = self.districts[["gu_code", "name_ko", "name_en", "area_km2"]]
        n = rows["gu_code"].map(sums).fillna(0.0)
        name = rows["name_ko" if self.language == "ko" else "name_en"]
        return pd.DataFrame({"name": name, "n": n, "per": n / rows["area_km2"]})


@cache
def counting(kind: type[Counted]) -> Counting:
    """The countings of that layer, one for all who show it."""
    return Counting(kind)


def picture(kind: type[Counted], counts: Counts, theme: str, tile: Tile) -> bytes:
    """PNG of a tile: a step of the ramp a square, nothing where nothing was. Raises KeyError."""
    squares = cut(counts.grid, tile)
    west, _, east, _ = bounds(tile)
    km2 = ((east - west) / SIDE / STRETCH / 1000) ** 2
    step = np.digitize(squares / km2, kind.limits) + 1
    steps = np.where(squares > 0, step, 0).astype("uint8").repeat(PX, 0).repeat(PX, 1)
    image = Image.fromarray(steps, "P")
    colours = [palette(theme)[token] for token in RAMP]
    image.putpalette(bytes(3) + b"".join(bytes.fromhex(c.removeprefix("#")) for c in colours))
    out = io.BytesIO()
    image.save(out, "PNG", transparency=0, optimize=True, bits=4)
    return out.getvalue()
