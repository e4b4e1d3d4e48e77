"""What the practice city answers has the portals' own shapes, quirks and errors."""

import io
import json
from datetime import datetime, timedelta

import defusedxml.ElementTree as ElementTree
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from data.sim._server import City

SEOUL = "/openapi.seoul.go.kr/practice"
SUBWAY = "/swopenapi.seoul.go.kr/api/subway/practice/json/realtimeStationArrival/0/20"
WEATHER = "/apis.data.go.kr/1360000/VilageFcstInfoService_2.0/getUltraSrtNcst"
ITS = "/openapi.its.go.kr/cctvInfo?apiKey=practice&type=its&cctvType=3&getType=json"
EVERYWHERE = "&minX=126.7&maxX=127.3&minY=37.4&maxY=37.8"


def standing(**settings):
    """A city whose clock stands still."""
    return City(**{"start": "2022-08-08T20:20:00+09:00", "speed": 0} | settings)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ask():
    async with TestClient(TestServer(standing().app())) as client:

        async def get(path):
            async with client.get(path) as answer:
                return await answer.read()

        yield get


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def rows(ask, path):
    """Rows of a portal's answer, in JSON or XML."""
    body = await ask(f"{SEOUL}/{path}")
    if body.startswith(b"<"):
        return [
            {c.tag: c.text or "" for c in row} for row in ElementTree.fromstring(body).iter("row")
        ]
    return next(iter(json.loads(body).values()))["row"]


async def code(ask, path):
    body = await ask(path)
    if body.startswith(b"<"):
        return ElementTree.fromstring(body).findtext("CODE")
    return json.loads(body)["RESULT"]["CODE"]


async def test_tells_its_time(ask):
    assert json.loads(await ask("/clock")) == {"now": "2022-08-08T20:20:00+09:00", "speed": 0}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("wrong/json/bikeList/1/5/", "INFO-100"),
        ("wrong/json/nothing/1/5/", "INFO-100"),
        ("sample/json/bikeList/1/6/", "ERROR-335"),
        ("practice/csv/bikeList/1/5/", "ERROR-301"),
        ("practice/json/TrafficInfo/1/5/1240004900", "ERROR-301"),
        ("practice/json/bikelist/1/5/", "ERROR-310"),
        ("practice/json/bikeList/0/5/", "ERROR-331"),
        ("practice/json/bikeList/1/0/", "ERROR-332"),
        ("practice/json/bikeList/1/x/", "ERROR-333"),
        ("practice/json/bikeList/5/1/", "ERROR-334"),
        ("practice/json/bikeList/1/1001/", "ERROR-336"),
        ("practice/json/bikeList/9001/9002/", "INFO-200"),
        ("practice/xml/TrafficInfo/1/5/", "ERROR-300"),
        ("practice/xml/TrafficInfo/1/5/9999999999", "INFO-200"),
    ],
)
async def test_says_what_is_wrong_in_the_portals_codes(ask, path, expected):
    assert await code(ask, f"/openapi.seoul.go.kr/{path}") == expected


async def test_a_wrong_key_is_told_in_xml_though_json_was_asked(ask):
    assert (await ask("/openapi.seoul.go.kr/wrong/json/bikeList/1/5/")).startswith(b"<RESULT>")


async def test_air_has_25_stations_in_the_names_of_today_or_before(ask, monkeypatch):
    now = await rows(ask, "json/RealtimeCityAir/1/25/")
    monkeypatch.setenv("SIM_OLD_NAMES", "1")
    before = await rows(ask, "json/RealtimeCityAir/1/25/도심권/종로구")

    assert len(now) == 25 and now[0]["MSRMT_DT"] == "202208082000"
    assert isinstance(now[0]["PM"], float) and now[0]["CAI_GRD"] == "좋음"
    assert [row["MSRSTE_NM"] for row in before] == ["종로구"] and "PM10" in before[0]


async def test_all_pages_of_bikes_hold_every_station_once(ask):
    pages = [await rows(ask, f"json/bikeList/{n}/{n + 999}/") for n in (1, 1001, 2001)]
    said = json.loads(await ask(f"{SEOUL}/json/bikeList/2001/3000/"))["rentBikeStatus"]
    ids = [row["stationId"] for page in pages for row in page]

    assert [len(page) for page in pages[:2]] == [1000, 1000] and 0 < len(pages[2]) < 1000
    assert len(ids) == len(set(ids))
    assert said["list_total_count"] == len(pages[2])
    assert all(isinstance(v, str) for v in pages[0][0].values())
    assert any(row["stationLatitude"] == "" for page in pages for row in page)


async def test_the_chain_leads_from_kinds_of_road_to_the_shape_of_every_link(ask):
    kinds = await rows(ask, "xml/RoadDivInfo/1/1000/")
    roads = [r for k in kinds for r in await rows(ask, f"xml/RoadInfo/1/1000/{k['road_div_cd']}")]
    links = [k for r in roads for k in await rows(ask, f"xml/LinkWithLoad/1/1000/{r['axis_cd']}")]
    one = links[0]["link_id"]
    [info] = await rows(ask, f"xml/LinkInfo/1/5/{one}")
    shape = await rows(ask, f"xml/LinkVerInfo/1/1000/{one}")
    [speed] = await rows(ask, f"xml/TrafficInfo/1/5/{one}")

    assert len(roads) == 87 and len({k["link_id"] for k in links}) == len(links)
    assert info["road_name"] == roads[0]["axis_name"]
    assert len(shape) > 1 and all(170_000 < float(p["grs80tm_x"]) < 225_000 for p in shape)
    assert speed["link_id"] == one and 0 < int(speed["prcs_spd"]) < 110


async def test_incidents_have_lost_zeros_and_line_breaks(ask):
    found = await rows(ask, "xml/AccInfo/1/1000/")
    kinds = {row["acc_type"] for row in await rows(ask, "xml/AccMainCode/1/1000/")}
    details = {row["acc_dtype"] for row in await rows(ask, "xml/AccSubCode/1/1000/")}

    assert len(found) > 5 and len({row["acc_id"] for row in found}) == len(found)
    assert {row["acc_type"] for row in found} <= kinds
    assert {row["acc_dtype"] for row in found} <= details
    assert b"&#13;-" in await ask(f"{SEOUL}/xml/AccInfo/1/1000/")


async def test_living_population_is_five_days_late_newest_first_in_32_columns(ask):
    path = "json/SPOP_LOCAL_RESD_DONG"
    newest = (await rows(ask, f"{path}/1/5/"))[0]
    hour = await rows(ask, f"{path}/1/1000/20220803/14/")
    dong = await rows(ask, f"{path}/1/1000///11110515")
    total = sum(float(row["TOT_LVPOP_CO"]) for row in hour)
    parts = [float(v) for k, v in hour[0].items() if k.startswith(("MALE", "FEMALE"))]

    assert newest["STDR_DE_ID"] == "20220803" and len(newest) == 32
    assert len(hour) == 425 and 9.9e6 < total < 10.9e6
    assert sum(parts) == pytest.approx(float(hour[0]["TOT_LVPOP_CO"]), abs=0.01)
    assert {row["ADSTRD_CODE_SE"] for row in dong} == {"11110515"}
    assert await code(ask, f"{SEOUL}/{path}/1/5/20220804") == "INFO-200"


async def test_the_drop_has_fifty_hours_and_the_newest_ten_minutes(ask):
    drop = json.loads(await ask("/drop/living_population.json"))
    times = [datetime.fromisoformat(t) for t in drop["times"]]

    assert drop["observed_at"] == drop["times"][-1] == "2022-08-08T20:10:00+09:00"
    assert len(times) == 51 and times[49] - times[0] == timedelta(hours=49)
    assert len(drop["dongs"]) == len(drop["population"]) == 425
    assert {len(row) for row in drop["population"]} == {51}
    assert {len(dong) for dong in drop["dongs"]} == {8}


@pytest.mark.parametrize("name", ["홍대입구", "여의도", "창동", "서울", "천호(풍납토성)"])
async def test_trains_are_told_as_the_subway_tells_them(ask, name):
    said = json.loads(await ask(f"{SUBWAY}/{name}"))
    trains = said["realtimeArrivalList"]

    assert said["errorMessage"]["code"] == "INFO-000" and 4 <= len(trains) <= 20
    assert all(
        train["subwayId"].startswith("10") and train["barvlDt"].isdigit() for train in trains
    )
    assert {train["updnLine"] for train in trains} <= {"상행", "하행", "내선", "외선"}
    assert all(train["ordkey"][2:5].isdigit() for train in trains)


async def test_no_trains_at_night_nor_at_a_station_nobody_knows(ask):
    assert json.loads(await ask(f"{SUBWAY}/평양"))["code"] == "INFO-200"
    night = TestServer(standing(start="2022-08-09T03:00+09:00").app())
    async with TestClient(night) as client, client.get(f"{SUBWAY}/강남") as answer:
        assert (await answer.json())["code"] == "INFO-200"


async def test_weather_is_ready_ten_minutes_after_the_hour(ask):
    query = f"{WEATHER}?serviceKey=practice&dataType=JSON&nx=60&ny=127&base_date=20220808"
    ready = json.loads(await ask(f"{query}&base_time=2000"))["response"]
    later = json.loads(await ask(f"{query}&base_time=2100"))["response"]
    items = {item["category"]: item["obsrValue"] for item in ready["body"]["items"]["item"]}

    assert set(items) == {"PTY", "REH", "RN1", "T1H", "UUU", "VEC", "VVV", "WSD"}
    assert items["PTY"] == "1" and float(items["RN1"]) > 10
    assert later["header"] == {"resultCode": "03", "resultMsg": "NO_DATA"}
    assert b"<returnReasonCode>30<" in await ask(WEATHER)


async def test_cameras_are_a_list_an_object_or_nothing_and_have_pictures(ask):
    many = json.loads(await ask(ITS + EVERYWHERE))["response"]
    first = many["data"][0]
    x, y = first["coordx"], first["coordy"]
    around = f"&minX={x - 1e-5}&maxX={x + 1e-5}&minY={y - 1e-5}&maxY={y + 1e-5}"
    one = json.loads(await ask(ITS + around))["response"]
    none = json.loads(await ask(ITS + "&minX=0&maxX=1&minY=0&maxY=1"))["response"]
    path = "/" + first["cctvurl"].split("/", 3)[3]

    assert many["datacount"] == len(many["data"]) > 60 and first["cctvname"].startswith("[")
    assert isinstance(one["data"], dict) and "data" not in none
    for query, size in (("", (640, 360)), ("?w=960", (960, 540))):
        picture = Image.open(io.BytesIO(await ask(path + query)))
        assert (picture.format, picture.size) == ("JPEG", size)
    assert not await ask(path.replace("/still/0/", "/still/1/"))
    assert json.loads(await ask("/openapi.its.go.kr/cctvInfo"))["response"]["resultCode"] == "4005"
