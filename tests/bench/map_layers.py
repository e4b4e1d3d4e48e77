"""What layers cost at the size of the city: python -m tests.bench.map_layers.

5,000 road links, 2,700 bike stations and 425 dongs, made here; one new frame each, drawn and put
into the columns a browser has; and the weight of the whole map with and without what marks say.
"""

import asyncio
import gzip
import statistics
import sys
import time

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from bokeh.document import Document
from bokeh.models import ColumnDataSource
from bokeh.protocol import Protocol

from apps._map import Map
from data import TIME, clock, feeds
from layers import columns, elements, layers, put
from layers._columns import TOLD
from tests.conftest import NOW, _filled

ROUNDS = 5
LINKS, STATIONS, DONGS = 5000, 2700, 425
WEST, SOUTH, EAST, NORTH = 126.80, 37.45, 127.15, 37.68
rng = np.random.default_rng(1)


def spread(count: int) -> dict[str, np.ndarray]:
    """That many places in the city."""
    return {"lon": rng.uniform(WEST, EAST, count), "lat": rng.uniform(SOUTH, NORTH, count)}


def bikes() -> pd.DataFrame:
    """Stations with their bikes."""
    names = [f"{n}번 가상대여소 {n % 10}번출구 앞" for n in range(STATIONS)]
    numbers = {"racks": rng.integers(5, 30, STATIONS), "bikes": rng.integers(0, 20, STATIONS)}
    rows = pd.DataFrame({"station_id": names, "number": "", "name": names, **numbers})
    return rows.assign(**spread(STATIONS)).astype({"racks": float, "bikes": float})


def links() -> gpd.GeoDataFrame:
    """Links of four points."""
    places = spread(LINKS)
    steps = rng.normal(0, 0.001, (LINKS, 4, 2)).cumsum(axis=1)
    courses = steps + np.stack([places["lon"], places["lat"]], axis=1)[:, None, :]
    ids = [f"{n:010d}" for n in range(LINKS)]
    named = {"link_id": ids, "road": [f"가상로{n // 20}" for n in range(LINKS)]}
    nodes = {"from_node": [f"{n}교차로" for n in range(LINKS)], "to_node": "다음교차로"}
    rows = {**named, "road_class": "arterial", **nodes, "length": 300.0}
    return gpd.GeoDataFrame(rows, geometry=shapely.linestrings(courses), crs=4326)


def speeds(ids: pd.Series) -> pd.DataFrame:
    """A speed of each link, just now."""
    rows = pd.DataFrame(
        {"link_id": ids, "speed": rng.uniform(5, 60, len(ids)), "travel_time": 30.0}
    )
    return rows.assign(observed_at=pd.Series([NOW] * len(rows), dtype=TIME))


def changed(name: str, layer) -> dict:
    """The frame that comes next: a tenth of the bikes, every speed, everybody a little."""
    if name == "bike_dots":
        more = np.where(rng.random(STATIONS) < 0.1, rng.integers(1, 3, STATIONS), 0)
        return {"stations": layer.stations.assign(bikes=layer.stations["bikes"] + more)}
    if name == "road_lines":
        return {"speeds": speeds(layer.links["link_id"])}
    factor = rng.uniform(0.95, 1.05, len(layer.people))
    return {"people": layer.people.assign(population=layer.people["population"] * factor)}


def times(name: str) -> tuple[list[float], list[float], set[str]]:
    """Seconds of CPU of draw and of put for each round, and the names of the columns sent."""
    layer = layers[name](follow=False, language="ko")
    before = elements(layer.draw())
    sources = [ColumnDataSource(columns(one)) for one in before]
    document, sent = Document(), set()
    for source in sources:
        document.add_root(source)
    document.callbacks.on_change(
        lambda event: sent.update(getattr(event, "patches", None) or event.cols or {"all"})
    )
    drawing, putting = [], []
    for _ in range(ROUNDS):
        layer.param.update(**changed(name, layer))
        began = time.process_time()
        drawn = elements(layer.draw())
        middle = time.process_time()
        for source, *pair in zip(sources, drawn, before, strict=True):
            put(source, *pair)
        putting.append(time.process_time() - middle)
        drawing.append(middle - began)
        before = drawn
    return drawing, putting, sent


def weight(told: bool) -> tuple[int, int]:
    """Bytes of the whole city map, plain and gzipped, with or without what marks say."""
    document, map_ = Document(), Map("mobile", "ko", "light", False, "", whole=True)
    map_.build(document)
    for renderer in document.roots[0].renderers:
        if not told:
            data = renderer.data_source.data
            renderer.data_source.data = {n: v for n, v in data.items() if n not in TOLD}
    message = Protocol().create("PULL-DOC-REPLY", "0", document)
    plain = "".join(part for part in (message.content_json,)).encode()
    return len(plain), len(gzip.compress(plain, 6))


def main() -> None:
    """Print all of it."""
    clock.set(NOW, 0)
    asyncio.run(_filled())
    for name in ("bike_stations", "road_speeds", "population_now"):
        feeds[name].observed_at = NOW
    sys.stdout.write("whole city map, bytes (of gzip):\n")
    for told in (False, True):
        plain, packed = weight(told)
        sys.stdout.write(f"  {'with' if told else 'without'} tips: {plain:,} ({packed:,})\n")
    feeds.bike_stations.frame, feeds.road_links.frame = bikes(), links()
    feeds.road_speeds.frame = speeds(feeds.road_links.frame["link_id"])
    sys.stdout.write(f"an update, median of {ROUNDS}, ms of CPU: draw + put; columns sent\n")
    for name in ("bike_dots", "crowd_cells", "road_lines"):
        drawing, putting, sent = times(name)
        a, b = (statistics.median(each) * 1e3 for each in (drawing, putting))
        sys.stdout.write(f"  {name}: {a:.1f} + {b:.1f} = {a + b:.1f}; {', '.join(sorted(sent))}\n")


if __name__ == "__main__":
    main()
