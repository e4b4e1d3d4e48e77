"""Every feed, whatever its name: what it declares, what it reads, what it survives."""

import json
import os
import random
import re
import sys
import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import TIME, FeedError, Unreachable, Unreadable, derive, duration, feeds, say
from data.__main__ import keep

EXAMPLES = int(os.environ.get("MUTATIONS", "25"))  # a feed; the bench takes 200
ASKS = [n for n in dir(feeds) if not feeds[n].needs and feeds[n].portal]
TABLES = [n for n in dir(feeds) if not feeds[n].needs and not feeds[n].portal]
DERIVED = [n for n in dir(feeds) if feeds[n].needs]
SIGNS = {"PM10", "PM2.5"}  # the same word in every language is no word
every_feed = pytest.mark.parametrize("name", dir(feeds))
every_asking = pytest.mark.parametrize("name", ASKS)


@every_feed
def test_says_what_it_is(name):
    feed = feeds[name]
    about = sys.modules[type(feed).__module__].__doc__

    assert feed.title and feed.source and feed.licence and type(feed).__doc__
    assert feed.needs or ("Source" in about and "Cadence" in about)
    assert bool(feed.needs) != bool(feed.url)
    assert bool(feed.portal) <= bool(duration(feed.every)), "who asks must say how often"
    assert set(feed.key) <= set(feed.columns)
    for column in feed.columns.values():
        assert say(column.label, "ko") != column.label or column.label in SIGNS, column.label
    assert say(feed.title, "ko") != feed.title
    assert not re.search(r"[가-힣]", feed.title + feed.source)


NOTHING = {"population_forecast"}  # the replies tell of no earlier day, and of too few places


@every_feed
def test_gives_the_declared_columns(name, full):
    feed, frame = feeds[name], feeds[name].frame

    assert list(frame) == list(feed.columns)
    assert len(frame) or name in NOTHING
    for column, spec in feed.columns.items():
        if spec.dtype == TIME:
            assert str(frame[column].dt.tz) == "Asia/Seoul"
        elif spec.dtype == "geometry":
            assert frame.crs.to_epsg() == 4326
        elif spec.dtype == "float64":
            assert np.isfinite(frame[column].dropna()).all()
    assert feed.state() in ("live", "late"), "the replies are of now"


@every_feed
def test_a_number_stays_within_its_range(name, full):
    for column, spec in feeds[name].columns.items():
        if spec.low is not None or spec.high is not None:
            known = feeds[name].frame[column].dropna()
            assert known.ge(-np.inf if spec.low is None else spec.low).all()
            assert known.le(np.inf if spec.high is None else spec.high).all()


@pytest.mark.parametrize("name", ASKS + TABLES)
@pytest.mark.parametrize("body", [b'{"sorry": "down for maintenance"}', b"", b"\xb0\xa1\xb3\xaa"])
def test_says_so_when_the_reply_is_not_its_own(name, body, reply):
    url = reply(name)[0][0]

    with pytest.raises(FeedError):
        feeds[name].read([(url, body)])


@every_asking
async def test_keeps_the_last_good_frame_and_logs_once_lost_once_back(
    name, full, monkeypatch, caplog, request
):
    async def fetch(url, *, feed=""):
        raise Unreachable("the line is cut")

    monkeypatch.setattr("data._feed.fetch", fetch)
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    feed, good = feeds[name], feeds[name].frame
    await feed.refresh()
    await feed.refresh()
    assert feed.frame is good and feed.problem is not None

    request.getfixturevalue("answered")
    await feed.refresh()
    assert feed.problem is None
    assert [r.getMessage().split()[1].rstrip(":") for r in caplog.records] == ["lost", "back"]


@pytest.mark.parametrize("name", DERIVED)
def test_waits_for_what_it_is_derived_from(name):
    frames = dict.fromkeys(feeds[name].needs)

    assert feeds[name].worked_out(frames) is None


@pytest.mark.parametrize("name", DERIVED)
async def test_draws_on_empty_frames(name, full):
    for need in feeds[name].needs:
        frame = feeds[need].frame
        feeds[need].frame = frame.iloc[:0]
    await derive(feeds[name], {f.name: f for f in feeds})

    assert feeds[name].problem is None or isinstance(feeds[name].problem, Unreadable)


# What a stranger's bytes may do: nothing but a FeedError (SAFETY rows 17 and 18)

HOSTILE = [
    None, True, "", " ", "-", "*", "점검중", "NaN", "1e308", "1e400", "-999", "１２", "0x10",
    "12,5", [], {}, [[]], {"row": []}, "<b>x</b>", "\x00", "9" * 400, -1e308, 10**30,
    "2022-08-08 25:61", "202213451299", "1970-01-01 00:00", "24:00",
]  # fmt: skip


def mutated(body: bytes, dice: random.Random) -> bytes:
    """The body with a few things changed as a portal, or somebody on the way, may change them."""
    text = body.decode()
    for _ in range(dice.randint(1, 4)):
        text = dice.choice([_cut, _valued, _renamed, _doubled, _garbled])(text, dice)
    return text.encode("utf-8", "surrogatepass")


def _cut(text, dice):
    return text[: dice.randrange(len(text) + 1)] if dice.random() < 0.3 else text


def _valued(text, dice):
    """One value replaced, whatever it was."""
    spots = list(re.finditer(r'(?<=: )("[^"]*"|-?[\d.]+)|(?<=>)[^<>]+(?=</)', text))
    if not spots:
        return text
    spot, value = dice.choice(spots), dice.choice(HOSTILE)
    new = json.dumps(value) if text.lstrip().startswith("{") else str(value)
    return text[: spot.start()] + new + text[spot.end() :]


def _renamed(text, dice):
    names = sorted(set(re.findall(r'"(\w+)":|<(\w+)>', text)))
    if not names:
        return text
    name = "".join(dice.choice(names))
    return re.sub(rf"\b{name}\b", name[::-1] + "X", text)


def _doubled(text, dice):
    rows = list(re.finditer(r"<row>.*?</row>|\{[^{}]*\},", text, re.DOTALL))
    if not rows:
        return text
    row = dice.choice(rows)
    return text[: row.end()] + row[0] + text[row.end() :]


def _garbled(text, dice):
    at = dice.randrange(len(text) + 1)
    return (
        text[:at] + dice.choice(["\ud800", "<!DOCTYPE x>", "&x;", "{", "]", "\x00", "﻿"]) + text[at:]
    )


@every_asking
@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_but_a_feed_error_leaves_a_feed(name, reply, seed):
    dice = random.Random(seed)
    told = reply(name)
    spoilt = dice.randrange(len(told))
    told[spoilt] = (told[spoilt][0], mutated(told[spoilt][1], dice))

    try:
        frame = feeds[name].read(told)
    except FeedError:
        return
    assert list(frame) == list(feeds[name].columns)


WIRE = {  # feed: {our column: the portal's}
    "air_quality": dict(
        pm10="PM", pm25="FPM", o3="OZON", no2="NTDX", co="CBMX", so2="SPDX", index="CAI_IDX"
    ),
    "bike_stations": dict(racks="rackTotCnt", bikes="parkingBikeTotCnt"),
    "living_population": dict(population="TOT_LVPOP_CO"),
    "population_by_age": dict(male_0_9="MALE_F0T9_LVPOP_CO", female_70="FEMALE_F70T74_LVPOP_CO"),
    "district_days": dict(
        population="TOT_LVPOP_CO", by_day="DAY_LVPOP_CO", by_night="NIGHT_LVPOP_CO"
    ),
    "petitions": dict(votes="VOTE_CNT", comments="USER_COMMENT_CNT"),
    "calls_120": dict(median_wait="median_wait"),
    "hotspots": dict(
        people_min="AREA_PPLTN_MIN", people_max="AREA_PPLTN_MAX", male="MALE_PPLTN_RATE",
        female="FEMALE_PPLTN_RATE", residents="RESNT_PPLTN_RATE", age_70="PPLTN_RATE_70",
    ),
    "hotspot_forecast": dict(people_min="FCST_PPLTN_MIN", people_max="FCST_PPLTN_MAX"),
    "hotspot_parking": dict(capacity="CPCTY", parked="CUR_PRK_CNT", fee="RATES"),
    "hotspot_roads": dict(speed="ROAD_TRAFFIC_SPD"),
    "hotspot_weather": dict(humidity="HUMIDITY", pm10="PM10", pm25="PM25", air="AIR_IDX_MVL"),
    "ev_chargers": dict(output="OUTPUT"),
    "card_sales": dict(shops="RSB_MCT_CNT"),
    "road_speeds": dict(speed="prcs_spd", travel_time="prcs_trv_time"),
    "subway_arrivals": dict(seconds="barvlDt"),
    "bus_stops": dict(lon="gpsX", lat="gpsY"),
    "bus_positions": dict(order="sectOrd", lon="gpsX", lat="gpsY"),
    "bus_arrivals": dict(headway="term"),
    "welfare_centres": dict(visits="visits"),
    "prices": dict(price="A_PRICE"),
    "good_price_shops": dict(recommended="SH_RCMN"),
    "culture_events": dict(lon="LOT", lat="LAT"),
    "culture_spaces": dict(lon="Y_COORD", lat="X_COORD"),
    "reservations": dict(lon="X", lat="Y"),
    "libraries": dict(lon="YDNTS", lat="XCNTS"),
    "heritage": dict(lon="COT_COORD_X", lat="COT_COORD_Y"),
    "park_info": dict(area="AREA", lon="XCRD", lat="YCRD"),
    "trails": dict(level="COURSE_LEVEL", length="DISTANCE", minutes="LEAD_TIME", lon="X", lat="Y"),
    "public_toilets": dict(lon="COORD_X", lat="COORD_Y"),
    "visiting_nurses": dict(planned="planned", done="done"),
    "rent_disputes": dict(received="received", mediated="mediated", closed="closed"),
    "job_buses": dict(advised="advised", lon="lon", lat="lat"),
    "projects": dict(progress="progress", planned="planned"),
    "library_members": dict(members="MBR_CNT"),
    "dispatch": dict(vehicles="vehicles"),
    "emergency_rooms": dict(
        emergency_beds="hvec", operating_rooms="hvoc", ward_beds="hvgc"
    ),
    "rain_gauges": dict(rain="RAINFALL10"),
    "river_levels": dict(
        level="RLTM_RVR_WATL_CNT", control="CNTRL_WATL", flood="PLAN_FLDE", levee="EBM_HGT"
    ),
    "han_levels": dict(level="wl", flow="fw"),
    "sewers": dict(level="MEA_WAL"),
    "river_water": dict(temperature="WATT"),
    "tap_water": dict(volume="MSRMT_VL"),
    "weather_forecast": dict(
        temperature="fcstValue", rain_low="fcstValue", rain_high="fcstValue", chance="fcstValue"
    ),
    "air_korea": dict(
        pm10="pm10Value", pm25="pm25Value", o3="o3Value", no2="no2Value", co="coValue",
        so2="so2Value", index="khaiValue",
    ),
    "parking_now": dict(spaces="TPKCT", cars="NOW_PRK_VHCL_CNT", free="NOW_PRK_VHCL_CNT"),
    "parking_lots": dict(
        spaces="TPKCT", fee="BSC_PRK_CRG", fee_minutes="BSC_PRK_HR", day_fee="DAY_MAX_CRG"
    ),
    "traffic_counts": dict(inbound="vol", outbound="vol"),
    "subway_riders": dict(on="GTON_TNOPE", off="GTOFF_TNOPE"),
    "bus_riders": dict(on="GTON_TNOPE", off="GTOFF_TNOPE"),
    "bike_places": dict(racks="HOLD_NUM"),
    "bike_trips": dict(trips="RENT_USE_CNT", minutes="MOVE_TIME", metres="MOVE_METER"),
}  # fmt: skip
POISON = [
    "-999", "99999999", "1e308", "1e400", "１２", "٣", "1_000", "0x10", "12,5", "NaN", "nan", "inf",
    "-inf", "true", "", " ", "-", "*", "점검중", "1 2", "--5", "9" * 400, "-0.5e9",
]  # fmt: skip
FIELDS = [(n, ours, theirs) for n, fields in WIRE.items() for ours, theirs in fields.items()]


@pytest.mark.parametrize("poison", POISON)
@pytest.mark.parametrize(("name", "ours", "theirs"), FIELDS)
def test_a_poisoned_number_is_unknown(name, ours, theirs, poison, reply):
    url, body = reply(name)[0]
    value = rf'("{theirs}": )("[^"]*"|[-\d.]+|null)|(<{theirs}>)[^<]*'
    text = re.sub(
        value, lambda m: f'{m[1]}"{poison}"' if m[1] else f"{m[3]}{poison}", body.decode()
    )

    try:
        frame = feeds[name].read([(url, text.encode())])
    except FeedError:
        return
    silent = frame[ours].isna()
    if name == "subway_arrivals":  # then the message is asked
        silent |= frame["message"].str.contains("후")
    assert silent.all()


# What the portals really write, feed by feed


def one(frame: pd.DataFrame, **where) -> pd.Series:
    """The only row that fits."""
    [(_, row)] = frame[(frame[list(where)] == pd.Series(where)).all(axis=1)].iterrows()
    return row


def test_zeros_of_a_station_in_maintenance_are_not_air(full):
    closed = one(full.air_quality.frame, station="성동구")
    half = one(full.air_quality.frame, station="구로구")

    assert closed[["pm10", "pm25", "o3", "index"]].isna().all() and closed["grade"] == ""
    assert np.isnan(half["pm25"]) and half["pm10"] > 0
    assert full.air_quality.frame["pm10"].mean() > 10


def test_old_and_new_names_of_the_air_are_the_same_air(reply):
    [(url, body)] = reply("air_quality")
    old = dict(
        MSRMT_DT="MSRDT", SAREA_NM="MSRRGN_NM", MSRSTN_NM="MSRSTE_NM", FPM="PM25", PM="PM10",
        OZON="O3", NTDX="NO2", CBMX="CO", SPDX="SO2", CAI_GRD="IDEX_NM", CAI_IDX="IDEX_MVL",
        CRST_SBSTN="ARPLT_MAIN",
    )  # fmt: skip
    text = body.decode()
    for name, before in old.items():
        text = text.replace(f'"{name}"', f'"{before}"')

    pd.testing.assert_frame_equal(
        feeds.air_quality.read([(url, text.encode())]), feeds.air_quality.read([(url, body)])
    )
    with pytest.raises(Unreadable, match="PM"):
        feeds.air_quality.read([(url, body.replace(b'"PM"', b'"DUST"'))])


def test_bikes_have_a_number_a_name_and_perhaps_no_place(full):
    frame = full.bike_stations.frame

    assert one(frame, station_id="ST-24")[["number", "name"]].tolist() == [
        "302",
        "광화문역 8번출구",
    ]
    assert one(frame, station_id="ST-37")["name"] == "발산역 1번"
    assert one(frame, station_id="ST-88")[["number", "bikes", "racks"]].tolist() == ["", 55, 24]
    assert np.isnan(one(frame, station_id="ST-95")["lon"])


async def test_bikes_are_read_page_by_page_and_counted_once(monkeypatch, still):
    row = dict(rackTotCnt="10", shared="0", stationLatitude="37.55", stationLongitude="126.99")
    rows = [row | {"stationId": f"ST-{n}", "stationName": f"{n}. 곳"} for n in range(2300)]
    rows.insert(1000, rows[999])  # moved on while we read
    asked = []

    async def fetch(url, *, feed=""):
        first, last = map(int, url.rstrip("/").split("/")[-2:])
        asked.append((first, last))
        page = [r | {"parkingBikeTotCnt": str(len(asked))} for r in rows[first - 1 : last]]
        result = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다."}
        told = {"list_total_count": len(page), "RESULT": result, "row": page}
        return json.dumps({"rentBikeStatus": told}).encode()

    monkeypatch.setattr("data._feed.fetch", fetch)
    feed = type(feeds.bike_stations)(name="bike_stations")
    await feed.refresh()

    assert asked == [(1, 1000), (1001, 2000), (2001, 3000)]
    assert len(feed.frame) == 2300 and feed.frame["station_id"].is_unique
    assert one(feed.frame, station_id="ST-999")["bikes"] == 2, "the later page is right"


def test_incidents_get_back_their_zeros_their_names_and_their_places(full):
    frame = full.incidents.frame
    flood, works = one(frame, incident_id="700102"), one(frame, incident_id="700103")

    assert f"{flood['started_at']:%H:%M:%S}" == "08:20:45"
    assert f"{works['started_at']:%H:%M}" == "09:30" and works["expected_end"].year == 2025
    assert flood[["kind_name", "detail_name", "closure"]].tolist() == [
        "기상/재난",
        "도로침수",
        "전면통제",
    ]
    assert flood["lon"] == pytest.approx(127.0721, abs=1e-4)
    assert flood["lat"] == pytest.approx(37.5853, abs=1e-4)
    assert flood["text"].splitlines()[1] == "-장소 : 월릉교"
    assert f"{one(frame, incident_id='700104')['expected_end']:%m-%d %H:%M}" == "08-09 00:00"
    assert "<" not in one(frame, incident_id="700104")["text"]
    assert np.isnan(one(frame, incident_id="700105")["lon"])
    new = one(frame, incident_id="700106")
    assert np.isnan(new["lat"]) and pd.isna(new["expected_end"])
    assert new[["kind_name", "detail_name_en"]].tolist() == ["A21", "21B09"]


@pytest.mark.parametrize("name", ["air_quality", "weather_now", "bike_stations"])
async def test_a_measure_that_is_not_told_leaves_the_last_one_standing(name, full, monkeypatch):
    async def fetch(url, *, feed=""):
        seoul = b'{"RESULT":{"CODE":"INFO-200","MESSAGE":"x"}}'
        kma = b'{"response":{"header":{"resultCode":"03","resultMsg":"NO_DATA"}}}'
        return kma if feed == "weather_now" else seoul

    monkeypatch.setattr("data._feed.fetch", fetch)
    feed = feeds[name]
    before, observed = feed.frame, feed.observed_at
    assert len(before)
    await feed.refresh()

    assert feed.frame is before and feed.observed_at == observed
    assert str(feed.problem) == "an answer without rows"


async def test_no_incident_takes_the_place_of_the_old_ones(full, monkeypatch):
    async def fetch(url, *, feed=""):
        return b"<RESULT><CODE>INFO-200</CODE><MESSAGE>x</MESSAGE></RESULT>"

    monkeypatch.setattr("data._feed.fetch", fetch)
    await feeds.incidents.refresh()

    assert len(feeds.incidents.frame) == 0 and feeds.incidents.problem is None
    assert feeds.incidents.state() == "live"


def test_weather_that_is_missing_is_unknown(full):
    [(_, row)] = full.weather_now.frame.iterrows()

    assert row["kind"] == "1" and row["rain"] == 28.5 and row["temperature"] == 24.6
    assert np.isnan(row["wind_direction"])
    assert f"{row['observed_at']:%Y%m%d%H%M}" == "202208081900"


def test_a_camera_keeps_its_id_when_its_address_changes(full, reply):
    before = full.cctv.frame
    told = [(url, body.replace(b"token=0", b"token=9")) for url, body in reply("cctv")]
    after = feeds.cctv.read(told)

    assert len(before) == 4 and "시흥" not in set(before["name"]), "only cameras in the city"
    assert list(before["camera_id"]) == list(after["camera_id"]) and before["camera_id"].is_unique
    assert not set(before["address"]) & set(after["address"])
    assert one(before, name="반포나들목")["road"] == "경부선"


def test_trains_say_when_or_how_far_never_zero_seconds(full):
    trains = full.subway_arrivals.frame.set_index("train")

    assert trains.loc["2101", "seconds"] == 480 and trains.loc["2105", "seconds"] == 200
    assert np.isnan(trains.loc["2102", "seconds"]) and trains.loc["2102", "stops"] == 1
    assert np.isnan(trains.loc["2103", "seconds"]) and trains.loc["2103", "stops"] == 0
    assert trains.loc["2104", "stops"] == 4 and trains.loc["2106", "seconds"] == 160
    assert trains.loc["2105", "express"] and trains.loc["2106", "last"]
    assert trains.loc["2107", "line"] == "1099" and np.isnan(trains.loc["2107", "stops"])
    outer = full.subway_arrivals.frame.query("direction == '외선'")
    assert list(outer["train"]) == ["2102", "2101"], "nearest first"


def test_stations_are_asked_as_the_service_spells_them(still, monkeypatch):
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    feed = type(feeds.subway_arrivals)(name="subway_arrivals")

    assert list(feed.urls(still)) == []
    feed.wanted = frozenset({"서울역", "천호"})
    assert [u.rsplit("/", 1)[1][:27] for u in feed.urls(still)] == [
        "%EC%84%9C%EC%9A%B8",
        "%EC%B2%9C%ED%98%B8%28%ED%92",
    ]


async def test_the_chain_of_links_is_followed_once_a_week(still, answered, monkeypatch):
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    feed = type(feeds.road_links)(name="road_links")
    feed.wanted = ("강변북로", "강남대로")
    await feed.refresh()

    assert list(feed.frame["link_id"]) == ["1040004100", "1210030700", "1040004110"]
    assert list(feed.frame["road_class"]) == ["expressway", "arterial", "expressway"]
    assert feed.frame.geometry.iloc[0].coords[0] == pytest.approx((127.01, 37.53), abs=1e-4)
    assert feed.urls(still) == []
    assert len(feed.urls(still + duration("8d"))) == 1


async def test_a_small_key_follows_the_chain_a_question_a_turn(still, answered, monkeypatch):
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "k")
    feed = type(feeds.road_links)(name="road_links")
    feed.wanted = ("강변북로",)
    sizes = []
    for _ in range(9):
        await feed.refresh()
        sizes.append(len(feed.frame))

    assert sizes == [0, 0, 0, 0, 0, 1, 1, 2, 2]


def test_living_population_is_masked_not_zero(full):
    frame = full.living_population.frame

    assert frame["population"].isna().sum() == 1 and frame["dong"].str.len().eq(8).all()


def test_living_population_asks_for_missing_hours_only(full, monkeypatch):
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:9")
    feed = feeds.living_population
    body, empty = feeds_reply()[0][1], b'{"RESULT":{"CODE":"INFO-200","MESSAGE":"x"}}'
    asked, url = [], feed.urls(full.weather_now.fetched_at)[0]
    while url:
        asked.append("".join(url.rsplit("/", 3)[1:3]))
        url = feed.next(empty if asked[-1].startswith("20220804") else body, url)

    assert asked[:2] == ["2022080100", "2022080101"] and "2022080120" not in asked, "it is here"
    assert len(asked) == len(set(asked)) == 47 + 3 * 26 + 24 + 1
    assert asked[47:50] == ["2022072519", "2022072520", "2022072521"]
    assert asked[-2:] == ["2022080323", "2022080400"], "of a day not out an hour is asked"


def test_an_ordinary_key_asks_for_thirty_hours_a_day(full, monkeypatch):
    monkeypatch.setenv("SEOUL_OPENAPI_KEY", "k")
    feed, asked = feeds.living_population, 0
    url = feed.urls(full.weather_now.fetched_at)[0]
    while url:
        asked, url = asked + 1, feed.next(feeds_reply()[0][1], url)

    assert asked == feed.daily


def feeds_reply():
    row = {
        "STDR_DE_ID": "20220801",
        "TMZON_PD_SE": "20",
        "ADSTRD_CODE_SE": "1",
        "TOT_LVPOP_CO": "1",
    }
    told = {"list_total_count": 1, "RESULT": {"CODE": "INFO-000", "MESSAGE": "x"}, "row": [row]}
    return [("", json.dumps({"SPOP_LOCAL_RESD_DONG": told}).encode())]


def test_a_drop_of_another_shape_is_refused(reply):
    [(url, body)] = reply("population_signal")

    with pytest.raises(Unreadable, match="numbers for each"):
        feeds.population_signal.read([(url, body.replace(b'"11110515", ', b"", 1))])


def test_people_now_are_the_signal_else_the_portals_last_day(full):
    now = feeds.population_now
    both = {n: full[n].frame for n in now.needs} | {"hotspot_hours": None}
    now, late = feeds.population_now, both | {"population_signal": None}

    assert now.worked_out(both).attrs["like"] == ("10m", "20m")
    assert now.worked_out(late).attrs["like"] == ("1d", "5d")
    assert now.worked_out(late)["observed_at"].max().day == 1


def test_a_district_that_is_not_known_is_not_told(full):
    frame = full.district_people.frame
    people = full.population_now.frame
    newest = people["observed_at"] == people["observed_at"].max()
    some = people["dong"].str.startswith("11110") & newest
    there = {n: full[n].frame for n in full.district_people.needs}
    less = feeds.district_people.worked_out(there | {"population_now": people[~some]})

    assert len(frame) == 25 and frame["population"].sum() == pytest.approx(9.2e6, rel=0.2)
    assert frame["last_week_change"].abs().max() < 0.2
    gone = one(less, gu_code="11110")
    assert np.isnan(gone["population"]) and gone["share"] == 0
    assert one(less, gu_code="11140")["population"] > 0


def test_the_city_has_a_curve_of_the_day_and_a_newest_value(full):
    frame = full.city_people.frame

    assert len(frame) == 25
    assert frame["today"].notna().sum() == 22, "00 to 20 o'clock, and ten past eight"
    assert f"{frame['observed_at'].iloc[-1]:%H:%M}" == "20:10"
    assert frame["yesterday"].iloc[:24].notna().all()
    assert frame["last_week"].notna().sum() == 2, "one hour of it was recorded"
    assert frame["share"].dropna().between(0.9, 1).sum() >= 21
    assert f"{full.city_people.observed_at:%H:%M}" == "20:10"


def test_recorded_answers_replace_the_old_ones_and_hold_no_key(tmp_path, monkeypatch):
    monkeypatch.setenv("ITS_KEY", "s3cret")
    url = "{its}/cctvInfo?apiKey={its_key}"
    (tmp_path / "cctv.json").write_text("{}")
    (tmp_path / "asked.toml").write_text('"cctv.json" = "old"\n"roads.json" = "other"\n')
    paths = keep("cctv", [(url, b'{"key": "s3cret"}'), (url, b"<a/>")], tmp_path)

    assert [p.name for p in paths] == ["cctv.1.json", "cctv.2.xml"]
    assert paths[0].read_text() == '{"key": "KEY"}' and not (tmp_path / "cctv.json").exists()
    known = tomllib.loads((tmp_path / "asked.toml").read_text())
    assert known == {"roads.json": "other", "cctv.1.json": url, "cctv.2.xml": url}
