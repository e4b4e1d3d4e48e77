"""What there is to ask is one written list; nothing of Bokeh's or Panel's own is left."""

import pytest

from tests.house import standing

LIST = {
    "/",
    "/wall",
    "/kiosk",
    "/status",
    r"/live/([a-z]+)",
    "/island",
    r"/island/([a-z0-9.-]+)/ws",
    r"/static/.*",
    r"/still/([a-z0-9-]{1,40})\.jpg",
    "/api/feeds",
    "/api/feeds/([^/]+)",
    r"/api/openapi\.json",
    "/api(?:/.*)?",
    "/table/([a-z0-9_]{1,60})",
    "/then/([a-z]{1,20})/(cards|map|reel)",
    r"/raster/([a-z0-9_]{1,60})/([a-z]{1,8})-([0-9a-f]{12})"
    r"/([0-9]{1,2})/([0-9]{1,5})/([0-9]{1,5})\.png",
    r"/places\.json",
    r"/areas\.json",
    "/health",
    "/metrics",
    r"/favicon\.ico",
    r"/robots\.txt",
}
GONE = [
    "/components/os/x/_css/y",
    "/components/panel.io/a/b",
    "/autoload.js",
    "/wall/autoload.js",
    "/metadata",
    "/wall/metadata",
    "/rest/session_info",
    "/liveness",
    "/liveness?endpoint=/",
    "/ws",
    "/wall/ws",
    "/static/js/bokeh.min.js",
    "/static/extensions/panel/panel.min.js",
    "/static/../_start.py",
    "/static/%2e%2e/_start.py",
    "//evil.example/",
    "/wall/",
    "/index.html",
    "/.env",
    "/admin",
    "/login",
]


@pytest.fixture
async def city():
    async with standing() as city:
        yield city


async def test_the_live_rules_are_the_written_list(city):
    application = city.application
    rules = application.wildcard_router.rules

    assert {rule.regex.pattern.removesuffix("$") for rule in rules} == LIST
    assert len(rules) == len(LIST)
    assert [type(r.matcher).__name__ for r in application.default_router.rules] == ["AnyMatches"]


@pytest.mark.parametrize("path", GONE)
async def test_anything_else_is_not_there(city, path):
    status, headers, body = await city.get(path)

    assert status == 404
    assert b"evil" not in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/?lang=xx",
        "/wall?lang=ko&lang=en",
        "/wall?station=hongdae",
        "/kiosk?station=pyongyang",
        "/live/cellar",
        "/live/wall?lang=xx",
        "/live/kiosk?station=x",
        "/live/_page",
        "/island?page=wall&theme=pink",
        "/island?page=cellar",
        "/island?page=wall&narrow=2",
        "/still/nothing.jpg",
        "/table/nothing",
        "/places.json?lang=xx",
        "/raster/dispatch_squares/light-000000000000/10/873/396.png",
        "/raster/city_land/light-000000000000/10/873/396.png",
        "/areas.json?lang=xx",
        "/table/_layer",
        "/table/river_area",
        "/table/bike_dots?lang=xx",
        "/still/..%2fsecret.jpg",
    ],
)
async def test_a_value_that_is_not_on_its_list_is_404(city, path):
    status, _, _ = await city.get(path)

    assert status == 404
    assert not city.house.live.variants
    assert not city.house.islands.open


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/wall", "/live/wall", "/health", "/island"])
async def test_nothing_can_be_sent(city, path, method):
    async with city.client.request(method, city.address + path, data=b"x") as answer:
        assert answer.status == 405


async def test_robots_and_icon(city):
    assert (await city.get("/robots.txt"))[2].startswith(b"User-agent: *")
    assert (await city.get("/favicon.ico"))[1]["Content-Type"] == "image/svg+xml"
