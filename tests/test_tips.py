"""What marks say of themselves: columns that travel, are patched, and read aloud as a table."""

import pandas as pd
import pytest
from bokeh.core.enums import MarkerType
from bokeh.document import Document
from bokeh.document.events import ColumnsPatchedEvent
from bokeh.models import ColumnDataSource, GlyphRenderer, Scatter

from apps._map import Map
from data import clock, feeds
from layers import Frame, columns, elements, layers, put
from layers._palette import palette
from layers._tips import MOST, has_tips, tip, tips

MARKS = {  # beside tokens, in legends: Bokeh's markers, also hollow or half, and a few of ours
    *("line", "line-wide", "line-dashed", "number", "estimate"),
    *(f"hatch-{dense}" for dense in range(1, 5)),
    *(f"{marker}{how}" for marker in MarkerType for how in ("", "-hollow", "-half")),
}
TELLS = [  # layers whose marks say something, among others that may come
    "bike_dots", "camera_dots", "crowd_cells", "district_figures", "incident_pins", "park_areas",
    "road_lines", "station_dots",
]  # fmt: skip
every_layer = pytest.mark.parametrize("name", dir(layers))
every_language = pytest.mark.parametrize("language", ["ko", "en"])


def made(name, language="ko", **given):
    return layers[name](follow=False, language=language, **given)


def without(name, **look):
    """That layer before any frame, and with empty ones."""
    frames = [n for n, p in layers[name].param.objects("existing").items() if isinstance(p, Frame)]
    before = made(name, **look, **dict.fromkeys(frames))
    empty = {n: feeds[before._named[n]].frame.iloc[:0] for n in frames}
    return before, made(name, **look, **empty)


def events(element, before):
    """What a document sends when that drawing follows the other."""
    source, told = ColumnDataSource(columns(before)), []
    document = Document()
    document.add_root(GlyphRenderer(data_source=source, glyph=Scatter()))
    document.callbacks.on_change(told.append)
    put(source, element, before)
    assert source.data == columns(element)
    return told


@every_layer
@every_language
def test_a_table_has_the_same_columns_before_any_frame_with_empty_and_with_full_ones(
    name, language, full
):
    shown = made(name, language)
    tables = [layer.table() for layer in (*without(name, language=language), shown)]

    assert len({tuple(table.columns) for table in tables}) == 1
    assert len(set(tables[0].columns)) == len(tables[0].columns)
    assert all(isinstance(label, str) and label for label in tables[0].columns)
    assert tables[0].empty and len(tables[-1]) <= MOST
    if tips(shown.draw()).size:
        assert len(tables[-1])


@every_layer
@every_language
def test_a_legend_names_colours_of_ours_or_marks_in_words(name, language, full):
    for layer in (*without(name, language=language), made(name, language)):
        for sign, words in layer.legend():
            mark, _, colour = sign.partition(":")
            assert mark in palette("light") or mark in MARKS, sign
            assert not colour or colour in palette("light"), sign
            assert isinstance(words, str)


@every_layer
def test_what_a_mark_says_is_one_short_line_of_its_own_language(name, full):
    for element in elements(made(name, place=(126.9237, 37.5568)).draw()):
        if has_tips(element):
            said = columns(element)["tip"]
            assert all(one and "\n" not in one and "<" not in one for one in said)
            assert sum(map(len, said)) <= 80 * len(said)
            assert not any("nan" in one for one in said)


@pytest.mark.parametrize("name", TELLS)
def test_there_is_something_to_say_where_there_is_something(name, full):
    told = tips(made(name).draw())

    assert len(told) and (told["tip"] != "").all()


def test_a_time_travels_as_whole_seconds_and_an_unknown_one_as_none(full):
    shown = made("road_lines")
    _, lines, _ = elements(shown.draw())
    at = columns(lines)["at"]
    newest = shown.speeds["observed_at"].max().timestamp()

    assert None in at, "roads without links have no time"
    assert max(one for one in at if one) <= newest
    assert all(isinstance(one, int) for one in at if one is not None)


def test_units_stand_beside_the_numbers(full):
    road, bike, dong = (
        tips(made(n, "en").draw())["tip"] for n in ("road_lines", "bike_dots", "crowd_cells")
    )

    assert road.str.fullmatch(r".+ · (\d+\u00a0km/h|–)").all()
    assert bike.str.fullmatch(r".+ · [\d,]+ bikes? / ([\d,]+|–) racks?").all()
    assert dong.str.fullmatch(
        r".+ · ([\d,]+|–) (people|person)/km² · ([\d,]+|–) (people|person)"
    ).all()


def test_a_few_rows_are_patched_and_nothing_else_is_sent(full):
    shown = made("bike_dots")
    *_, before = elements(shown.draw())
    stations = shown.stations.copy()
    row = stations.index[stations["bikes"] > 0][0]
    stations.loc[row, "bikes"] += 1
    shown.stations = stations
    *_, after = elements(shown.draw())

    (sent,) = events(after, before)

    assert isinstance(sent, ColumnsPatchedEvent)
    assert list(sent.patches) == ["tip"] and len(sent.patches["tip"]) == 1
    assert events(elements(shown.draw())[-1], after) == []


def test_columns_that_changed_throughout_are_sent_whole_and_alone(full):
    shown = made("road_lines")
    _, before, _ = elements(shown.draw())
    later = shown.speeds["observed_at"] + pd.Timedelta("1min")
    shown.speeds = shown.speeds.assign(observed_at=later)
    _, lines, _ = elements(shown.draw())

    sent = {
        name for event in events(lines, before) for name in vars(event).get("patches") or event.cols
    }

    assert sent == {"at"}


def test_another_number_of_rows_replaces_all_columns(full):
    shown = made("bike_dots")
    *_, before = elements(shown.draw())
    shown.stations = shown.stations.iloc[1:]

    sent = events(elements(shown.draw())[-1], before)

    assert not any(isinstance(event, ColumnsPatchedEvent) for event in sent)


def test_the_stamp_tells_title_time_and_limits(full):
    title, at, live, silent, behind, note = made("road_lines", "en").stamp()

    assert title == "Traffic flow"
    assert at == round(feeds.road_speeds.observed_at.timestamp())
    assert 0 < live < silent and not behind
    assert not note
    assert "estimate" in made("crowd_cells", "en").stamp()[-1]
    assert made("station_dots").stamp()[1:] == [None, None, None, False, ""]


def test_renderers_carry_the_stamp_of_what_they_show_and_it_follows(full):
    document, map_ = Document(), Map("mobile", "ko", "light", False, "")
    map_.build(document)
    (figure,) = document.roots
    tags = {r.tags[0]: r.tags for r in figure.renderers if "tip" in r.data_source.data}
    assert tags["bike_dots"][1:] == map_.layers["bike_dots"].stamp()
    assert [r.tags for r in figure.renderers if r.tags[0] == "river_area"][0] == ["river_area"]

    feeds.bike_stations.observed_at += pd.Timedelta("3min")
    told = []
    document.callbacks.on_change(told.append)
    map_.update(clock.now())

    assert {event.attr for event in told} == {"tags"}
    assert told[0].new[2] == tags["bike_dots"][2] + 180


def test_the_gravest_incident_is_the_first_row_of_its_table(full):
    shown = made("incident_pins", "en")
    placed = shown.incidents.dropna(subset=["lon", "lat"])

    first = shown.table().iloc[0, 0]

    assert first == tip(
        placed.iloc[0]["road_en"].split(" (")[0] or placed.iloc[0]["text"].split("\n")[0]
    )


def test_rows_without_a_time_of_their_own_have_that_of_the_frame(full):
    assert set(made("bike_dots").table().iloc[:, 2]) == {"20:10"}
    assert set(made("station_dots").table().iloc[:, 2]) == {""}


def test_a_table_ages_out_as_the_map_does(full):
    shown = made("bike_dots")
    assert len(shown.table())

    clock.set(clock.now() + pd.Timedelta("1D"), 0)

    assert shown.table().empty and made("crowd_cells").table().empty


def test_a_layer_that_had_its_share_of_a_core_stays_as_it_is_until_later(full):
    document, map_ = Document(), Map("mobile", "ko", "light", False, "")
    map_.build(document)
    newer = [feeds.bike_stations.observed_at + pd.Timedelta(n, "min") for n in (3, 6)]
    seen = []
    for feeds.bike_stations.observed_at in newer:
        feeds.bike_stations.frame = feeds.bike_stations.frame.copy()
        map_.update(clock.now(), 1e-6)
        stamped = (r.tags for r in document.roots[0].renderers if len(r.tags) > 1)
        seen.append(next(tags for tags in stamped if tags[0] == "bike_dots")[2])

    assert seen == [newer[0].timestamp()] * 2, "the second came too soon, and its age waits with it"
    map_._rests.clear()
    map_.update(clock.now())
    assert map_.layers["bike_dots"].stations is feeds.bike_stations.frame
