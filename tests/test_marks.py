"""What marks work out: where a train is, the air between stations, what is grave."""

import numpy as np
import pandas as pd
import pytest

from data import clock
from layers import elements, layers
from layers._air import level
from layers._field import field
from layers._trains import courses, place
from layers._within import within

ORDER = "abcd"  # stations of a line from west to east, a degree apart


@pytest.fixture
def line():
    """Two lines over the same places: 1 goes from a to d, 2 is a loop over them."""
    names = [f"{line}{letter}" for line in "12" for letter in ORDER]
    stations = pd.DataFrame(
        {
            "station_id": names,
            "name_ko": [name[1] for name in names],
            "lon": [float(ORDER.index(name[1])) for name in names],
            "lat": 0.0,
        }
    )
    ids = ["1a|1b|1c|1d", "2a|2b|2c|2d|2a"]
    lines = pd.DataFrame({"subway_id": ["1001", "1002"], "stations": ids, "is_loop": [False, True]})
    return courses(lines, stations)


def told_by(drawn, name):
    return [value for part in elements(drawn) for value in part.dimension_values(name)]


def train(station, code, direction="하행", terminal="d", line_id="1001"):
    return pd.Series(
        dict(line_id=line_id, station=station, code=code, direction=direction, terminal=terminal)
    )


@pytest.mark.parametrize(
    ("told", "lon"),
    [
        (train("b", "1"), 1.0),
        (train("b", "0"), 0.8),
        (train("b", "2"), 1.25),
        (train("b", "3"), 0.5),
        (train("b", "0", "상행", "a"), 1.2),
        (train("b", "2", "하행", "a"), 0.75),  # its terminal counts for more than its direction
        (train("b", "2", "상행", "elsewhere"), 0.75),
        (train("d", "2"), 3.0),  # the line ends here
        (train("d", "2", "내선", "b", "1002"), 2.25),  # the loop goes on, to a
        (train("a", "0", "외선", "b", "1002"), 0.2),
    ],
)
def test_a_train_is_between_the_stations_its_state_says(line, told, lon):
    assert place(told, line) == pytest.approx((lon, 0.0))


def test_a_train_at_an_unknown_station_has_no_place(line):
    assert np.isnan(place(train("z", "0"), line)).all()


def test_an_estimate_is_near_its_stations_and_unsure_far_from_them():
    x, y, value = [0.0, 9000.0, 0.0], [0.0, 0.0, 9000.0], [20.0, 80.0, 50.0]
    made = field(x, y, value, [0.0, 4500.0, 60_000.0], [0.0])
    near, between, far = made["value"].to_numpy()[0]
    sure, less, least = made["uncertainty"].to_numpy()[0]

    assert 20 < near < 35 and near < between < 80
    assert far == pytest.approx(50.0, abs=0.1), "their mean"
    assert sure < less < least == pytest.approx(30.0, abs=0.1), "their whole spread"


def test_two_stations_are_no_field():
    made = field([0.0, 1.0, 2.0], [0.0, 1.0, 2.0], [20.0, np.nan, 30.0], [0.0], [0.0, 1.0])

    assert made.isnull().all().to_array().all()
    assert made["value"].shape == (2, 1)


def test_nothing_is_estimated_where_it_is_unsure(full):
    shown = layers["air_grid"](follow=False)
    made = shown.estimate()
    drawn = shown.draw()

    assert 0 < len(drawn) < made["value"].size
    assert all("±" in tip for tip in drawn.dimension_values("tip"))
    few = shown.city_air.iloc[:2]
    assert not len(layers["air_grid"](follow=False, city_air=few, korea_air=few.iloc[:0]).draw())


@pytest.mark.parametrize(
    ("index", "grade"), [(np.nan, 0), (0, 1), (50, 1), (51, 2), (100, 2), (250, 3), (251, 4)]
)
def test_a_limit_belongs_to_the_better_grade(index, grade):
    assert level(index) == grade


def test_a_dispatch_is_as_full_as_it_is_far(full):
    some = layers["dispatch_pins"](follow=False).dispatch.head(4)
    stages = ["On the way", "On the scene", "At work", "Closed"]
    some = some.assign(stage_en=stages, kind_en="Fire")
    drawn = layers["dispatch_pins"](follow=False, dispatch=some).draw()

    assert told_by(drawn, "fill") == [0.0, 0.5, 1.0]
    assert set(told_by(drawn, "marker")) == {"inverted_triangle"}


def test_only_from_the_flood_level_on_is_a_gauge_red(full):
    shown = layers["river_gauges"](follow=False)
    some = shown.streams.head(4).assign(alert=["normal", "control", "flood", ""])
    drawn = layers["river_gauges"](follow=False, streams=some, han=None).draw()
    ink, red = shown.tokens["ink"], shown.tokens["alert-line"]

    assert told_by(drawn, "colour") == [ink, ink, red]
    assert told_by(drawn, "marker") == ["circle", "triangle", "triangle"]


def test_a_hospital_without_a_bed_is_hollow_and_one_too_old_is_not_told(full):
    rooms = layers["emergency_dots"](follow=False).rooms.head(3)
    rooms = rooms.assign(emergency_beds=[-2.0, 3.0, 3.0], observed_at=clock.now())
    rooms.loc[rooms.index[2], "observed_at"] = clock.now() - pd.Timedelta("9h")
    shown = layers["emergency_dots"](follow=False, rooms=rooms)

    assert shown.draw().dimension_values("fill").tolist() == [0.0, 1.0]
    before = shown.told()
    clock.set(clock.now() + pd.Timedelta("9h"), 0)
    assert shown.told() != before and not len(shown.draw())


def test_a_market_is_compared_item_by_item(full):
    rows = [
        dict(market=market, gu_code="11110", item=f"{n}", unit="kg", price=n * share)
        for market, share in (("dear", 110.0), ("usual", 100.0), ("cheap", 80.0), ("few", 500.0))
        for n in range(1, 2 if market == "few" else 7)
    ]
    told = pd.DataFrame(rows).assign(observed_at=clock.now())
    shown = layers["price_dots"](follow=False, prices=told)
    found = shown.compared().set_index("market")["apart"]

    assert found["cheap"] == pytest.approx(-20.0) and found["dear"] == pytest.approx(10.0)
    assert "few" not in found
    drawn = shown.draw()
    assert told_by(drawn, "marker") == ["circle", "inverted_triangle", "triangle"]
    assert [tip.split(" · ")[0] for tip in told_by(drawn, "tip")] == ["usual", "cheap", "dear"]


def test_topics_under_five_calls_are_not_none(full):
    names = ["gu_code", "topic", "calls", "few"]
    rows = [("11110", "a", 7.0, False), ("11110", "b", np.nan, True), ("11140", "a", np.nan, True)]
    told = pd.DataFrame(rows, columns=names).assign(observed_at=clock.now().replace(minute=0))
    shown = layers["call_dots"](follow=False, language="en", calls=told)
    drawn = shown.draw()

    assert shown.newest()["calls"].tolist()[0] == 7.0 and np.isnan(shown.newest()["calls"][1])
    assert "at least 7 calls" in drawn.dimension_values("tip")[0]
    assert drawn.dimension_values("fill").tolist() == [0.45, 0.0]


def test_of_one_district_no_two_stand_on_one_place(full):
    districts = layers["call_dots"](follow=False).districts
    rows = within(pd.DataFrame({"gu_code": ["11110"] * 5 + ["", "99999"]}), districts)
    places = set(zip(rows["lon"].dropna(), rows["lat"].dropna(), strict=True))

    assert len(places) == 5
    assert rows["lon"].isna().tolist() == [False] * 5 + [True] * 2


def test_parts_of_the_city_under_a_warning_are_whole_districts(full):
    shown = layers["warning_areas"](follow=False, language="en")
    parts = shown.parts()

    assert set(parts["level"]) == {"advisory", "warning"}
    assert "Heavy rain warning" in set(parts["words"])
    assert sum(shape.area for shape in parts["shape"]) > 5e8
