"""The page of another moment: as it was known, in compact answers, never said to be of now."""

import base64
import json
import re
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from apps._asked import STEP, Problem
from apps._events import AHEAD, DAY, KINDS, MOST, events
from apps._moment import fared, foretold, moment
from apps._packed import packed
from apps._page import Shown, pages
from apps._reel import Reels
from apps._then import cards_then, map_then
from apps.cards import cards
from apps.cards._board import connected
from data import Keeper, Refused, clock, feeds, languages
from layers import layers, moving
from tests.house import standing


@pytest.fixture(autouse=True)
def kept(past):
    """When all was kept that is known; it is two hours later."""
    clock.set(past + timedelta(hours=2), 0)
    return past


def told(answer):
    return json.loads(answer.plain)


def at(when, minutes=10):
    """The next moment that may be asked for after that one."""
    return (when + timedelta(minutes=minutes)).replace(minute=20, second=0)


@pytest.mark.parametrize("name", ["mobile", "wall", "kiosk"])
def test_every_card_that_moves_is_told_as_it_was(name, kept):
    station = next(iter(pages[name].stations), "")
    body = told(cards_then(at(kept), name, "ko", station))
    moves = {n for n in Shown(name, "ko", station).fragments() if moving(cards[n])}

    dated = {n for n in Shown(name, "ko", station).fragments() if cards[n].dated}
    assert set(body["fragments"]) == dated | {n for n in moves if not cards[n].present}
    assert set(body["present"]) >= {n for n in moves if cards[n].present}
    assert not body["ahead"] and body["at"] == at(kept).isoformat()


def test_a_number_of_then_is_not_that_of_now(kept):
    then = told(cards_then(at(kept), "mobile", "en", ""))["fragments"]
    feed = feeds.incidents
    feed.param.update(frame=feed.frame.iloc[:0], observed_at=clock.now(), fetched_at=clock.now())
    now = Shown("mobile", "en").fragments()

    assert then["incident_now"] != now["incident_now"]
    assert told(cards_then(at(kept), "mobile", "en", ""))["fragments"] == then
    assert "People in Seoul now" not in then["population_now"]


def test_what_was_silent_then_is_not_said_to_be_of_now(kept):
    clock.set(kept + timedelta(days=1), 0)
    told_ = told(cards_then(at(kept, 20 * 60), "mobile", "en", ""))["fragments"]["population_now"]

    assert "People in Seoul: no data since" in told_ and "now" not in re.sub("<[^>]*>", "", told_)


def test_the_map_of_then_has_the_rows_of_the_map_of_now(kept):
    body = told(map_then(at(kept), "mobile", "ko", "light", False, ""))
    kinds = pages["mobile"].layers("city")

    assert set(body["layers"]) == {n for n, kind in kinds.items() if moving(kind)}
    assert set(body["still"]) == set(kinds) - set(body["layers"])
    cells = body["layers"]["crowd_cells"]["parts"][0]
    assert "xs" not in cells, "geometry as it is now does not travel again"
    assert {len(column) for column in cells.values()} == {len(cells["tip"])} and "tip" in cells


@pytest.mark.parametrize("narrow", [False, True])
def test_the_reel_shows_what_the_map_of_each_moment_shows(narrow, kept):
    reels = Reels()
    first = told(reels.reel(reels.last(), "mobile", "dark", narrow, ""))
    step = round((at(kept).timestamp() - first["first"]) / first["step"])
    there = told(map_then(at(kept), "mobile", "ko", "dark", narrow, ""))["layers"]

    assert first["count"] == len(first["known"]) == 145
    assert first["known"][step] and not first["known"][0], "nothing was kept a day ago"
    assert set(first["layers"]) == {n for n in there if type(layers[n](follow=False)).reel}
    for name, parts in first["layers"].items():
        for part, whole in zip(parts, there[name]["parts"], strict=True):
            for column, course in part.items():
                assert unpacked(course, first["count"])[step] == whole[column], (name, column)


def test_a_layer_that_goes_wrong_is_left_out_of_then_alone(kept, monkeypatch, caplog):
    kind, now = layers["crowd_cells"], clock.now()
    draw = kind.draw

    def wrong(layer):
        return draw(layer) if layer.now in (None, now) else [] + {}

    monkeypatch.setattr(kind, "draw", wrong)
    body = told(map_then(at(kept), "mobile", "ko", "dark", False, ""))
    reels = Reels()
    reel = told(reels.reel(reels.last(), "mobile", "dark", False, ""))

    assert "crowd_cells" not in {*body["layers"], *body["still"], *reel["layers"]}
    assert {"road_lines"} < set(body["layers"]) and "road_lines" in reel["layers"]
    assert "layer crowd_cells left out of " in caplog.text
    assert caplog.text.count("layer crowd_cells left out of the reel") == 1, "and not tried again"


def test_limits_in_the_reel_are_those_of_the_day_it_shows(kept):
    feed, later = feeds.living_population, kept + timedelta(hours=1)
    people = feed.frame["population"]
    more = feed.frame.assign(
        population=people.where(people < people.median(), people * 2),
        observed_at=feed.frame["observed_at"] + timedelta(days=1),
    )
    feed.param.update(frame=more, fetched_at=later)
    keeper = Keeper([feed])
    keeper.take(feed)
    keeper.write()

    reels = Reels()
    first = told(reels.reel(reels.last(), "mobile", "dark", False, ""))
    course = unpacked(first["layers"]["crowd_cells"][0]["color"], first["count"])
    shown = []
    for minutes in (10, 70):
        when = at(kept, minutes)
        step = round((when.timestamp() - first["first"]) / first["step"])
        there = told(map_then(when, "mobile", "ko", "dark", False, ""))["layers"]
        assert course[step] == there["crowd_cells"]["parts"][0]["color"]
        shown.append(course[step])
    assert shown[0] != shown[1], "the same people against the limits of another day"


def test_what_happened_stands_above_the_ruler_in_every_language(kept):
    found = told(Reels().reel(clock.now(), "mobile", "dark", False, ""))["events"]
    now = clock.now().timestamp()

    assert 0 < len(found) <= MOST
    for event in found:
        assert now - DAY.total_seconds() <= event["at"] <= now + AHEAD.total_seconds()
        assert event["at"] <= event["seen"] and event["seen"] % STEP.total_seconds() == 0
        assert set(event["words"]) == set(languages()) and all(event["words"].values())
        assert not re.search("[가-힣]", event["words"]["en"])


def test_the_gravest_come_first_and_nothing_that_is_over_is_announced(kept):
    rows = feeds.weather_warnings.frame.iloc[:1]
    soon, late = clock.now() + timedelta(hours=2), clock.now() + timedelta(hours=6)
    rows = pd.concat(
        [rows.assign(starts_at=at, level="경보", level_en="warning") for at in (soon, late)]
    )
    feeds.weather_warnings.param.update(frame=rows, observed_at=clock.now(), fetched_at=clock.now())

    first, *others = events(clock.now())
    assert first["at"] == round(soon.timestamp()) and "warning" in first["words"]["en"]
    assert not [event for event in others if event["at"] > clock.now().timestamp()]

    clock.set(clock.now() + timedelta(minutes=70), 0)  # the source is silent now
    assert not [event for event in events(clock.now()) if event["at"] > clock.now().timestamp()]


def test_of_a_day_of_which_nothing_was_kept_nothing_is_told(kept):
    clock.set(kept + 9 * DAY, 0)
    for name in KINDS:
        feed = feeds[name]
        feed.param.update(
            frame=feed.frame.iloc[:0], observed_at=clock.now(), fetched_at=clock.now()
        )

    assert events(clock.now()) == []


def test_a_course_comes_back_as_it_was_packed():
    days = [[{"color": [n * 7 % 5, "a", n], "same": [1]}] for n in range(300)]
    days[4] = None
    (part,) = packed(days)

    assert set(part) == {"color"} and part["color"]["wide"]
    course = unpacked(part["color"], 300)
    assert course[4] == course[3], "of an unknown moment what was known before it"
    assert [row for n, row in enumerate(course) if n != 4] == [
        day[0]["color"] for day in days if day
    ]
    assert packed([None, None]) == []


def unpacked(column, count):
    """The rows of a column at each moment, as the browser reads it."""
    kind = "<u2" if column["wide"] else "u1"
    index = np.frombuffer(base64.b64decode(column["index"]), kind).reshape(count, -1)
    return [[column["values"][i] for i in row] for row in index]


def test_the_board_is_told_as_it_was_and_what_is_not_kept_is_not_told(kept):
    feeds.incidents.problem = Refused("INFO-100")
    feeds.air_quality.param.update(observed_at=clock.now(), fetched_at=clock.now())
    early, late = (told(cards_then(at(kept, m), "status", "en", "")) for m in (10, 100))
    now = Shown("status", "en").fragments()

    assert set(early["fragments"]) == {n for n in now if cards[n].whole or cards[n].dated}
    assert not early["present"] and early["at"] == at(kept).isoformat()
    seen = [re.search(r"<b>(\d+)</b>", one["board_seen"])[1] for one in (early["fragments"], now)]
    there = fared(at(kept))
    names = [f.name for _, f in connected() if f and f.name in there]
    assert int(seen[0]) == sum(there[name].state == "live" for name in names)
    rows = re.findall(r'data-state="(\w+)"', "".join(early["fragments"].values()))
    assert len(rows) == len(connected()) and rows.count("live") == int(seen[0])
    old = re.findall(r'data-state="(\w+)"', "".join(late["fragments"].values()))
    assert old.count("live") < rows.count("live"), "by its age at that time"
    for html in early["fragments"].values():
        assert not re.search('data-live|#f-refused|class="strip', html)
        assert not re.search(r">\s*live\b", html)
    assert 'data-state="refused"' in now["board_transport"]
    assert "is not kept" in early["fragments"]["board_seen"]


def test_nobody_foretells_how_the_board_will_be(kept):
    with pytest.raises(Problem, match="Nothing is known"):
        cards_then(clock.now() + timedelta(hours=2), "status", "ko", "")


def test_before_anything_was_kept_there_is_nothing(kept):
    with pytest.raises(Problem, match="Nothing is known"):
        cards_then(at(kept) - timedelta(days=30), "mobile", "ko", "")


@pytest.mark.parametrize(
    "wrong",
    ["", "now", "24h", "2022-08-08", "2022-08-08T20:10+09:00", "2022-13-01T00:00", "x" * 99],
)
def test_only_a_plain_time_is_a_moment(wrong):
    with pytest.raises(Problem, match="like 2026"):
        moment(wrong)


@pytest.mark.parametrize("far", [timedelta(days=-91), timedelta(hours=6), timedelta(days=4000)])
def test_a_moment_out_of_reach_is_refused(far, still):
    with pytest.raises(Problem, match="90 days"):
        moment(f"{clock.now() + far:%Y-%m-%dT%H:%M}")


def test_moments_are_snapped_so_that_all_ask_for_the_same(still):
    asked = {
        moment(f"{clock.now() - timedelta(hours=1):%Y-%m-%dT%H}:{m:02}") for m in range(20, 30)
    }

    assert len(asked) == 1
    ahead = moment(f"{clock.now() + timedelta(minutes=10):%Y-%m-%dT%H:%M}")
    assert ahead > clock.now() and ahead.minute == 0


def test_what_nobody_foretells_is_not_there(kept):
    then = (clock.now() + timedelta(hours=2)).replace(minute=0, second=0)
    there = foretold(("incidents", "road_speeds", "air_quality", "dongs", "roads"), then)

    assert set(there) == {"dongs", "roads"}


async def test_it_is_answered_once_for_all_who_ask_and_refused_to_who_asks_too_much(kept):
    async with standing() as city:
        when = f"{at(kept):%Y-%m-%dT%H:%M}"
        first = await city.get(f"/then/mobile/cards?at={when}&lang=ko")
        again = await city.get(f"/then/mobile/cards?at={when}&lang=ko")
        wrong = [
            await city.get(f"/then/{x}")
            for x in ("no/cards", "wall/cards?at=x", "wall/map", "status/cards?at=2022-07-01T10:00")
        ]
        board = await city.get(f"/then/status/cards?at={when}&lang=ko")
        many = [(await city.get(f"/then/wall/map?at={when}&lang=xx"))[0] for _ in range(40)]

    assert first[0] == again[0] == 200 and first[2] == again[2]
    assert "max-age=3600" in first[1]["Cache-Control"]
    assert [status for status, *_ in wrong] == [404, 422, 422, 404]
    assert board[0] == 200 and "max-age=3600" in board[1]["Cache-Control"]
    assert 404 in many and 429 in many
