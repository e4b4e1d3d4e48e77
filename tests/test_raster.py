"""The past in squares: counted as a plain count does, cut into tiles, served, chosen."""

import io
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from apps._once import Allowance, Once
from apps._raster import counted
from data import BOUNDS, Uncountable, clock, count_points, feeds
from data._squares import COARSEST, EXTENT, FINEST, SHAPE, SIDE, bounds, cut, reach, tiles
from layers import columns, layers
from layers._counted import PX, RAMP, counting, picture
from layers._counts import Counts
from layers._palette import palette
from layers._shapes import points
from tests.house import standing
from tests.serving import until

KIND = layers.dispatch_squares
LEVELS = range(COARSEST, FINEST + 1)


def scattered(number=20_000):
    """Places all over, and on either side of the edges and corners of tiles, in whole metres."""
    rng = np.random.default_rng(7)
    west, south, east, north = EXTENT
    edges = [bounds(tile) for level in LEVELS for tile in tiles(level)]
    x = [rng.uniform(west, east, number), *([e[0] + off for e in edges] for off in (-1, 0, 1, 1))]
    y = [
        rng.uniform(south, north, number),
        *([e[1] + off for e in edges] for off in (-1, 0, 1, -1)),
    ]
    x, y = np.concatenate(x).round(), np.concatenate(y).round()
    rows = pd.DataFrame({"x": x, "y": y, "weight": rng.integers(1, 5, len(x)).astype(float)})
    return rows[rows["x"].between(west, east - 1) & rows["y"].between(south, north - 1)]


def plain(rows, tile):
    """The same by numpy alone: a square has its western and its southern edge."""
    west, south, east, north = bounds(tile)
    here = rows[(rows["x"] >= west) & (rows["x"] < east)]
    here = here[(here["y"] >= south) & (here["y"] < north)]
    edges = [np.linspace(a, b, SIDE + 1) for a, b in ((south, north), (west, east))]
    found, _, _ = np.histogram2d(here["y"], here["x"], bins=edges, weights=here["weight"])
    return found[::-1]


@pytest.fixture(scope="module")
def grid():
    """What the process of its own counts of all of them, in three parts."""
    rows = scattered()
    return count_points([rows[:5000], rows[5000:5000], rows[5000:]])


@pytest.fixture
def shown(full, grid):
    """A layer that shows those counts, as the city's own."""
    counts = Counts(grid, clock.now() - timedelta(days=6), clock.now())
    counting(KIND).take(counts)
    yield counts
    counting.cache_clear()


@pytest.fixture
def kept(past):
    """A past, and afterwards nothing that was counted of it."""
    yield past
    counting.cache_clear()


@pytest.fixture
async def city(shown):
    async with standing() as city:
        yield city


def path_of(tile, theme="light", name="dispatch_squares", version=None):
    version = version or counting(KIND).version
    return f"/raster/{name}/{theme}-{version}/{'/'.join(map(str, tile))}.png"


def colours(png):
    """(n, 4) of every pixel, and how wide it is."""
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    return np.asarray(image).reshape(-1, 4), image.width


@pytest.mark.parametrize("level", LEVELS)
def test_every_tile_counts_what_a_plain_count_finds(level, grid):
    rows, sums = scattered(), 0.0

    for tile in tiles(level):
        squares = cut(grid, tile)
        assert np.array_equal(squares, plain(rows, tile)), tile
        sums += squares.sum()
    assert sums == rows["weight"].sum(), "each point is in one tile alone"


def test_tiles_cover_the_bounds_of_the_city_at_every_level():
    lon, lat = np.array(BOUNDS)[[0, 2]], np.array(BOUNDS)[[1, 3]]
    (west, east), (south, north) = points(lon, lat)

    for level in LEVELS:
        all_ = np.array([bounds(tile) for tile in tiles(level)])
        assert len(all_) == np.prod(reach(level)[2:])
        assert all_[:, 0].min() <= west and all_[:, 2].max() >= east
        assert all_[:, 1].min() <= south and all_[:, 3].max() >= north


def test_without_a_point_no_process_is_started_and_all_is_zero(monkeypatch):
    monkeypatch.setattr("sys.executable", "nothing")

    assert not count_points([]).any() and count_points([]).shape == SHAPE


def test_a_machine_that_cannot_count_says_so(kept, monkeypatch, tmp_path, caplog):
    (tmp_path / "datashader.py").write_text("raise ImportError('no such instruction')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Uncountable, match="no such instruction"):
        count_points([scattered(10)])
    counting(KIND).again()

    assert "no such instruction" in caplog.text
    assert KIND(follow=False, language="en").legend() == [
        ("estimate", "This machine cannot count it.")
    ]


def test_a_past_that_is_empty_says_so(full, tmp_path, monkeypatch):
    monkeypatch.setenv("CITY_CACHE", str(tmp_path))
    for kind in counted().values():
        counting(kind).again()
        layer = kind(follow=False, language="en")
        assert layer.legend() == [("estimate", "Nothing of it is kept yet.")]
        assert layer.table().empty and set(columns(layer.draw())["src"]) == {""}


def test_dispatches_are_counted_once_whichever_way_the_days_are_cut(kept):
    now = kept + timedelta(hours=2)
    day, cuts = now - timedelta(days=1), [now - timedelta(hours=h) for h in (24, 3, 2, 1, 0)]
    whole = KIND.points(day, now)
    parts = pd.concat([KIND.points(*ends) for ends in zip(cuts, cuts[1:], strict=False)])

    assert len(whole) == feeds.dispatch.frame["dispatch_id"].nunique() > 0
    assert sorted(parts["at"]) == sorted(whole["at"])


def test_a_station_with_few_bikes_counts_until_it_tells_again(kept):
    feed, kind = feeds.bike_stations, layers.bike_squares
    empty = (feed.frame["bikes"] <= 3).sum()
    start = kept - timedelta(hours=1)
    hours = {minutes: kind.points(start, kept + timedelta(minutes=minutes))["weight"].sum()
             for minutes in (30, 600)}  # fmt: skip

    assert empty > 0 and set(kind.points(start, kept + timedelta(days=1))["weight"]) == {1.0}
    assert hours == {30: pytest.approx(empty / 2), 600: pytest.approx(empty)}
    cut_ = [kind.points(kept, kept + timedelta(minutes=20)),
            kind.points(kept + timedelta(minutes=20), kept + timedelta(minutes=30))]  # fmt: skip
    assert sum(part["weight"].sum() for part in cut_) == pytest.approx(hours[30])


def test_what_was_kept_is_counted_told_by_district_and_held_for_a_day(kept):
    counting(KIND).again()
    layer = KIND(follow=False, language="en")
    sums = layer.table()["Sum"].astype(int)

    assert sums.is_monotonic_decreasing and len(sums) == 25
    assert 0 < sums.sum() <= feeds.dispatch.frame["dispatch_id"].nunique()
    assert layer.legend()[-1][1].startswith("Dispatches per km², 08.08")
    assert any(columns(layer.draw())["src"])
    for away in (timedelta(days=2), -timedelta(hours=2)):
        then = KIND(follow=False, now=clock.now() + away)
        assert not any(columns(then.draw())["src"]), "counts of another time"


@pytest.mark.parametrize("theme", ["light", "dark", "kiosk"])
def test_a_square_has_the_step_of_its_density_and_none_where_nothing_was(theme, shown):
    tile = max(tiles(11), key=lambda t: (cut(shown.grid, t) > 0).sum())
    squares = cut(shown.grid, tile)
    pixels, width = colours(picture(KIND, shown, theme, tile))
    middles = pixels.reshape(width, width, 4)[PX // 2 :: PX, PX // 2 :: PX]
    ramp = [[*bytes.fromhex(palette(theme)[token][1:]), 255] for token in RAMP]
    per = squares / 0.12114**2

    assert (middles[squares == 0][:, 3] == 0).all() and (squares > 0).any()
    for step, (low, high) in enumerate(zip((0, *KIND.limits), (*KIND.limits, np.inf), strict=True)):
        here = (squares > 0) & (per >= low) & (per < high)
        assert (middles[here] == ramp[step]).all()


def test_the_map_holds_addresses_of_what_is_not_empty_alone(shown):
    data = columns(KIND(follow=False, theme="dark").draw())
    there = [t for level in range(COARSEST, KIND.finest + 1) for t in tiles(level)]

    assert set(data["url"]) == {""} and set(data["shown"]) == {0.0}
    for tile, src in zip(there, data["src"], strict=True):
        assert src == (path_of(tile, "dark") if cut(shown.grid, tile).any() else "")


async def test_a_picture_is_the_same_for_ever_and_who_has_it_is_told_so(city, shown):
    tile = next(t for t in tiles(10) if cut(shown.grid, t).any())
    status, headers, body = await city.get(path_of(tile))
    again = await city.get(path_of(tile))
    has = await city.get(path_of(tile), **{"If-None-Match": headers["Etag"]})

    assert (status, headers["Content-Type"]) == (200, "image/png") and colours(body)[1]
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert again[1]["Etag"] == headers["Etag"] and again[2] == body
    assert has[0] == 304 and has[2] == b""
    assert city.house.rasters.once.made == 1
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    other = await city.get(path_of(tile, "dark"))
    assert other[0] == 200 and other[2] != body and other[1]["Etag"] != headers["Etag"]


@pytest.mark.parametrize(
    "path",
    [
        path_of((11, 0, 0), version="0" * 12), path_of((8, 218, 98)), path_of((12, 3490, 1584)),
        path_of((11, 1743, 791)), path_of((11, 1744, 795)), path_of((99, 99999, 99999)),
        path_of((11, 1745, 792), version="../../secret"), path_of((11, 1745, 792), "pink"),
        path_of((11, 1745, 792), name="city_land"), path_of((11, 1745, 792), name="_counted"),
        path_of((11, 1745, "792.png%00")), path_of((11, 1745, "-792")),
        path_of((11, "١٧٤٥", 792)), "/raster/", "/raster/dispatch_squares/light-/1/1/1.png",
    ],
)  # fmt: skip
async def test_any_other_address_is_404(city, path):
    if "--" not in path and "0" * 12 not in path:
        path = path.replace("light-/", f"light-{counting(KIND).version}/", 1)
    status, headers, body = await city.get(path)

    assert status == 404 and b"secret" not in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert city.house.rasters.once.made == 0


async def test_pictures_are_held_within_a_bound(city, shown):
    once = city.house.rasters.once = Once(8_000, 256)
    for level in (9, 10, 11):
        for tile in tiles(level):
            assert (await city.get(path_of(tile)))[0] == 200

    assert once.made > 20 and sum(map(len, once._kept.values())) == once._bytes <= 8_000


async def test_one_address_may_ask_for_so_many(city):
    city.house.rasters.allowance = Allowance(3, 0.001)
    tile = next(tiles(9))
    statuses = [(await city.get(path_of(tile)))[0] for _ in range(5)]

    assert statuses == [200, 200, 200, 429, 429]


SENT = """() => performance.getEntriesByType("resource")
  .filter(one => one.name.includes("/raster/") && one.transferSize).map(one => one.name)"""
PICTURES = """() => Object.fromEntries(
  document.querySelector(".island").embedded.figure.renderers
    .filter(one => one.glyph.type === "ImageURL").map(one => [one.tags[0], one.data_source.data])
    .map(([name, { level, shown }]) => [name, [...new Set([...level].filter((_, i) => shown[i]))]]))
"""
COUNTED = f"""() => document.querySelector(".island").embedded.figure.renderers
  .some(one => one.tags[0] === "{KIND.__module__.rpartition(".")[2]}"
    && [...one.data_source.data.src].some(Boolean))"""


def test_a_browser_fetches_what_was_chosen_of_the_level_that_suits(address, browser):
    tab = browser.new_page(viewport={"width": 1000, "height": 900})
    asked, said = [], []
    tab.on("request", lambda it: asked.append(it.url) if "/raster/" in it.url else None)
    tab.on("websocket", lambda socket: socket.on("framesent", lambda it: said.append(it)))
    tab.goto(f"{address}/?lang=en", timeout=0)
    tab.evaluate("document.querySelector('#map').scrollIntoView()")
    until(tab, "!!document.querySelector('.island[data-shown]')")
    until(tab, COUNTED)
    assert not asked, "nobody has chosen it"
    before = len(said)
    tab.evaluate("document.querySelector('button[data-layer=dispatch_squares]').click()")
    until(tab, f"({PICTURES})().dispatch_squares.length === 1")
    far = tab.evaluate(PICTURES)
    for _ in range(4):
        tab.click("button[data-zoom=in]")
    until(tab, f"({PICTURES})().dispatch_squares[0] === {KIND.finest}")
    levels = {int(url.split("/")[-3]) for url in asked}
    sent = tab.evaluate(SENT)
    tab.close()
    assert len(said) == before, "the server hears neither what was chosen nor how near"

    assert far["dispatch_squares"] == [min(levels)] and not far["bike_squares"]
    assert all("/raster/dispatch_squares/light-" in url for url in asked)
    assert max(levels) == KIND.finest and len(sent) == len(set(sent)) == len(set(asked))
