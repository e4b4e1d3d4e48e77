"""Data out: the same numbers in four formats, for anybody, worked out once, within limits."""

import asyncio
import contextlib
import gzip
import io
import json
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest

from apps._asker import asker, networks
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
    "since=1h&since=2h", "limit=0", "limit=100001", "limit=x", "offset=-1", "offset=1.5", "offset=",
    "limit=1&limit=2", "limit=%EF%BC%95", "offset=99999999999", "fetched_at=x", "next=1",
    "fetched_at=2022-08-08T20:00&at=1h", "at=2099-01-01T00:00",
    "since=%EC%84%9C", "at=99999d", "at=%00",
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
    for mark, status in (('"x"', 200), ("*", 304), (" * ", 304), ('"*"', 200), ("", 200)):
        path = "/api/feeds/rain_gauges.json"
        assert (await city.get(path, **{"If-None-Match": mark}))[0] == status, mark
    assert (await city.get("/api/feeds/none.json", **{"If-None-Match": "*"}))[0] == 404


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


async def test_those_that_may_wait_are_made_one_after_the_other_and_more_are_refused():
    once, together, most = Once(at_once=1, waiting=2), [], []

    def slow():
        together.append(1)
        most.append(len(together))
        time.sleep(0.02)
        together.pop()
        return answer(b"x", pack=False)

    making = [asyncio.create_task(once.get(n, slow)) for n in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await once.get("fourth", slow)
    await asyncio.gather(*making)

    assert once.made == 3 and most == [1, 1, 1]


async def test_an_address_that_asks_too_often_waits(city):
    city.house.api.allowance = Allowance(3, 0.001)

    told = [await city.get("/api/feeds/rain_gauges.csv") for _ in range(4)]

    assert [status for status, _, _ in told] == [200, 200, 200, 429]
    assert int(told[3][1]["Retry-After"]) >= 1


async def test_a_refresh_while_an_answer_is_made_mixes_no_frame_with_anothers_age(city, still):
    feed, go = feeds.rain_gauges, threading.Event()
    frame, observed, fetched = feed.frame, feed.observed_at, feed.fetched_at
    with ThreadPoolExecutor(1) as one:
        asyncio.get_running_loop().set_default_executor(one)
        one.submit(go.wait)  # so the answer waits for a thread
        asking = asyncio.create_task(file(city, "rain_gauges.json"))
        while not city.house.api.once._making:
            await asyncio.sleep(0)
        later = timedelta(minutes=30)
        rows = frame.iloc[:1].assign(observed_at=frame["observed_at"] + later)
        feed.param.update(
            frame=rows, observed_at=observed + later, fetched_at=still + later, practice=False
        )
        go.set()
        told = json.loads((await asking)[1])

    assert len(told["rows"]) == told["rows_in_all"] == len(frame) > 1
    assert pd.Timestamp(told["observed_at"]) == observed
    assert pd.Timestamp(told["fetched_at"]) == fetched and told["practice"] is True


# Pages


def following(headers):
    """The address that the Link header gives as next; None without one."""
    found = re.fullmatch(r'<(/api/feeds/[^>]+)>; rel="next"', headers.get("Link", ""))
    return found and found[1]


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
async def test_pages_follow_one_another_and_are_the_whole(city, form):
    frame, path, parts = feeds.rain_gauges.frame, f"/api/feeds/rain_gauges.{form}?limit=10", []
    while path:
        status, headers, body = await city.get(path, **UNPACKED)
        assert status == 200 and headers["X-Rows-In-All"] == str(len(frame))
        path = following(headers)
        if form == "json":
            assert json.loads(body)["next"] == path
            parts.append(pd.DataFrame(json.loads(body)["rows"]))
        else:
            read = {"csv": pd.read_csv, "parquet": pd.read_parquet}[form]
            parts.append(read(io.BytesIO(body)))

    assert {len(part) for part in parts[:-1]} == {10} and len(parts) == -(-len(frame) // 10)
    assert pd.concat(parts)["gauge_id"].astype(int).tolist() == (
        frame["gauge_id"].astype(int).tolist()
    )


async def test_an_answer_has_so_many_values_whatever_is_asked_for(city, monkeypatch):
    feed = feeds.rain_gauges
    monkeypatch.setattr("apps._told.VALUES", 7 * len(feed.columns))
    for query, rows in (("", 7), ("?limit=100000", 7), ("?limit=3", 3), ("?offset=999999", 0)):
        headers, body = await file(city, f"rain_gauges.json{query}")
        assert len(json.loads(body)["rows"]) == rows
        assert bool(following(headers)) is bool(rows)


async def test_a_page_of_a_frame_that_is_gone_is_refused(city, still):
    headers, _ = await file(city, "rain_gauges.json?limit=10")
    feed = feeds.rain_gauges
    feed.param.update(fetched_at=still + timedelta(minutes=10))
    status, _, body = await city.get(following(headers))

    assert status == 409 and "first page" in json.loads(body)["detail"]


@pytest.mark.parametrize("query", ["since=24h", "at=2022-08-08T20:20", "since=7d"])
async def test_the_past_has_pages_too_and_they_stand_while_time_passes(city, keeper, still, query):
    clock.set(still + timedelta(minutes=25), 0)
    headers, body = await file(city, f"rain_gauges.json?{query}&limit=10")
    told = json.loads(body)
    clock.set(still + timedelta(minutes=26), 0)
    status, _, body = await city.get(following(headers), **UNPACKED)
    whole = json.loads((await file(city, f"rain_gauges.json?{query}"))[1])["rows"]

    assert status == 200 and told["rows"] + json.loads(body)["rows"] == whole[:20]


# What is doubted


async def test_what_is_doubted_is_said_to_be_in_every_format(city, held):
    feed = feeds.air_quality
    frame = feed.frame.assign(suspect="")
    frame.loc[3, "suspect"] = "pm10"
    feed.param.update(frame=frame)
    lists = {
        "json": lambda body: [row["suspect"] for row in json.loads(body)["rows"]],
        "geojson": lambda body: [f["properties"]["suspect"] for f in json.loads(body)["features"]],
        "csv": lambda body: pd.read_csv(io.BytesIO(body))["suspect"].fillna("").tolist(),
        "parquet": lambda body: pd.read_parquet(io.BytesIO(body))["suspect"].tolist(),
    }
    for form in [f for f in lists if f != "geojson" or places(visible(feed))]:
        headers, body = await file(city, f"air_quality.{form}")
        assert lists[form](body) == frame["suspect"].tolist(), form
    document = json.loads((await city.get("/api/openapi.json", **UNPACKED))[2])
    row = document["paths"]["/api/feeds/{name}.json"]["get"]["responses"]["200"]["content"]
    row = row["application/json"]["schema"]["properties"]["rows"]["items"]
    assert "verified" in row["properties"]["suspect"]["description"]


async def test_a_host_that_is_not_ours_is_told_as_the_document_says(city):
    status, headers, _ = await city.get("/api/feeds", Host="evil.example")
    document = json.loads((await city.get("/api/openapi.json", **UNPACKED))[2])

    assert status == 421 and headers["Content-Type"] == "application/problem+json"
    assert all("421" in path["get"]["responses"] for path in document["paths"].values())


# Who asks


@pytest.mark.parametrize(
    ("peer", "said", "who"),
    [
        ("10.0.0.2", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.2", "1.1.1.1, 198.51.100.7", "198.51.100.7"),  # the first was made up
        ("10.0.0.2", "1.1.1.1, 198.51.100.7, 10.0.0.9", "198.51.100.7"),
        ("10.0.0.2", "198.51.100.7:4711", "198.51.100.7"),
        ("10.0.0.2", "[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:10.0.0.2", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "unknown", "10.0.0.2"),
        ("10.0.0.2", "198.51.100.7, <script>", "10.0.0.2"),
        ("10.0.0.2", "10.0.0.3, 10.0.0.4", "10.0.0.3"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # no proxy of ours
        ("not-an-address", "198.51.100.7", "not-an-address"),
    ],
)
def test_a_proxy_is_believed_when_we_were_told_of_it(peer, said, who):
    assert asker(peer, said, networks("10.0.0.0/8, fd00::/8")) == who
    assert asker(peer, said, ()) == peer.removeprefix("::ffff:")


def test_what_is_no_network_is_said_to_be_none():
    assert networks("") == ()
    with pytest.raises(ValueError, match="CITY_PROXIES: .*10.0.0.1/8"):
        networks("10.0.0.1/8")


@pytest.mark.parametrize("proxies", ["", "127.0.0.0/8"])
async def test_who_makes_an_address_up_waits_unless_a_proxy_of_ours_said_it(
    held, monkeypatch, proxies
):
    monkeypatch.setenv("CITY_PROXIES", proxies)
    async with standing() as city:
        city.house.api.allowance = Allowance(2, 0.001)
        told = [
            (await city.get("/api/feeds", **{"X-Forwarded-For": f"198.51.100.{n}"}))[0]
            for n in range(4)
        ]
        same = [
            (await city.get("/api/feeds", **{"X-Forwarded-For": f"1.1.1.{n}, 198.51.100.9"}))[0]
            for n in range(4)
        ]

    assert told == ([200] * 4 if proxies else [200, 200, 429, 429])
    assert same == ([200, 200, 429, 429] if proxies else [429] * 4)


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
