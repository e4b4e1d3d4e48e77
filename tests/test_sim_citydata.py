"""The practice city tells of the busy places as the portal does, and in agreement with itself."""

import json
from urllib.parse import quote

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

from data._citydata import places
from data.sim._server import City

SEOUL = "/openapi.seoul.go.kr"
PORTAL = "/practice/json/citydata/1/5/"
NAMES = [row["name_ko"] for row in places()]


@pytest_asyncio.fixture
async def ask():
    """(status, JSON) of a path of the portal, on an evening of great rain."""
    city = City(start="2022-08-08T20:20:00+09:00", speed=0)
    async with TestClient(TestServer(city.app())) as client:

        async def get(path):
            async with client.get(SEOUL + path) as answer:
                return answer.status, json.loads(await answer.read())

        yield get


async def test_an_unknown_place_is_an_error_and_a_sample_key_knows_one_place(ask):
    status, said = await ask(f"{PORTAL}평양역")
    assert status == 500 and said["RESULT.CODE"] == "ERROR-500"

    _, sample = await ask("/sample/json/citydata/1/5/강남역")
    _, by_code = await ask(f"{PORTAL}POI014")
    assert sample["CITYDATA"]["AREA_NM"] == "광화문·덕수궁"
    assert by_code["CITYDATA"]["AREA_NM"] == "강남역"


async def test_bikes_and_roads_are_those_that_their_own_services_tell(ask):
    city = (await ask(f"{PORTAL}서울역"))[1]["CITYDATA"]
    bikes = {}
    for first in (1, 1001, 2001):
        _, page = await ask(f"/practice/json/bikeList/{first}/{first + 999}/")
        bikes |= {row["stationId"]: row for row in page["rentBikeStatus"]["row"]}

    assert len(city["SBIKE_STTS"]) > 3
    for stand in city["SBIKE_STTS"]:
        assert stand["SBIKE_PARKING_CNT"] == bikes[stand["SBIKE_SPOT_ID"]]["parkingBikeTotCnt"]
    assert city["WEATHER_STTS"][0]["PRECPT_TYPE"] == "비" and city["WEATHER_STTS"][0]["NEWS_LIST"]
    assert city["LIVE_CMRCL_STTS"]["CMRCL_TIME"] == "20220808 2010"


async def test_every_place_answers_and_holds_a_part_of_the_city(ask):
    people = []
    for name in NAMES:
        status, said = await ask(PORTAL + quote(name))
        people.append(int(said["CITYDATA"]["LIVE_PPLTN_STTS"][0]["AREA_PPLTN_MIN"]))
        assert status == 200 and said["CITYDATA"]["AREA_NM"] == name

    assert 0.05 < sum(people) / 10e6 < 0.25


@pytest.mark.parametrize("hour", range(0, 24, 2))
async def test_riders_are_never_fewer_than_none(hour):
    city = City(start=f"2022-08-08T{hour:02d}:05:00+09:00", speed=0)
    async with TestClient(TestServer(city.app())) as client:
        answer = await client.get(f"{SEOUL}{PORTAL}POI014")
        told = json.loads(await answer.read())["CITYDATA"]

    riders = told["LIVE_SUB_PPLTN"] | told["LIVE_BUS_PPLTN"]
    assert len(riders) == 36 and all(int(n) >= 0 for n in riders.values())
