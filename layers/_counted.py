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
from datetime import timedelta
from functools import cache, lru_cache

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
from layers._shapes import STRETCH
from layers._spots import name_of

RAMP = tuple(f"much-{step}" for step in range(1, 6))  # tokens, least first
PX = 4  # of a picture along a square: a browser that enlarges it keeps the edges sharp
LIVE = timedelta(minutes=20)  # counts are made anew every ten minutes, and so old at most
STALE = timedelta(days=1)  # older counts are not shown
ALONE = 10  # the level of a layer that is drawn alone


def counted(kind: type[Layer]) -> type[Layer]:
    """A kind of layer that shows what its ``points`` of the last days add up to.

    The class gives a title, a subject, maps and frames as any layer, of these ``districts`` and
    ``shapes`` by which its table is told, and

    limits: four, between the five steps of the ramp, of ``unit``.
    finest: the finest level, lower where the places of points are not so exact.
    unit(self): what is told per km², in words.
    points(cls, start, end): lon, lat (degrees), weight and at (TIME) of every point of that
        stretch of the past; none is in two stretches, whichever way the time is cut. Blocks.
    """
    kind.draw, kind.told, kind.legend, kind.table = draw, told, legend, table
    kind.age, kind.__panel__ = age, alone
    kind.is_counted = True
    return kind


@cache
def counting(kind: type[Layer]) -> Counting:
    """The countings of that layer, one for all who show it."""
    return Counting(kind)


def shown(layer: Layer) -> Counts | None:
    """The counts for its moment; None where they are of a later one, or too old."""
    counts = counting(type(layer)).newest
    there = counts and counts.until <= layer.moment <= counts.until + STALE
    return counts if there else None


def draw(layer: Layer) -> Pictures:
    """A row a tile of each level; without an address where nothing was counted."""
    return _element(layer, _rows(layer))


def told(layer: Layer) -> Hashable:
    """Other counts look otherwise."""
    return Layer.told(layer), shown(layer) and counting(type(layer)).version


def legend(layer: Layer) -> list[tuple[str, str]]:
    """The ramp between its limits, what is told and of which time; or why there is nothing."""
    counts, made = shown(layer), counting(type(layer))
    if counts is None:
        why = "Nothing of it is kept yet." if made.tried else "It is being counted."
        why = "This machine cannot count it." if made.problem else why
        return [("estimate", layer.say(why))]
    low, *between, high = map(figure, layer.limits)
    pairs = zip((low, *between), (*between, high), strict=True)
    words = [layer.say("under {n}", n=low), *(f"{a}–{b}" for a, b in pairs)]
    ramp = zip(RAMP, (*words, layer.say("{n} and more", n=high)), strict=True)
    return [*ramp, ("estimate", f"{layer.unit()}, {_period(layer, counts)}")]


def age(layer: Layer) -> About | None:
    """Of the counts, where they are shown; else of the frame they are of."""
    counts, about = shown(layer), Layer.age(layer)
    if counts is None or about is None:
        return about
    ends = {"live_until": counts.until + LIVE, "silent_from": counts.until + STALE}
    state = "live" if layer.moment <= ends["live_until"] else "late"
    return replace(about, observed_at=counts.until, state=state, **ends)


def table(layer: Layer) -> pd.DataFrame:
    """By district, most first: the sum, per km², and of which time."""
    counts = shown(layer)
    there = counts is not None and layer.districts is not None
    rows = _districts(layer, counts) if there else pd.DataFrame({"name": [], "n": [], "per": []})
    rows = rows.sort_values("n", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            layer.say("District"): rows["name"],
            layer.say("Sum"): [figure(n) for n in rows["n"]],
            layer.unit(): [figure(n, 1) for n in rows["per"]],
            layer.say("Period"): _period(layer, counts) if there else "",
        }
    )


def alone(layer: Layer) -> pn.viewable.Viewable:
    """Counted now, for one who looks at this layer alone; its pictures are in the document."""
    counting(type(layer)).again()
    counts, rows, there = shown(layer), _rows(layer), list(squares.tiles(ALONE))
    urls = [_inline(layer, counts, tile) for tile in there] if counts else ""
    drawn = _element(layer, rows[rows["level"] == ALONE].assign(url=urls, shown=1.0))
    west, south, east, north = zip(*map(squares.bounds, there), strict=True)
    bare = dict(
        xaxis=None, yaxis=None, toolbar=None, bgcolor=layer.tokens["paper"], data_aspect=1,
        xlim=(min(west), max(east)), ylim=(min(south), max(north)),
    )  # fmt: skip
    return pn.pane.HoloViews(drawn.opts(**bare), min_height=300, sizing_mode="stretch_both")


def picture(kind: type[Layer], counts: Counts, theme: str, tile: squares.Tile) -> bytes:
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


def _rows(layer: Layer) -> pd.DataFrame:
    counts, version = shown(layer), counting(type(layer)).version
    levels = range(squares.COARSEST, layer.finest + 1)
    there = [tile for level in levels for tile in squares.tiles(level)]
    west, _, east, north = np.array([squares.bounds(tile) for tile in there]).T
    address = f"/raster/{name_of(layer)}/{layer.theme}-{version}/{{}}/{{}}/{{}}.png"
    full = _filled(type(layer), version, tuple(there)) if counts else [False] * len(there)
    src = [address.format(*t) if some else "" for t, some in zip(there, full, strict=True)]
    rows = {"x": west, "y": north, "src": src, "url": "", "wide": east - west}
    return pd.DataFrame(rows | {"level": [tile[0] for tile in there], "shown": 0.0})


@lru_cache(16)
def _filled(kind: type[Layer], version: str, tiles: tuple[squares.Tile, ...]) -> list[bool]:
    """Whether anything was counted in each tile, worked out once a counting."""
    grid = counting(kind).find(version).grid
    return [bool(squares.cut(grid, tile).any()) for tile in tiles]


def _element(layer: Layer, rows: pd.DataFrame) -> Pictures:
    return Pictures(rows, ["x", "y"], list(COLUMNS)).opts(hooks=[marked(name_of(layer))])


def _inline(layer: Layer, counts: Counts, tile: squares.Tile) -> str:
    png = picture(type(layer), counts, layer.theme, tile)
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _period(layer: Layer, counts: Counts) -> str:
    since, until = (f"{at:%m.%d %H:%M}" for at in (counts.start, counts.until))
    return layer.say("{since} to {until}", since=since, until=until)


def _districts(layer: Layer, counts: Counts) -> pd.DataFrame:
    """name, n and per km² of each district; a square belongs to where its middle lies."""
    at = np.nonzero(counts.grid)
    lon, lat = squares.middles(*at)
    codes = home(pd.DataFrame({"lon": lon, "lat": lat}), layer.shapes)
    sums = pd.Series(counts.grid[at]).groupby(codes.to_numpy()).sum()
    rows = layer.districts[["gu_code", "name_ko", "name_en", "area_km2"]]
    n = rows["gu_code"].map(sums).fillna(0.0)
    name = rows["name_ko" if layer.language == "ko" else "name_en"]
    return pd.DataFrame({"name": name, "n": n, "per": n / rows["area_km2"]})
