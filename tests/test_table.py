"""The table twin of a layer: the same for everybody, for who cannot see the map."""

import re

import pandas as pd
import pytest

from apps._table import named, twins
from data import clock, feeds
from layers import layers

TABLES = {"bike_dots", "camera_dots", "crowd_cells", "incident_pins", "road_lines", "station_dots"}


async def page(city, path):
    status, headers, body = await city.get(path, **{"Accept-Encoding": "identity"})
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    return body.decode()


def test_every_layer_whose_marks_speak_has_one_and_bare_ground_has_none():
    assert set(twins()) >= TABLES
    assert not {"river_area", "district_lines", "bike_spots"} & set(twins())
    assert dict(named("ko"))["bike_dots"] == "따릉이"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(TABLES))
async def test_it_has_a_caption_with_title_and_source_and_heads_of_columns(city, name, language):
    html = await page(city, f"/table/{name}?lang={language}")
    layer = layers[name](follow=False, language=language)
    caption = re.search(r"<caption>(.*?)</caption>", html, re.DOTALL)[1]

    assert caption.startswith(layer.say(layer.title))
    assert all(layer.say(feed.source).split(", ")[0] in caption for feed in layer.follows)
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == list(layer.table().columns)
    assert len(re.findall(r'<th scope="row">', html)) == len(layer.table())


async def test_it_is_made_once_a_frame_and_anew_with_the_next(city):
    first = await page(city, "/table/bike_dots")
    assert await page(city, "/table/bike_dots") == first
    assert city.house.tables.made == 1

    stations = feeds.bike_stations.frame
    feeds.bike_stations.frame = stations.assign(name="새 대여소")

    assert "새 대여소" in await page(city, "/table/bike_dots")
    assert city.house.tables.made == 2


async def test_when_the_source_is_silent_it_says_so_and_has_no_row(city):
    clock.set(clock.now() + pd.Timedelta("1D"), 0)

    html = await page(city, "/table/bike_dots")

    assert "<table" not in html and "없습니다" in html


async def test_the_citizens_page_leads_to_each_of_them(city):
    html = await page(city, "/?lang=en")

    for name, title in named("en"):
        assert f'<a href="/table/{name}?lang=en">{title}</a>' in html
