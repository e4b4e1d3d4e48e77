"""Numbers, times, places, ids, texts and links as the portals, and worse, write them."""

import math
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies

from data import BOUNDS, TIME, ZONE, Unreadable
from data._read import (
    code,
    hours,
    link,
    listed,
    lonlat,
    moment,
    moments,
    number,
    numbers,
    pick,
    plain,
)

POISON = [  # SAFETY row 18: 23 values, of which the last is one
    -999, "-999", "-9999.0", 1e308, "1e308", "1e400", "１２", "1_000", "0x10", "12,5", "NaN", "inf",
    float("nan"), float("-inf"), True, "true", "", " ", "-", "*", "점검중", None, "12.5",
]  # fmt: skip


@pytest.mark.parametrize("value", POISON, ids=repr)
def test_one_of_23_values_is_a_number(value):
    assert len(POISON) == 23
    if value == "12.5":
        assert number(value) == 12.5
    else:
        assert math.isnan(number(value))


@pytest.mark.parametrize(
    ("value", "is_"),
    [
        ("0", 0), ("0.0", 0), (0, 0), (" 420 ", 420), ("1,234,567", 1_234_567), ("1,234.5", 1234.5),
        ("-3.1", -3.1), ("+5", 5), ("14071.5563", 14071.5563), ("1.0E7", 1e7), ("5E-4", 5e-4),
        (1002.0, 1002), (np.float64(2.5), 2.5), (np.int64(7), 7), ("450", 450),
    ],
)  # fmt: skip
def test_what_the_portals_write_is_the_number_it_is(value, is_):
    assert number(value) == is_


@pytest.mark.parametrize(
    "value",
    [
        "9" * 400, "1 2", "--5", "1e5e5", "1,23", "1,2345", "٣", "½", "12mm", "1 미만", "강수없음",
        [], {}, b"12", pd.NaT, pd.NA, np.nan, np.True_, 10**30, "1\n2", "\u200b5", "5\x00",
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_number_is_unknown_and_not_0(value):
    assert math.isnan(number(value))


def test_a_number_out_of_range_is_unknown():
    assert math.isnan(number("9999", 0, 1000)) and math.isnan(number(-1, 0))
    assert number("1000", 0, 1000) == 1000


def test_numbers_keeps_the_rows_in_their_places():
    series = numbers(pd.Series(["1", "-", None, 2.5, True], index=list("abcde"), name="pm10"))

    assert series.dtype == "float64" and series.name == "pm10"
    np.testing.assert_array_equal(series, [1, np.nan, np.nan, 2.5, np.nan])
    assert list(series.index) == list("abcde")


@given(
    strategies.lists(strategies.from_regex(r"[-+]?[0-9.,]{0,24}[-eE_ ]?[0-9]{0,2}", fullmatch=True))
)
def test_a_column_of_texts_is_read_as_its_values_are(texts):
    each = np.array([number(text) for text in texts], "float64")
    np.testing.assert_array_equal(numbers(pd.Series(texts, dtype=object)), each)


def test_a_day_and_an_hour_are_a_time():
    days = pd.Series(["20261120", 20261120.0, "20261120", None, []], index=list("abcde"))
    told = hours(days, pd.Series(["00", 9.0, "24", "1", "2"], index=list("abcde")))

    assert told.dtype == TIME and list(told.index) == list("abcde")
    here = datetime(2026, 11, 20, tzinfo=ZONE)
    assert list(told[:3]) == [here, here + timedelta(hours=9), here + timedelta(days=1)]
    assert told[3:].isna().all()


TIMES = [  # SAFETY row 20: twelve ways to write a time
    ("202208082010", "2022-08-08 20:10:00"),
    ("20220808 2010", "2022-08-08 20:10:00"),
    ("20220808 930", "2022-08-08 09:30:00"),
    ("20220808201031", "2022-08-08 20:10:31"),
    ("2022-08-08 20:10", "2022-08-08 20:10:00"),
    ("2022-08-08 20:10:31.0", "2022-08-08 20:10:31"),
    ("2022/08/08 20:10:31.000000000", "2022-08-08 20:10:31"),
    ("2022-08-08 24:00", "2022-08-09 00:00:00"),
    ("2022123124", "2023-01-01 00:00:00"),
    ("Mon, 08 Aug 2022 20:10:31 +0900", "2022-08-08 20:10:31"),
    ("2022-08-08T11:10:31Z", "2022-08-08 20:10:31"),
    ("20220808", "2022-08-08 00:00:00"),
]
MORE_TIMES = [
    (202208082010, "2022-08-08 20:10:00"),
    (202208082010.0, "2022-08-08 20:10:00"),
    ("2022080820", "2022-08-08 20:00:00"),
    ("2022.8.8 9:05", "2022-08-08 09:05:00"),
    ("2022-08-08T20:10:00+09:00", "2022-08-08 20:10:00"),
    ("2022-08-08 11:10:00 +0000", "2022-08-08 20:10:00"),
    ("20220808 82045", "2022-08-08 08:20:45"),
    ("20240229 2400", "2024-03-01 00:00:00"),
    (" 2022-08-08 20:10 ", "2022-08-08 20:10:00"),
]


@pytest.mark.parametrize(("text", "is_"), TIMES + MORE_TIMES)
def test_a_time_is_aware_and_in_the_city(text, is_):
    when = moment(text)

    assert when.tzinfo is not None and when.utcoffset() == timedelta(hours=9)
    assert f"{when:%Y-%m-%d %H:%M:%S}" == is_
    assert len(TIMES) == 12


@pytest.mark.parametrize(
    "text",
    [
        None, "", " ", "-", "점검중", " " * 14, "1970-01-01 00:00", 0, True, float("nan"), "930",
        "2022-13-01 00:00", "2022-08-08 25:61", "2022-08-08 24:30", "20220230", "202607",
        "２０２２0808", "9" * 14, "9" * 400, "99991231", [], {}, b"20220808", "2022-08/08 20:10",
        "1659956400", "now", "2022-08-08 20:10:00; DROP",
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_time_is_none(text):
    assert moment(text) is None


def test_moments_are_a_series_of_times_with_gaps():
    series = moments(pd.Series(["202208082010", "", None, 5, "2022-08-08 24:00"]))

    assert series.dtype == TIME
    assert series.isna().tolist() == [False, True, True, True, False]
    assert series[0] == datetime(2022, 8, 8, 20, 10, tzinfo=ZONE)
    assert moments(pd.Series([], dtype=object)).dtype == TIME


@pytest.mark.parametrize(
    ("x", "y", "lon", "lat"),
    [
        ("206076.71", "446245.69", 127.06874, 37.51567),  # EPSG:5181, as TOPIS writes it
        (446245.69, 206076.71, 127.06874, 37.51567),
        ("126.9779", "37.5663", 126.9779, 37.5663),
        (37.5663, 126.9779, 126.9779, 37.5663),
    ],
)
def test_a_place_is_longitude_and_latitude(x, y, lon, lat):
    assert lonlat(x, y) == pytest.approx((lon, lat), abs=2e-5)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (0, 0), ("", ""), (None, None), ("0", "0.0"), (126.9, 0), (129.07, 35.18), (1e9, 1e9),
        (-126.9, 37.5), ("126.9779", "점검중"), (200_000, 0), (5, 5), ("inf", 37.5),
        (BOUNDS[0] - 0.01, 37.5),
    ],
)  # fmt: skip
def test_no_place_and_a_place_elsewhere_is_unknown(x, y):
    assert all(map(math.isnan, lonlat(x, y)))


@pytest.mark.parametrize(
    ("value", "is_"),
    [
        (1002.0, "1002"), ("1002.0", "1002"), (1002, "1002"), ("01009", "01009"),
        ("00108", "00108"), (" ST-4 ", "ST-4"), ("11110515", "11110515"),
        (None, ""), (float("nan"), ""), (True, ""),
        ("", ""), ([], ""), ({}, ""), (float("inf"), ""), (110.5, "110.5"), ("1.2.0", "1.2.0"),
        ("<b>A04</b>", "A04"), (1660111.0, "1660111"),
    ],
)  # fmt: skip
def test_an_id_is_text(value, is_):
    assert code(value) == is_


def test_columns_are_found_by_their_old_and_new_names():
    names = {"pm10": ("PM", "PM10"), "station": ("MSRSTN_NM", "MSRSTE_NM")}
    new = pick(pd.DataFrame({"PM": [1], "MSRSTN_NM": ["중구"], "X": [0]}), names)
    old = pick(pd.DataFrame({"MSRSTE_NM": ["중구"], "PM10": [1]}), names)

    assert list(new) == ["pm10", "station"]
    pd.testing.assert_frame_equal(new, old)
    with pytest.raises(Unreadable, match="no column PM/PM10 among DUST, MSRSTN_NM"):
        pick(pd.DataFrame({"DUST": [1], "MSRSTN_NM": ["중구"]}), names)


def test_one_object_or_a_list_is_a_list():
    assert listed(None) == listed("") == listed([]) == []
    assert listed({"a": 1}) == listed([{"a": 1}]) == [{"a": 1}]
    assert listed(0) == [0]


TEXTS = [
    ("<script>alert(1)</script>광화문", "광화문"),
    ("<b>굵게</b> 보통", "굵게 보통"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;안내", "안내"),
    ("E&amp;amp;S 조명", "E&S 조명"),
    ("-일시 : 10시&#13;-장소 : 월릉교", "-일시 : 10시\n-장소 : 월릉교"),
    ("첫 줄<br/>둘째 줄\r\n\r\n셋째", "첫 줄\n둘째 줄\n셋째"),
    ("<속보> 강남역 침수", "‹속보› 강남역 침수"),
    ("5 < 6 > 4", "5 ‹ 6 › 4"),
    ("＜script＞alert(1)＜/script＞", "‹script›alert(1)‹/script›"),
    ("\u202egnp.exe\u202c", "gnp.exe"),
    ("서\u200b울\ufeff역\u2060", "서울역"),
    ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
    ("\ud800깨진", "깨진"),
    ("한글", "한글"),
    ("  많은   빈칸\t\t ", "많은 빈칸"),
    ("Ａ급，행사", "Ａ급，행사"),
    ("<img src=x onerror=alert(1)>", ""),
    ("<scr<script>ipt>alert(1)</scr</script>ipt>", "ipt›alert(1)ipt›"),
    ("<a href='javascript:alert(1)'>여기</a>", "여기"),
    ("<svg/onload=alert(1)>", ""),
    ("<!-- x --><style>*{}</style>날씨", "날씨"),
    (None, ""), (5, "5"), (2.0, "2"), (float("nan"), ""), ({}, ""), (True, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "is_"), TEXTS, ids=lambda v: ascii(v)[:30])
def test_text_is_plain(text, is_):
    assert plain(text) == is_


@pytest.mark.parametrize("rounds", range(12))
def test_markup_escaped_any_number_of_times_stays_closed(rounds):
    text = "<img src=x onerror=alert(1)>"
    for _ in range(rounds):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert not set(plain(text, 5000)) & set("<>")


def test_a_long_text_is_cut_and_quickly():
    assert len(plain("가" * 1_000_000)) == 300
    assert plain("a" * 301).endswith("…") and len(plain("a" * 301)) == 300
    assert plain("<b>" * 500_000 + "x") in ("", "x")
    assert len(plain("&" * 1_000_000)) == 300
    assert plain("&amp;" * 1_000_000).startswith("&")


LINKS = [  # SAFETY row 23: of twenty, the first two are links
    "https://www.yna.co.kr/view/AKR20260731148500504",
    "https://www.yna.co.kr:443/a?b=1&c=%20d#e",
    "http://www.yna.co.kr/view/1", "//www.yna.co.kr/view/1", "www.yna.co.kr", "/view/1",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)//https://www.yna.co.kr", "data:text/html,<script>",
    "https://evil.example/", "https://www.yna.co.kr.evil.example/", "https://evilwww.yna.co.kr/",
    "https://www.yna.co.kr@evil.example/", "https://evil.example\\@www.yna.co.kr/",
    "https://www.yna.co.kr:8443/", "https://www.yna.co.kr/\"onclick=x", "https://www.yna.co.kr/a b",
    "https://ｗｗｗ.yna.co.kr/", "https://[::1]/", "https://www.yna.co.kr/" + "a" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("text", LINKS, ids=lambda t: t[:40])
def test_a_link_is_https_to_a_listed_host(text):
    assert len(LINKS) == 20
    assert link(text, {"www.yna.co.kr"}) == (text if text in LINKS[:2] else "")


@pytest.mark.parametrize("text", [None, 5, "", "https://", "https://[bad/", "https://x:99999999/"])
def test_what_is_no_link_is_none(text):
    assert link(text, {"www.yna.co.kr"}) == ""
