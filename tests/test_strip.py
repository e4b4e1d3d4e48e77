"""How every feed fared in 24 hours: looked at by the quarter hour, kept over a restart."""

from datetime import timedelta

import pytest

from apps._strip import CELLS, UNKNOWN, Strips, ages
from data import Refused, Unreachable, feeds

AGING = [feed for feed in feeds if ages(feed)]
HOUR = timedelta(hours=1)


@pytest.fixture
def strips(tmp_path):
    return Strips(tmp_path)


def test_a_cell_is_how_the_quarter_ended(strips, full, still):
    feed = full.incidents
    for minutes, problem in ((0, None), (10, Unreachable("no answer")), (14, Refused("no key"))):
        feed.problem = problem
        strips.look([feed], still + timedelta(minutes=minutes - 10))
    feed.problem = None
    strips.look([feed], still + timedelta(minutes=10))

    assert strips.cells(feed)[-3:] == ".rl"
    assert strips.trouble(feed).kind == "refused" and strips.trouble(feed).until


def test_what_nobody_looked_at_is_blank(strips, full, still):
    strips.look([full.incidents], still - HOUR)
    strips.look([full.incidents], still)

    assert strips.cells(full.incidents)[-6:] == ".s...l"  # an hour ago its answer was of the future
    assert strips.cells(full.air_quality) == UNKNOWN * CELLS


def test_what_never_answered_is_unknown_and_not_live(strips, still):
    strips.look([feeds.incidents], still)

    assert strips.cells(feeds.incidents) == UNKNOWN * CELLS


def test_a_strip_survives_a_restart_and_is_bounded(strips, full, still, tmp_path):
    full.cctv.problem = Unreachable("no answer in 5 s")
    for hours in range(30):
        strips.look(AGING, still - (30 - hours) * HOUR)
    strips.save()
    again = Strips(tmp_path)
    again.load()

    for feed in AGING:
        assert again.cells(feed) == strips.cells(feed) and len(again.cells(feed)) == CELLS
        assert again.trouble(feed) == strips.trouble(feed)
    assert [path.name for path in tmp_path.iterdir()] == ["strips.json"]


def test_a_clock_set_back_begins_anew(strips, full, still):
    strips.look([full.incidents], still + 5 * HOUR)
    strips.look([full.incidents], still)

    assert strips.cells(full.incidents) == UNKNOWN * (CELLS - 1) + "l"


@pytest.mark.parametrize("text", ["", "[]", '{"quarter": 1}', "\x00", '{"quarter":"x","cells":{}}'])
def test_what_cannot_be_read_is_left(strips, text, still, caplog):
    strips.file.write_text(text)
    strips.load()

    assert "beginning anew" in caplog.text
    assert strips.cells(feeds.incidents) == UNKNOWN * CELLS


def test_a_practice_past_is_not_shown_as_the_citys(strips, full, still, monkeypatch):
    monkeypatch.setenv("PRACTICE_CITY", "http://127.0.0.1:1")
    strips.look([full.incidents], still)
    assert strips.cells(full.incidents).endswith("l")

    monkeypatch.delenv("PRACTICE_CITY")

    assert strips.cells(full.incidents) == UNKNOWN * CELLS
