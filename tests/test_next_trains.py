"""What the kiosk says of the trains that come, on frames of every kind."""

from datetime import timedelta

import pandas as pd
import pytest

from apps._walk import on_foot
from apps.cards import cards
from apps.cards._near import far, nearest, place, short
from data import TIME, empty, feeds
from tests.conftest import NOW

STATION = "홍대입구"


def train(**said):
    """A row of subway_arrivals: line 2 towards 신촌, four minutes away."""
    row = dict(
        station=STATION, line_id="1002", line="2호선", line_en="Line 2", direction="내선",
        heading="성수행 - 신촌방면", terminal="성수", order=1, seconds=240.0, stops=2.0,
        message="4분 후", at="당산", code="99", express=False, last=False, train="2101",
        observed_at=NOW,
    )  # fmt: skip
    return row | said


def frame(*rows):
    return pd.DataFrame(list(rows)).astype({"observed_at": TIME})


@pytest.fixture
def told(full):
    """``told(frame, language)``: the card's facts for that frame, at the time of the replies."""

    def facts(trains, language="ko"):
        card = cards.next_trains(
            follow=False, page="kiosk", station=STATION, language=language, now=NOW,
            trains=trains, stations=feeds.stations.frame, lines=feeds.lines.frame,
        )  # fmt: skip
        assert str(card.html())
        return card.facts()

    return facts


def ways(facts, line="2"):
    """(trains towards the stop before, trains towards the stop after) of a line."""
    (found,) = [one for one in facts["lines"] if one["id"] == line]
    return tuple(way["trains"] for way in found["ways"])


def test_lines_stand_in_their_order_with_their_neighbours(told):
    facts = told(None)

    assert [one["id"] for one in facts["lines"]] == ["2", "K", "A"]
    assert [way["via"] for way in facts["lines"][0]["ways"]] == ["합정", "신촌"]
    assert not facts["known"]


def test_before_any_answer_there_is_no_train_and_no_number(told):
    for trains in (None, empty(feeds.subway_arrivals.columns)):
        assert ways(told(trains)) == ([], [])


def test_minutes_count_on_from_when_they_were_told(told):
    _, (late,) = ways(told(frame(train(observed_at=NOW - timedelta(seconds=130)))))

    assert late["minutes"] == 1  # 240 s less 130
    assert late["due"] == NOW + timedelta(seconds=110)


def test_a_train_that_has_gone_is_not_promised(told):
    gone = train(observed_at=NOW - timedelta(seconds=280))

    assert ways(told(frame(gone, train(seconds=600.0, train="2103"))))[1][0]["minutes"] == 10


def test_under_a_minute_is_now(told):
    assert ways(told(frame(train(seconds=59.0))))[1][0]["soon"]
    assert not ways(told(frame(train(seconds=61.0))))[1][0]["soon"]


def test_without_a_time_it_says_how_many_stops(told):
    (one,) = ways(told(frame(train(seconds=float("nan"), stops=3.0))))[1]

    assert (one["minutes"], one["stops"], one["due"]) == (None, 3, None)


def test_without_a_time_or_stops_nothing_is_made_up(told):
    (one,) = ways(told(frame(train(seconds=float("nan"), stops=float("nan")))))[1]

    assert (one["minutes"], one["stops"], one["soon"]) == (None, None, False)


def test_without_a_time_it_is_dropped_once_it_must_have_passed(told):
    old = NOW - timedelta(minutes=5, seconds=30)
    there = dict(seconds=float("nan"), stops=0.0, observed_at=old)

    assert ways(told(frame(train(**there), train(train="2103"))))[1][0]["minutes"] == 4


def test_the_same_train_twice_is_one(told):
    twice = frame(train(), train(order=2, seconds=250.0), train(order=3, seconds=900.0, train="7"))

    assert [one["minutes"] for one in ways(told(twice))[1]] == [4, 15]


def test_trains_without_a_number_are_different_trains(told):
    unnumbered = frame(train(train=""), train(train="", seconds=500.0))

    assert len(ways(told(unnumbered))[1]) == 2


def test_nearest_first_whatever_the_order_of_the_answer(told):
    mixed = frame(
        train(seconds=900.0, train="9"),
        train(seconds=float("nan"), stops=1.0, train="1"),
        train(seconds=400.0, train="4"),
    )

    assert [one["minutes"] for one in ways(told(mixed))[1]] == [None, 6, 15]


def test_the_heading_says_which_way_and_else_the_direction(told):
    before, after = ways(
        told(
            frame(
                train(heading="성수행 - 합정방면", direction="내선", train="1"),
                train(heading="급행", direction="외선", train="2"),
                train(heading="", direction="내선", train="3"),
            )
        )
    )

    assert (len(before), len(after)) == (2, 1)


def test_a_frame_past_its_age_is_silent(told):
    old = NOW - timedelta(hours=2)
    facts = told(frame(train(observed_at=old, seconds=7000.0)))

    assert not facts["known"]
    assert ways(facts) == ([], [])
    assert facts["about"].observed_at == old


def test_only_other_stations_trains_are_no_trains_here(told):
    facts = told(frame(train(station="여의도")))

    assert ways(facts) == ([], [])


def test_english_says_names_it_has_and_leaves_out_the_rest(told):
    one = train(terminal="용문", at="어디에도없는역")
    (said,) = ways(told(frame(one), "en"))[1]

    assert (said["to"], said["at"]) == ("Yongmun", "")


def test_what_is_near_is_measured_from_between_the_platforms(full):
    here = place(feeds.stations.frame, STATION)
    near = nearest(feeds.parks.frame, here, within=3000)

    assert place(feeds.stations.frame, "없는역") is None
    assert place(None, STATION) is None
    assert near["metres"].is_monotonic_increasing and near["metres"].max() <= 3000
    assert nearest(None, here).empty and nearest(feeds.parks.frame, None).empty


def test_distances_are_rounded_and_names_are_cut():
    assert (far(347.0), far(996.0), far(1249.0)) == (("350", "m"), ("1.0", "km"), ("1.2", "km"))
    assert (on_foot(0.0), on_foot(1000.0)) == (1, 20)
    assert short("홍대입구역 8번출구 앞 (북쪽)", 12) == "홍대입구역 8번출구 앞"
    assert short("홍대입구역 8번출구 앞", 10) == "홍대입구역 8번출…"


def test_an_express_says_so_where_there_is_room(told):
    far_away, close = (
        ways(told(frame(train(express=True, at=at))))[1][0] for at in ("디지털미디어시티", "당산")
    )

    assert (far_away["at"], close["at"]) == ("", "당산")
    assert far_away["express"]
