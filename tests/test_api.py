"""Data out: the same numbers in four formats, for anybody, worked out once, within limits."""

import asyncio
import contextlib
import gzip
import io
import json
import subprocess
import sys
import threading
from datetime import timedelta

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest

from apps._formats import KINDS, encoded, places
from apps._once import Allowance, Busy, Once, answer
from apps._told import visible
from data import Column, Keeper, clock, feeds
from tests.conftest import answers
from tests.house import standing

SOME = [
    "rain_gauges",
    "incidents",
    "cctv",
    "air_quality",
    "districts",
    "streams",
    "outline",
]
UNPACKED = {"Accept-Encoding": "identity"}
HOSTILE = [
    "rain_gauges", "rain_gauges.xml", "nothing.json", "_feed.json", "..%2f..%2fdata%2fcctv.json",
    "rain_gauges.json%00", "RAIN_GAUGES.JSON", "%3Cscript%3E.json", "a" * 3000 + ".json",
    "a/b.json", "__class__.json", "rain_gauges.json.json", ".json",
]  # fmt: skip
WRONG = [
    "since=x", "since=", "since=8d", "since=99999999999999d", "at=0001-01-01T00:00", 
    "at=1h&since=1h",
    "since=1h&since=2h", "limit=5", "at=2099-01-01T00:00", "since=%EC%84%9C", "at=99999d", "at=%00",
]  # fmt: skip


@pytest.fixture
async def held(still, tmp_path, monkeypatch):
    """Some feeds holding their recorded replies, which are kept, and a past of their own."""
    monkeypatch.setenv("HISTORY", str(tmp_path))
    for name in SOME:
        feed = feeds[name]
        await feed.take(feed.read(answers(name)), practice=bool(feed.portal))
    yield [feeds[name] for name in SOME]
    for name in SOME:
        feeds[name].param.update(frame=None, observed_at=None, fetched_at=None, practice=False)


@pytest.fixture
def keeper(held):
    """What they hold is written down."""
    keeper = Keeper(held)
    for feed in keeper.feeds.values():
        keeper.take(feed)
    keeper.write()
    assert not keeper.problem
    return keeper


@pytest.fixture
async def city(held):
    async with standing() as city:
        city.house.api.allowance.at_once = float("inf")
        yield city


async def file(city, path):
    status, headers, body = await city.get(f"/api/feeds/{path}", **UNPACKED)
    assert status == 200, body
    return headers, body


def same(told, frame, names):
    """The values of those columns, unknown being unknown."""
    for name in names:
        ours, theirs = frame[name], told[name]
        if isinstance(ours.dtype, pd.DatetimeTZDtype):
            theirs = pd.to_datetime(theirs, format="ISO8601").astype(ours.dtype)
        known = ours.notna() & (ours != "")
        assert (theirs.isna() | (theirs == ""))[~known].all(), name
        if ours.dtype.kind == "f":
            assert theirs[known].astype(float).to_numpy() == pytest.approx(ours[known].to_numpy())
        else:
            assert theirs[known].tolist() == ours[known].tolist(), name


@pytest.mark.parametrize("name", SOME)
async def test_every_format_reads_back_as_the_frame(city, name):
    feed, columns = feeds[name], visible(feeds[name])
    flat = [n for n in columns if n != "geometry"]

    told = json.loads((await file(city, f"{name}.json"))[1])
    assert told["title"] == feed.title and told["source"] == feed.source
    assert told["practice"] is feed.practice and told["state"] == feed.state()
    assert pd.Timestamp(told["fetched_at"]) == feed.fetched_at
    assert {n: c["unit"] for n, c in told["columns"].items()} == {
        n: c.unit for n, c in columns.items()
    }
    same(pd.DataFrame(told["rows"], columns=list(columns)), feed.frame, flat)

    headers, body = await file(city, f"{name}.csv")
    text = {n: str for n in flat if columns[n].dtype == "str"}
    same(pd.read_csv(io.BytesIO(body), dtype=text), feed.frame, flat)
    assert headers["X-Observed-At"] == feed.observed_at.isoformat()
    assert headers["X-Practice"] == str(feed.practice).lower()

    _, body = await file(city, f"{name}.parquet")
    table = pq.read_table(io.BytesIO(body))
    same(table.to_pandas(), feed.frame, flat)
    assert {f.name: f.metadata[b"unit"].decode() for f in table.schema} == {
        n: c.unit for n, c in columns.items()
    }
    if "geometry" in columns:
        shapes = gpd.read_parquet(io.BytesIO(body))
        assert shapes.crs == "OGC:CRS84"
        assert shapes.geometry.to_wkb().equals(feed.frame.geometry.to_wkb())


@pytest.mark.parametrize("name", SOME)
async def test_geojson_is_where_the_rows_are(city, name):
    feed, columns = feeds[name], visible(feeds[name])
    status, _, body = await city.get(f"/api/feeds/{name}.geojson", **UNPACKED)
    if not places(columns):
        assert status == 404 and "no place" in json.loads(body)["detail"]
        return

    told = gpd.read_file(io.BytesIO(body))

    assert len(told) == len(feed.frame) and told.crs == "EPSG:4326"
    if "geometry" in columns:
        assert told.geometry.geom_equals_exact(feed.frame.geometry, 1e-9).all()
    else:
        there = feed.frame["lon"].notna()
        assert told.geometry[~there].isna().all()
        assert told.geometry[there].x.tolist() == pytest.approx(feed.frame["lon"][there].tolist())


async def test_addresses_with_a_token_stay_here(city):
    for form in KINDS:
        _, body = await file(city, f"cctv.{form}")
        address = feeds.cctv.frame["address"].iloc[0].encode()

        assert address not in body and b'"address"' not in body


def test_infinite_is_unknown_and_no_row_is_a_table_too():
    columns = {"value": Column("float64", "Value", "m"), "lon": Column("float64", "Longitude")}
    frame = pd.DataFrame({"value": [1.0, float("inf"), float("nan")], "lon": [1.0, 2.0, 3.0]})

    rows = json.loads(encoded("json", frame, columns, {}))["rows"]
    assert [row["value"] for row in rows] == [1.0, None, None]
    for form in ("json", "csv", "parquet"):
        assert encoded(form, frame.iloc[:0], columns, {})


@pytest.mark.parametrize("block", [1, 3, 1000])
async def test_rows_written_in_blocks_are_the_same(held, monkeypatch, block):
    frame, columns = feeds.rain_gauges.frame, feeds.rain_gauges.columns
    whole = {form: encoded(form, frame, columns, {"name": "rain"}) for form in KINDS}
    monkeypatch.setattr("apps._formats.BLOCK", block)

    assert {form: encoded(form, frame, columns, {"name": "rain"}) for form in KINDS} == whole


async def test_the_list_tells_what_each_feed_is(city):
    told = {
        f["name"]: f for f in json.loads((await city.get("/api/feeds", **UNPACKED))[2])["feeds"]
    }

    assert set(told) == set(dir(feeds))
    for name, said in told.items():
        feed = feeds[name]
        assert said["title"] == feed.title and said["licence"] == feed.licence
        assert set(said["columns"]) == set(visible(feed))
        for path in said["files"]:
            assert (await city.get(path))[0] in ({200} if feed.frame is not None else {404})


async def test_who_has_it_gets_304_and_gzip_has_a_mark_of_its_own(city):
    headers, plain = await file(city, "rain_gauges.json")
    _, also, packed = await city.get("/api/feeds/rain_gauges.json", **{"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed) == plain and headers["Etag"] != also["Etag"]
    assert headers["Vary"] == also["Vary"] == "Accept-Encoding"
    for mark in (headers["Etag"], also["Etag"], f'"x", {headers["Etag"]}', f"W/{headers['Etag']}"):
        path = "/api/feeds/rain_gauges.json"
        status, again, body = await city.get(path, **{"If-None-Match": mark})
        assert status == 304 and not body and again["X-Observed-At"]
    assert (await city.get("/api/feeds/rain_gauges.json", **{"If-None-Match": '"x"'}))[0] == 200


@pytest.mark.parametrize("path", ["/api/feeds", "/api/feeds/rain_gauges.csv", "/api/no", "/api"])
async def test_a_page_of_another_origin_may_read_and_nothing_else(city, path):
    _, headers, _ = await city.get(path, Origin="https://elsewhere.example")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    async with city.client.options(city.address + path) as told:
        assert told.status == 204
        assert told.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        async with city.client.request(method, city.address + path, data=b"x") as told:
            assert told.status == 405 and told.headers["Allow"] == "GET, HEAD, OPTIONS"


async def test_head_is_get_without_a_body(city):
    headers, body = await file(city, "rain_gauges.csv")
    path = f"{city.address}/api/feeds/rain_gauges.csv"
    async with city.client.head(path, headers=UNPACKED) as told:
        assert told.headers["Content-Length"] == str(len(body))
        assert told.headers["Etag"] == headers["Etag"] and not await told.read()


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_not_there_is_a_problem_in_words(city, name):
    status, headers, body = await city.get(f"/api/feeds/{name}")

    assert status == 404 and headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == 404 and b"script" not in body and b"aaaa" not in body


@pytest.mark.parametrize("query", WRONG)
async def test_a_question_that_cannot_be_is_refused_in_words(city, query):
    status, headers, body = await city.get(f"/api/feeds/rain_gauges.json?{query}")

    assert status == 422 and headers["Content-Type"] == "application/problem+json"
    assert len(json.loads(body)["detail"]) > 20 and b"Traceback" not in body


async def test_the_past_is_told_at_every_ten_minutes(city, keeper, still):
    clock.set(still + timedelta(minutes=25), 0)
    feed = feeds.rain_gauges
    then, snapped = "2022-08-08T20:29:59%2B09:00", "2022-08-08T20:20:00%2B09:00"

    _, body = await file(city, f"rain_gauges.json?at={then}")
    told = json.loads(body)
    assert body == (await file(city, f"rain_gauges.json?at={snapped}"))[1]
    assert body == (await file(city, "rain_gauges.json?at=2022-08-08T20:25+09:00"))[1]
    assert pd.Timestamp(told["observed_at"]) == feed.observed_at
    same(pd.DataFrame(told["rows"]), feed.frame, feed.columns)
    status, _, body = await city.get("/api/feeds/rain_gauges.json?at=2022-08-08T20:00")
    assert status == 404 and "known" in json.loads(body)["detail"]


async def test_since_tells_the_rows_of_that_time_in_every_format(city, keeper, still, monkeypatch):
    clock.set(still + timedelta(minutes=2), 0)
    feed = feeds.rain_gauges
    rows = feed.since("24h")
    assert len(rows)

    told = json.loads((await file(city, "rain_gauges.json?since=24h"))[1])
    assert len(told["rows"]) == len(rows) and "fetched_at" in told["rows"][0]
    headers, body = await file(city, "rain_gauges.parquet?since=24h")
    assert len(pq.read_table(io.BytesIO(body))) == len(rows)
    assert headers["X-Fetched-At"] and headers["X-Practice"] == "true"
    assert not json.loads((await file(city, "rain_gauges.json?since=0s"))[1])["rows"]
    assert (await city.get("/api/feeds/districts.json?since=24h"))[0] == 422


@pytest.mark.parametrize("limit", ["ROWS", "READ"])
async def test_too_many_rows_are_refused_in_words(city, keeper, monkeypatch, limit):
    monkeypatch.setattr(f"apps._told.{limit}", 1)

    status, _, body = await city.get("/api/feeds/rain_gauges.json?since=24h")

    assert status == 413 and "rows" in json.loads(body)["detail"]


async def test_many_askers_are_one_serialisation(city):
    asking = [city.get("/api/feeds/outline.geojson") for _ in range(50)]

    bodies = {body for _, _, body in await asyncio.gather(*asking)}

    assert len(bodies) == 1 and city.house.api.once.made == 1


async def test_a_new_frame_is_a_new_answer(city, still):
    before = (await file(city, "rain_gauges.json"))[0]["Etag"]
    clock.set(still + timedelta(minutes=1), 0)
    feed = feeds.rain_gauges
    await feed.take(feed.read(answers("rain_gauges")), practice=True)

    assert (await file(city, "rain_gauges.json"))[0]["Etag"] != before


async def test_only_so_many_are_made_at_once_and_only_so_much_is_kept():
    once, go = Once(held=250, at_once=2), threading.Event()

    def slow():
        go.wait()
        return answer(b"x" * 100, pack=False)

    making = [asyncio.create_task(once.get(n, slow)) for n in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await once.get("third", slow)
    making[0].cancel()
    go.set()
    await making[1]
    for n in range(2, 5):
        await once.get(n, slow)

    assert once.made == 5 and once._bytes <= 250 and len(once._kept) == 2


async def test_an_address_that_asks_too_often_waits(city):
    city.house.api.allowance = Allowance(3, 0.001)

    told = [await city.get("/api/feeds/rain_gauges.csv") for _ in range(4)]

    assert [status for status, _, _ in told] == [200, 200, 200, 429]
    assert int(told[3][1]["Retry-After"]) >= 1


@contextlib.contextmanager
def elsewhere():
    """A house that serves in a thread of its own; gives its address."""
    ready, told = threading.Event(), {}

    async def serve():
        async with standing() as city:
            city.house.api.allowance.at_once = float("inf")
            told.update(address=city.address, loop=asyncio.get_running_loop(), end=asyncio.Event())
            ready.set()
            await told["end"].wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait()
    try:
        yield told["address"]
    finally:
        told["loop"].call_soon_threadsafe(told["end"].set)
        thread.join()


def test_every_answer_is_as_the_document_says(held):
    with elsewhere() as address:
        tried = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/openapi.json",
                "--exclude-checks", "positive_data_acceptance",  # most texts are no time
                "--max-examples", "25", "--generation-deterministic", "--no-color",
            ],
            capture_output=True, text=True,
        )  # fmt: skip

    assert tried.returncode == 0, tried.stdout[-5000:] + tried.stderr[-2000:]
