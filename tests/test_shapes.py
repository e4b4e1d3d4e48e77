"""The shapes of dongs and districts: worked out from their centres, or official where given."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data import TM, Unreadable
from data._boundaries import official
from data._cells import clipped, fitted, power_diagram
from data._places import table
from tests.conftest import ROOT


def bikes():
    """Rental stations with the district each is known to be in."""
    rows = table((ROOT / "data" / "places" / "bike_stations.csv").read_bytes())
    points = gpd.points_from_xy(rows["lon"].astype(float), rows["lat"].astype(float), crs=4326)
    return gpd.GeoDataFrame(rows, geometry=points)


def test_dongs_fill_the_city_without_gap_or_overlap(full):
    shapes = full.dong_shapes.frame.to_crs(TM)
    city = full.outline.frame.to_crs(TM).union_all()

    assert len(shapes) == 425
    assert (shapes.geom_type == "Polygon").all() and shapes.is_valid.all()
    assert shapes.area.sum() == pytest.approx(city.area, rel=1e-6)
    assert shapes.union_all().area == pytest.approx(city.area, rel=1e-6)


def test_every_district_is_one_piece(full):
    shapes = full.district_shapes.frame

    assert len(shapes) == 25
    assert set(shapes.geom_type) == {"Polygon"}


def test_areas_are_near_the_official_ones(full):
    areas = full.district_shapes.frame.to_crs(TM).area.to_numpy() / 1e6
    official_areas = full.districts.frame["area_km2"].to_numpy()

    assert np.abs(areas / official_areas - 1).mean() < 0.05


def test_places_fall_into_the_district_they_are_in(full):
    """Known places as a measure of the approximate borders: 150 stations, six of each district."""
    found = bikes().sjoin(full.district_shapes.frame, how="left", predicate="within")

    assert (found["gu_code_left"] == found["gu_code_right"]).mean() > 0.88


def test_land_is_what_is_not_under_water(full):
    rows = full.dong_shapes.frame.set_index("dong").join(
        full.dongs.frame.set_index("dong")["area_km2"]
    )
    yeoui = full.dongs.frame.set_index("name_ko")["dong"]["여의동"]

    assert (rows["land_km2"] <= rows["area_km2"] + 1e-9).all() and (rows["land_km2"] > 0).all()
    assert rows["land_km2"][yeoui] < 0.9 * rows["area_km2"][yeoui]


def test_a_power_diagram_gives_room_by_weight():
    places = np.array([[0.0, 0.0], [10.0, 0.0]])
    box = shapely.box(-5, -5, 15, 5)

    even = clipped(power_diagram(places, np.zeros(2)), box)
    left = clipped(power_diagram(places, np.array([40.0, 0.0])), box)

    assert even[0].area == pytest.approx(even[1].area)
    assert left[0].bounds[2] == pytest.approx(7.0), "x² - 40 = (x - 10)²"


def test_cells_take_the_areas_and_centres_that_are_asked_for():
    box = shapely.box(0, 0, 10, 10)
    centre, area = np.array([[1.0, 5.0], [6.0, 5.0]]), np.array([20.0, 80.0])

    cells = clipped(power_diagram(*fitted(centre, area, box)), box)

    assert shapely.area(cells) == pytest.approx(area, rel=0.02)
    assert shapely.get_coordinates(shapely.centroid(cells)) == pytest.approx(centre, abs=0.1)


def test_dongs_have_about_their_own_area_and_centre(full):
    dongs = full.dongs.frame
    shapes = full.dong_shapes.frame.to_crs(TM)
    centres = gpd.points_from_xy(dongs["lon"], dongs["lat"], crs=4326).to_crs(TM)

    assert (np.abs(shapes.area / dongs["area_km2"] / 1e6 - 1)).mean() < 0.06
    assert shapes.centroid.distance(gpd.GeoSeries(centres, crs=TM)).median() < 30


@pytest.fixture
def file(full, tmp_path):
    """A file of boundaries made of our own shapes: ``file(column)`` names them by that property."""

    def made(**columns):
        rows = full.dong_shapes.frame[["geometry"]].assign(**columns)
        path = tmp_path / "boundaries.geojson"
        rows.to_file(path, driver="GeoJSON")
        return path

    return made


def named(full):
    districts = full.districts.frame.set_index("gu_code")["name_ko"]
    return full.dongs.frame.assign(district=full.dongs.frame["gu_code"].map(districts))


@pytest.mark.parametrize("by", ["code10", "code8", "name"])
def test_official_boundaries_are_found_by_code_or_name(full, file, by):
    dongs = named(full)
    said = {
        "code10": {"adm_cd2": dongs["dong"] + "00"},
        "code8": {"ADM_CD": dongs["dong"]},
        "name": {"adm_nm": "서울특별시 " + dongs["district"] + " " + dongs["name_ko"]},
    }[by]

    shapes = official(file(**{name: values.to_numpy() for name, values in said.items()}), dongs, TM)

    assert set(shapes.index) == set(dongs["dong"])


def test_a_file_of_another_city_is_refused_in_words(full, file):
    with pytest.raises(Unreadable, match="0 of 425 dongs; properties: name"):
        official(file(name=["Busan"] * 425), named(full), TM)


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b"[" * 5000])
def test_what_is_no_geojson_is_refused(full, tmp_path, body):
    path = tmp_path / "boundaries.geojson"
    path.write_bytes(body)

    with pytest.raises(Unreadable, match="BOUNDARIES"):
        official(path, named(full), TM)


def test_boundaries_from_the_environment_are_drawn(full, file, monkeypatch, caplog):
    frames = {name: full[name].frame for name in full.dong_shapes.needs}
    monkeypatch.setenv("BOUNDARIES", str(file(code=full.dongs.frame["dong"].to_numpy())))
    given = full.dong_shapes.worked_out(frames)
    monkeypatch.setenv("BOUNDARIES", "nothing.geojson")
    fallen = full.dong_shapes.worked_out(frames)

    assert len(given) == len(fallen) == 425
    assert "drawn around their centres" in caplog.text
