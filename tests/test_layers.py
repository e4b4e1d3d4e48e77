"""Every layer: drawn without frames, with empty ones and with full ones, for every surface."""

import math
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import holoviews as hv
import numpy as np
import pandas as pd
import pytest
import shapely
from bokeh.core.property.vectorization import Field, Value
from bokeh.models import ColumnDataSource, Plot

from data import band, band_limits, bands, clock, feeds
from layers import Frame, add, columns, elements, layers, put
from layers._districts import WHOLE, named
from layers._palette import palette
from layers._pins import LARGE, METRE
from layers._shapes import metres, points
from layers._tips import tips

ROOT = Path(__file__).parents[1]
PLACE = (126.9237, 37.5568)  # 홍대입구
LOOKS = [("light", "hand"), ("dark", "hand"), ("dark", "wall"), ("kiosk", "kiosk")]
every_layer = pytest.mark.parametrize("name", dir(layers))
every_look = pytest.mark.parametrize(("theme", "surface"), LOOKS)


def made(name, **given):
    return layers[name](follow=False, language="ko", **given)


def frames(name):
    return [n for n, p in layers[name].param.objects("existing").items() if isinstance(p, Frame)]


def places(name):
    """Those of the maps it is on: the whole city has none."""
    return [PLACE if map_ == "near" else None for map_ in layers[name].on]


def sources(drawn):
    """What HoloViews itself makes of each element: the columns of its source."""
    for element in elements(drawn):
        plot = hv.renderer("bokeh").get_plot(element)
        yield element, plot.handles["source"].data


@every_layer
@every_look
def test_draws_before_any_frame_with_empty_and_with_full_ones(name, theme, surface, full):
    for place in places(name):
        look = dict(theme=theme, surface=surface, place=place)
        before = made(name, **look, **dict.fromkeys(frames(name)))
        empty = {n: feeds[before._named[n]].frame.iloc[:0] for n in frames(name)}
        drawn = [before.draw(), made(name, **look, **empty).draw(), made(name, **look).draw()]

        kinds = [[type(e) for e in elements(one)] for one in drawn]
        assert kinds[0] == kinds[1] == kinds[2], "always the same elements"
        for one in drawn if surface == "wall" else drawn[-1:]:
            hv.renderer("bokeh").get_plot(one)


@every_layer
def test_its_glyphs_are_those_holoviews_makes_of_the_same_styles(name, full):
    for place in places(name):
        for element in filter(len, elements(made(name, place=place).draw())):
            theirs = hv.renderer("bokeh").get_plot(element).handles["glyph"]
            ours = add(Plot(), element).glyph
            assert type(ours) is type(theirs)
            unseen = {"id", "tags", "decorations"}
            unseen |= {"hatch_color"} if getattr(theirs, "hatch_pattern", None) is None else set()
            unseen |= {"fill_color"} if getattr(theirs, "fill_alpha", None) == 0.0 else set()
            had = ours.properties_with_values()
            for prop, said in theirs.properties_with_values().items():
                mine = had[prop]
                if isinstance(mine, Field) and isinstance(said, Value):  # all rows of one value
                    told = set(columns(element)[mine.field])
                    assert prop in unseen or told == {said.value}, (prop, said, mine)
                else:
                    assert prop in unseen or mine == said, (prop, said, mine)


@every_layer
def test_something_is_drawn_where_there_is_something(name, full):
    place = PLACE if "near" in layers[name].on else None
    rows = [len(element) for element in elements(made(name, place=place).draw())]

    assert sum(rows) > 0


@every_layer
def test_columns_are_those_that_holoviews_makes(name, full):
    for place in places(name):
        for element, source in sources(made(name, place=place, surface="wall").draw()):
            for column, values in columns(element).items():
                if column in source:  # a constant style is written into the glyph instead
                    assert len(source[column]) == len(values)
                    assert all(map(same, source[column], values)), column


def same(a, b):
    if isinstance(a, list):
        return all(map(same, a, b))
    return bool(np.array_equal(np.asarray(a), np.asarray(b)))


@every_layer
def test_nothing_leaves_the_bounds_of_the_map_or_is_not_a_number(name, full):
    for element in elements(made(name, place=PLACE if "near" in layers[name].on else None).draw()):
        for axis in (0, 1):
            values = np.asarray(element.dimension_values(axis), dtype=float)
            values = values[~np.isnan(values)]  # HoloViews puts NaN between paths
            assert not len(values) or (4.4e6 if axis else 1.40e7) < values.min()
            assert not len(values) or values.max() < (4.65e6 if axis else 1.43e7)


def test_only_what_changed_is_put(full):
    shown = made("crowd_cells")
    before = shown.draw()
    source, told = ColumnDataSource(columns(before)), []
    source.on_change("data", lambda attribute, old, new: told.append(1))
    put(source, shown.draw(), before)
    assert not told

    people = shown.people.copy()
    people["population"] = people["population"].to_numpy()[::-1].copy()
    shown.people = people
    xs = source.data["xs"]
    put(source, shown.draw(), before)

    assert len(told) == 1
    assert source.data["xs"] is xs, "the shapes were not sent again"
    assert source.data["color"] == columns(shown.draw())["color"]


def test_an_unknown_dong_has_the_emptiest_tone(full):
    shown = made("crowd_cells")
    dong = shown.shapes["dong"].iloc[7]
    shown.people = shown.people[shown.people["dong"] != dong]

    assert shown.steps()[7] == 0


def test_a_link_whose_speed_is_too_old_is_grey(full):
    shown = made("road_lines")
    fresh = shown.told()
    clock.set(clock.now() + pd.Timedelta("6h"), 0)

    assert set(fresh) > {""}, "some links have a speed"
    assert set(shown.told()) == {""}


def test_a_jam_is_told_by_width_and_ticks_too(full):
    shown = made("road_lines", surface="wall")
    shown.speeds = shown.speeds.assign(speed=3.0, observed_at=clock.now())
    _, lines, ticks = elements(shown.draw())
    jam = [row for row in lines.data if row["colour"] == shown.tokens["jam"]]

    assert jam and sum(row["shown"] for row in ticks.data) == len(jam)
    assert max(row["width"] for row in jam) == shown.tokens.px("jam-w")


def test_riverside_roads_do_not_cover_the_river(full):
    from layers._river import water

    shown = made("road_lines")
    wet = water(shown.river)
    parts = shown._parts()
    riverside = parts[parts["road"].isin(["강변북로", "올림픽대로"])]

    assert len(riverside)
    assert riverside.intersection(wet.buffer(-60)).length.sum() < 0.05 * riverside.length.sum()


def test_the_river_is_wider_on_a_city_map_only(full):
    city, near = (made("river_area", place=p).draw() for p in (None, PLACE))
    wide, true = (elements(drawn)[1].data[0] for drawn in (city, near))

    assert np.ptp(wide["y"]) > np.ptp(true["y"])


@every_look
def test_a_canvas_has_the_colours_of_the_page(theme, surface):
    tokens = palette(theme, surface)

    assert len(tokens.land) == 6 and len(set(tokens.land)) == 6
    assert all(tokens[name].startswith("#") for name in ("paper", "ink", "river", "go", "jam"))
    assert tokens.px("jam-w") > tokens.px("slow-w") > tokens.px("go-w")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_words_of_a_warning_stand_in_its_area_and_on_no_name_of_a_district(language, full):
    shown = layers.warning_areas(follow=False, language=language)
    words = elements(shown.draw())[-1]
    names = named(feeds.districts.frame, language, False)
    size = 70.0 * shown.tokens.px(
        "t2"
    )  # metres of a line's height when all of it is seen on a desk
    areas = list(shown.parts()["shape"])

    assert len(words) == len(areas) > 0
    for (x, y, _), area in zip(words.data.itertuples(index=False), areas, strict=True):
        assert area.contains(shapely.Point(x, y))
        across, along = abs(names["x"] - x), abs(names["y"] - y)
        assert not ((across < 2 * size) & (along < size)).any()


@pytest.mark.parametrize("name", ["bike_dots", "shelter_dots", "toilet_dots", "library_dots"])
def test_from_afar_marks_are_counted_by_district_and_near_by_told_one_by_one(name, full):
    drawn = elements(made(name).draw())
    numbers, marks = drawn[1], drawn[-1]
    near = elements(made(name, place=PLACE).draw()) if "near" in layers[name].on else [marks]

    assert [one.group for one in drawn] == ["Far", "Far", "Near"]
    counted = sum(int(n.replace(",", "")) for n in numbers.dimension_values("text"))
    x, y = (marks.dimension_values(axis) for axis in (0, 1))
    inside = shapely.contains_xy(metres(feeds.district_shapes.frame).union_all(), x, y)
    worth = feeds.bike_stations.frame["bikes"].sum() if name == "bike_dots" else inside.sum()
    assert 0 < counted <= worth + 1
    assert {one.group for one in near} <= {"Points", "Near"} and len(near[0]) == len(marks)
    assert len(tips(made(name).draw())) == len(set(columns(marks)["tip"]))


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("narrow", [False, True])
def test_names_seen_with_the_whole_city_do_not_lie_on_one_another(language, narrow, full):
    layer = layers.district_names(
        follow=False, language=language, surface="hand", narrow=narrow, theme="light"
    )
    _, far, _, near = layer.draw()
    px = layer.tokens.px("t1")
    words = [(*place, text) for *place, text in far.array()]

    assert far.group == "Far" and near.group == "Near" and 5 <= len(far) <= len(near)
    for i, (x, y, text) in enumerate(words):
        for a, b, other in words[:i]:
            wide = px * (len(text) + len(other)) / 2 * (1.0 if language == "ko" else 0.55)
            aside = abs(float(x) - float(a)) / WHOLE[narrow] > wide
            assert aside or abs(float(y) - float(b)) / WHOLE[narrow] > px, (text, other)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_the_wall_a_name_and_its_figure_make_room_for_a_pin(language, full):
    places = feeds.districts.frame.iloc[::4]
    rows = feeds.incidents_ranked.frame.iloc[[0] * len(places)].reset_index(drop=True)
    rows = rows.assign(lon=places["label_lon"].to_numpy(), lat=places["label_lat"].to_numpy())
    look = dict(follow=False, language=language, surface="wall", theme="dark")
    x, y = points(rows["lon"], rows["lat"])
    still = named(feeds.districts.frame, language, False)
    for name in ("district_names", "district_figures"):
        words = layers[name](**look, incidents=rows).draw()
        (at_x, at_y), there = (words.Labels.II.dimension_values(n) for n in (0, 1)), len(still)
        moved = (at_x != still["x"].to_numpy()) | (at_y != still["y"].to_numpy())
        near = (abs(at_x[:, None] - x) < LARGE["wall"] * METRE / 2) & (
            abs(at_y[:, None] - y) < LARGE["wall"] * METRE / 2
        )

        assert len(at_x) == there and moved[::4].all() and not near.any()
        assert np.hypot(at_x - still["x"], at_y - still["y"]).max() < 3500, "it stays near by"
    nobody = layers.district_names(**look, incidents=rows.iloc[:0]).draw()
    assert nobody.Labels.II.dimension_values(0).tolist() == still["x"].tolist()


def test_people_against_a_week_ago_are_told_where_that_can_be_told(full):
    now = feeds.population_now.frame
    newest = now["observed_at"].max()
    dongs = feeds.dong_shapes.frame["dong"].iloc[:6].tolist()
    people = [150.0, 115.0, 60.0, 89.0, 150.0, 100.0]
    rows = pd.DataFrame({"dong": dongs, "observed_at": newest, "population": people, "basis": ""})
    rows["low"], rows["high"] = np.nan, np.nan
    rows.loc[4, ["low", "high"]] = 90.0, 210.0  # the week before lies inside
    then = newest.floor("h") - pd.Timedelta(days=7)
    before = pd.DataFrame({"dong": dongs[:5], "observed_at": then, "population": 100.0})
    shown = made("crowd_changes", people=rows, days=before)
    cells, more, fewer = elements(shown.draw())
    told = {row["area"]: row for row in cells.data}
    seen = [told[dong] for dong in dongs]
    tone = {shown.tokens[name]: name for name in ("paper", "land-0", "land-1", "much-1", "much-2")}

    assert [tone[row["colour"]] for row in seen] == [
        "much-2", "much-1", "land-0", "land-0", "land-1", "paper",
    ]  # fmt: skip
    assert sorted(more.dimension_values("full")) == [0.0, 1.0]
    assert sorted(fewer.dimension_values("full")) == [0.0, 1.0]
    assert " +50% · 150명" in seen[0]["tip"] and " −40% · 60명" in seen[2]["tip"]
    assert "추정 오차 안" in seen[4]["tip"] and "–" in seen[5]["tip"]


def test_the_old_are_told_where_no_group_is_withheld(full):
    shown = made("crowd_ages")
    rows = shown.people.drop_duplicates("dong", keep="last").assign(
        observed_at=shown.people["observed_at"].max()
    )
    groups = [name for name in rows if name.startswith(("male_", "female_"))]
    rows[groups] = 0.0
    rows = rows.reset_index(drop=True)
    rows.loc[0, ["male_70", "female_30_34"]] = 30.0, 70.0
    rows.loc[1, ["male_70", "female_30_34"]] = np.nan, 70.0
    shown = made("crowd_ages", people=rows)
    told = {row["area"]: row for row in shown.draw().data}
    first, second = (told[dong] for dong in rows["dong"].iloc[:2])

    assert first["colour"] == shown.tokens["much-5"] and "65세 이상 30%" in first["tip"]
    assert "20–39세 70%" in first["tip"]
    assert second["colour"] == shown.tokens["paper"] and "%" not in second["tip"]


@pytest.mark.parametrize(
    ("kind", "jam", "slow"),
    [("expressway", 30, 50), ("arterial", 15, 25), ("bridge", 15, 25), ("", 15, 25)],
)
def test_a_band_ends_below_its_limit(kind, jam, slow):
    speeds = np.array([0, jam - 0.1, jam, slow - 0.1, slow, 120, math.nan])

    flows = ["jam", "jam", "slow", "slow", "go", "go", ""]
    assert bands(speeds, band_limits([kind] * 7)) == flows
    assert [band(speed, kind) for speed in speeds] == flows


def test_a_layer_alone_is_served_and_ends_when_asked():
    command = [sys.executable, "-u", "-m", "layers", "road_lines", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as alone:
        try:
            said = next(line for line in alone.stdout if line.startswith("road_lines: "))
            line = HTTPConnection("127.0.0.1", int(said.strip().strip("/").rpartition(":")[2]))
            line.request("GET", "/")
            answer = line.getresponse()
            assert answer.status == 200 and "<title>road_lines</title>" in answer.read().decode()
        finally:
            alone.terminate()
    assert alone.returncode == 0
