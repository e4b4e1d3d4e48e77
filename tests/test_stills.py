"""Pictures of cameras: fetched once for all who look, kept in memory, of listed cameras alone."""

import asyncio
import io
from datetime import timedelta

import pandas as pd
import pytest
from aiohttp import web
from PIL import Image

from apps import _stills
from data import clock, feeds
from tests.conftest import EMPTY
from tests.house import standing


def jpeg(colour=0):
    out = io.BytesIO()
    Image.new("RGB", (64, 36), (colour, 0, 0)).save(out, "JPEG")
    return out.getvalue()


class Cameras:
    """A portal's picture server: what it was asked, and how it answers."""

    def __init__(self):
        self.asked, self.at_once, self.most = [], 0, 0
        self.answer = lambda: web.Response(body=jpeg(), content_type="image/jpeg")

    async def still(self, request):
        self.asked.append(request.match_info["name"])
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(0.02)
        self.at_once -= 1
        return self.answer()


@pytest.fixture
async def cameras(monkeypatch):
    cameras = Cameras()
    app = web.Application()
    app.router.add_get("/{name}.jpg", cameras.still)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    monkeypatch.setenv("PRACTICE_CITY", origin)
    frame = pd.DataFrame(
        {
            "camera_id": [f"cam{n}" for n in range(9)],
            "name": "a",
            "address": [f"{origin}/secret{n}.jpg" for n in range(9)],
        }
    )
    feeds.cctv.param.update(frame=frame, observed_at=clock.now(), fetched_at=clock.now())
    yield cameras
    feeds.cctv.param.update(**EMPTY)
    await runner.cleanup()


@pytest.fixture
async def city(cameras):
    async with standing() as city:
        yield city


async def test_a_still_is_fetched_once_for_everybody(city, cameras):
    answers = await asyncio.gather(*(city.get("/still/cam1.jpg?t=7") for _ in range(20)))

    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, _, body in answers}) == 1
    assert cameras.asked == ["secret1"]
    _, headers, _ = answers[0]
    assert headers["Content-Type"] == "image/jpeg"
    assert "X-Still-At" in headers and "max-age" in headers["Cache-Control"]


async def test_only_cameras_of_the_list_have_one(city, cameras):
    for path in ("/still/cam99.jpg", "/still/secret1.jpg", "/still/CAM1.jpg", "/still/.jpg"):
        assert (await city.get(path))[0] == 404

    assert cameras.asked == []


async def test_what_is_looked_at_is_renewed_a_few_at_a_time(city, cameras, monkeypatch):
    for n in range(9):
        await city.get(f"/still/cam{n}.jpg")
    monkeypatch.setattr(_stills, "AGAIN", 0.0)
    await city.house.stills.renew()

    assert len(cameras.asked) == 18
    assert cameras.most <= _stills.AT_ONCE


async def test_what_nobody_looks_at_is_forgotten(city, cameras, monkeypatch):
    await city.get("/still/cam1.jpg")
    monkeypatch.setattr(_stills, "LOOKED_AT", -1.0)
    monkeypatch.setattr(_stills, "AGAIN", 0.0)
    await city.house.stills.renew()
    await city.house.stills.renew()

    assert cameras.asked == ["secret1"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(status=404),
        lambda: web.Response(status=500),
        lambda: web.Response(text="<html>점검중</html>", content_type="text/html"),
        lambda: web.Response(body=b"", content_type="image/jpeg"),
        lambda: web.Response(body=b"\xff\xd8\xff" + b"x" * 100, content_type="image/jpeg"),
        lambda: web.HTTPFound("http://127.0.0.1:1/x.jpg"),
    ],
    ids=["404", "500", "html", "empty", "broken", "redirect"],
)
async def test_no_picture_is_503_and_its_address_stays_with_us(city, cameras, answer):
    cameras.answer = answer
    status, headers, body = await city.get("/still/cam1.jpg")

    assert status == 503
    assert "Retry-After" in headers
    assert b"secret" not in body


async def test_an_old_picture_is_none(city, cameras, monkeypatch):
    await city.get("/still/cam1.jpg")
    cameras.answer = lambda: web.Response(status=500)
    monkeypatch.setattr(_stills, "OLDEST", 0.0)

    assert (await city.get("/still/cam1.jpg"))[0] == 503


async def test_who_has_it_is_told_so(city, cameras):
    _, headers, _ = await city.get("/still/cam1.jpg")
    status, _, body = await city.get("/still/cam1.jpg", **{"If-None-Match": headers["Etag"]})

    assert (status, body) == (304, b"")


async def test_a_still_says_the_time_of_the_city(city, cameras, still):
    clock.set(still + timedelta(hours=1), 0)
    _, headers, _ = await city.get("/still/cam1.jpg")

    assert headers["X-Still-At"] == (still + timedelta(hours=1)).isoformat()
