"""Every layer as a picture: three sizes, two themes, drawn by a browser, to be looked at."""

import base64
import io

import numpy as np
import pytest
from bokeh.document import Document
from bokeh.embed import file_html
from bokeh.resources import INLINE
from PIL import Image

from apps._map import Map
from apps._raster import counted
from data import clock, feeds
from data._squares import SHAPE
from layers._counted import counting, picture
from layers._counts import Counts

ADDRESS = "http://127.0.0.1/"
SIZES = {"mobile": (390, 480), "wall": (800, 650), "kiosk": (400, 475)}
DRAW = """async names => {
  const view = [...Bokeh.index][0];
  const figure = view.model, drawn = {};
  for (const { glyph, data_source: { data }, data_source } of figure.renderers) {
    if (glyph.type !== "ImageURL") continue; // which tiles.js fetches
    const shown = Array.from(data.level, level => level === 10 ? 1 : 0);
    const url = Array.from(data.src, (src, i) => shown[i] ? src : "");
    await Promise.all(url.filter(Boolean).map(src => Object.assign(new Image(), { src }).decode()));
    data_source.data = { ...data, shown, url };
    await new Promise(done => setTimeout(done, 300));
  }
  for (const name of names) {
    for (const r of figure.renderers) r.visible = r.tags.includes(name);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
    drawn[name] = view.export("png", false).canvas.toDataURL("image/png");
  }
  return drawn;
}"""


def page_of(page, theme):
    """The city map of that page as one html file, its script inside."""
    doc = Document()
    built = Map(page, "ko", theme, page == "mobile", "", whole=True)
    built.build(doc)
    (figure,) = doc.roots
    width, height = SIZES[page]
    figure.update(sizing_mode="fixed", width=width, height=height)
    return built, file_html(figure, INLINE)


@pytest.fixture
def past(full):
    """Something was counted, more of it to the east."""
    grid = np.tile(np.linspace(0, 1, SHAPE[1]), (SHAPE[0], 1))
    for kind in counted().values():
        counting(kind).take(Counts(grid, clock.now(), clock.now()))
    yield
    counting.cache_clear()


def picture_at(route):
    """The picture of that address, as the server answers with it."""
    name, mark, *tile = route.request.url.removesuffix(".png").split("/")[-5:]
    theme, version = mark.split("-")
    kind = counted()[name]
    png = picture(kind, counting(kind).find(version), theme, tuple(map(int, tile)))
    route.fulfill(body=png, content_type="image/png")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", list(SIZES))
def test_full_frames_paint_something(page, theme, full, past, browser, tmp_path):
    built, html = page_of(page, theme)
    tab = browser.new_page()
    tab.route("**/raster/**", picture_at)
    tab.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html"))
    tab.goto(ADDRESS, wait_until="load")
    tab.wait_for_function("window.Bokeh?.documents.length && Bokeh.documents[0].is_idle")
    pictures = tab.evaluate(DRAW, list(built.layers))
    tab.close()
    blank = []
    for name, url in pictures.items():
        image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGBA")
        image.save(tmp_path / f"{name}.png")
        if len(image.getcolors(1 << 20) or range(3)) < 2:
            blank.append(name)

    assert set(pictures) == set(built.layers)
    hidden_by_size = {"district_figures"} if page == "mobile" else set()
    assert set(blank) <= hidden_by_size


@pytest.mark.parametrize("page", list(SIZES))
def test_a_map_is_built_before_the_first_frame(page, still):
    assert page_of(page, "dark")[1]


@pytest.mark.parametrize("page", list(SIZES))
def test_a_map_is_built_of_empty_frames(page, full):
    for feed in feeds:
        if feed.name != "outline":  # which says how far the map goes
            feed.param.update(frame=feed.frame.iloc[:0])

    assert page_of(page, "light")[1]


@pytest.mark.parametrize("rest", [0, 1])
def test_layers_without_rows_leave_those_beside_them_as_they_are(rest, full):
    whole = page_of("mobile", "light")[0]
    glyphs = {name: [one.glyph for one in drawn] for name, drawn in whole._renderers.items()}
    silent = [name for name, kind in sorted(whole.layers.items()) if name != "city_land"][rest::2]
    for name in silent:
        for feed in whole.layers[name].follows:
            if feed.name != "outline":
                feed.param.update(frame=feed.frame.iloc[:0])

    built = page_of("mobile", "light")[0]

    for name, drawn in built._renderers.items():
        for one, glyph in zip(drawn, glyphs[name], strict=True):
            plain = {k: v for k, v in one.glyph.properties_with_values().items() if k != "id"}
            assert plain == glyph.properties_with_values()
