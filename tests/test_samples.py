"""The recorded answers of the real portals, where they are at hand: none is ours to keep."""

import json
from pathlib import Path

import pytest

from data import Refused, feeds

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
ANSWERS = [  # feed, file, how many rows of it are in the city
    ("news", "news_rss/1_yna.xml", 1),
    ("air_quality", "RealtimeCityAir/1.json", 2),
    ("road_speeds", "TrafficInfo/1.xml", 1),
    ("incidents", "AccInfo/1.xml", 1),
    ("living_population", "SPOP_LOCAL_RESD_DONG/1.json", 1),
    ("subway_arrivals", "realtimeStationArrival/1.json", 7),
    ("subway_positions", "realtimePosition/1.json", 2),
    ("bus_stops", "bus_ws_bus_go_kr/2_getStationByPos.xml", 3),
    ("bus_positions", "bus_ws_bus_go_kr/4_getBusPosByRouteSt.xml", 1),
    ("weather_now", "kma_getUltraSrtNcst/1.json", 1),
    ("weather_now", "kma_getUltraSrtNcst/2.json", 1),
    ("cctv", "cctvInfo/1.json", 9),
    ("cctv", "cctvInfo/2.json", 1),
    ("dasan_faq", "SearchFAQ_dasan/1.json", 14),
    ("disaster_messages", "safetydata_DSSP-IF-00247/1.json", 0),
    ("weather_warnings", "kma_getPwnCd/1_test_fixture.json", 2),
    ("incident_codes", "AccMainCode/1.xml", 2),
    ("prices", "ListNecessariesPricesService/1.json", 1),
    ("good_price_shops", "portal_file_download/1_price_model_store.json", 1867),
    ("culture_events", "culturalEventInfo/1.json", 3),
    ("reservations", "ListPublicReservation/1_Institution.json", 3),
    ("libraries", "portal_file_download/3_library_time_info.json", 1492),
    ("park_info", "SearchParkInfoService/1.json", 2),
    ("public_toilets", "Mgis_map_themes/1_Mgismulgainfo.json", 1),
    ("hotspots", "citydata/1.excerpt.json", 1),
    ("hotspot_forecast", "citydata/1.excerpt.json", 12),
    ("card_sales", "citydata/1.excerpt.json", 2),
    ("ev_chargers", "citydata/1.excerpt.json", 3),
    ("hotspot_parking", "citydata/1.excerpt.json", 2),
    ("hotspot_roads", "citydata/1.excerpt.json", 1),
    ("hotspot_events", "citydata/1.excerpt.json", 2),
    ("hotspot_riders", "citydata/1.excerpt.json", 4),
    ("hotspot_weather", "citydata/1.excerpt.json", 1),
    ("traffic_spots", "SpotInfo/1.xml", 4),
    ("bike_places", "tbCycleStationInfo/1.json", 3),
    ("bike_trips", "tbCycleRentUseMonthInfo/1.json", 3),
]
PAGES = [("nearbyPage", 5), ("emptyPage", 0)]
ROWS = [  # feed, a file of bare rows, how many of ours they become
    ("rain_gauges", "ListRainfallService/1_rows.json", 4),
    ("sewers", "DrainpipeMonitoringInfo/1_rows.json", 4),
]
ASK = {
    "road_speeds": "{seoul}/{seoul_key}/xml/TrafficInfo/1/5/1220003800",
    "cctv": "{its}/cctvInfo?type=ex",
}
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")


def read(name, body):
    feed = feeds[name]
    frame = feed.read([(ASK.get(name, feed.url), body)])
    assert list(frame) == list(feed.columns)
    return frame


@pytest.mark.parametrize(("name", "file", "rows"), ANSWERS, ids=lambda v: str(v))
def test_a_recorded_answer_becomes_a_frame(name, file, rows):
    assert len(read(name, (SAMPLES / file).read_bytes())) == rows


@pytest.mark.parametrize(("page", "rows"), PAGES)
def test_a_page_of_bikes_becomes_a_frame(page, rows):
    told = json.loads((SAMPLES / "bikeList/1.json").read_text("utf-8"))

    assert len(read("bike_stations", json.dumps(told[page]).encode())) == rows


@pytest.mark.parametrize(("name", "file", "rows"), ROWS)
def test_rows_that_were_recorded_bare_become_a_frame(name, file, rows):
    told = {"RESULT": {"CODE": "INFO-000"}, "row": json.loads((SAMPLES / file).read_text("utf-8"))}
    frame = read(name, json.dumps({"service": told}).encode())

    assert len(frame) == rows and frame["gu_code"].ne("").all()


def test_a_file_of_bus_answers_becomes_frames():
    told = json.loads((SAMPLES / "bus_ws_bus_go_kr/1.json").read_text("utf-8"))
    arrivals = read("bus_arrivals", json.dumps(told["arrivals"]).encode()).set_index("route")

    assert len(read("bus_stops", json.dumps(told["nearbyStops"]).encode())) == 4
    assert len(read("bus_arrivals", json.dumps(told["empty"]).encode())) == 0
    assert len(arrivals) == 5 and not arrivals["coming"].any()
    assert arrivals["seconds"].isna().all(), "22 seconds of a bus that runs no more"
    assert arrivals.loc["N30", ["first", "last", "message"]].tolist() == [
        "23:10", "03:50", "출발대기"
    ]  # fmt: skip


def test_maintenance_is_not_clean_air():
    frame = read("air_quality", (SAMPLES / "RealtimeCityAir/1.json").read_bytes())

    assert frame.set_index("station")["pm10"].isna().to_dict() == {"중구": True, "종로구": False}


def test_a_wrong_key_is_a_refusal():
    openapi = (SAMPLES / "errors/1_openapi_invalid_key_json_asked.xml").read_bytes()
    swopenapi = (SAMPLES / "errors/2_swopenapi_invalid_key.json").read_bytes()
    for name in ("air_quality", "bike_stations", "living_population", "road_speeds", "incidents"):
        with pytest.raises(Refused):
            read(name, openapi)
    with pytest.raises(Refused):
        read("subway_arrivals", swopenapi)


def test_no_data_is_an_empty_frame():
    body = (SAMPLES / "errors/3_openapi_no_data.json").read_bytes()
    for name in ("air_quality", "bike_stations", "living_population", "road_speeds", "incidents"):
        assert len(read(name, body)) == 0
