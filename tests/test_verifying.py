"""What is possible and not yet believed says so, where it stands and large enough to be read."""

import pytest

from apps._page import Shown
from data import feeds
from tests.serving import until

SCREENS = [  # page, address, station, card, window, the smallest text of its surface
    ("wall", "/wall?", "", "district_matrix", (3840, 2160), 28),
    ("mobile", "/?", "", "district_matrix", (390, 844), 13),
    ("mobile", "/?", "", "district_matrix", (320, 568), 13),
    ("kiosk", "/kiosk?station=hongdae&", "hongdae", "air_here", (2160, 3840), 36),
]
PUT = """([name, fragment]) => {
  const card = document.getElementById(`card-${name}`), box = card.getBoundingClientRect();
  card.innerHTML = fragment;
  return [...card.querySelectorAll(".vf")].map(mark => {
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    const sign = mark.querySelector("svg").getBoundingClientRect();
    const next = mark.closest("td")?.nextElementSibling?.getBoundingClientRect();
    return {
      inside: left >= 0 && right <= innerWidth && top >= box.top && bottom <= box.bottom + 40,
      clear: !next || !next.width || mark.closest("td").scrollWidth - 1 <= next.right - left,
      size: parseFloat(getComputedStyle(mark).fontSize),
      sign: Math.min(sign.width, sign.height),
      words: mark.textContent.trim(),
    };
  });
}"""


@pytest.fixture
def doubted(full):
    """The air of three districts doubted, that of the kiosk's among them."""
    air = feeds.air_quality.frame
    wrong = air["station"].isin(["마포구", "종로구", "서대문구"])
    marked = {n: air[n].where(~wrong, 411.0) for n in ("index", "pm25")}
    suspect = air["suspect"].where(~wrong, "pm25 index")
    full.air_quality.frame = air.assign(suspect=suspect, **marked)
    return full


@pytest.mark.parametrize(("language", "words"), [("ko", "검증 중"), ("en", "being verified")])
@pytest.mark.parametrize(("page", "path", "station", "card", "window", "least"), SCREENS)
def test_a_doubted_number_is_marked_legibly(
    doubted, address, browser, page, path, station, card, window, least, language, words
):
    opened = browser.new_page(viewport=dict(zip(("width", "height"), window, strict=True)))
    opened.goto(f"{address}{path}lang={language}", wait_until="domcontentloaded")
    until(opened, f"document.getElementById('card-{card}')")
    fragment = Shown(page, language, station).fragments()[card]
    marks = opened.evaluate(PUT, [card, fragment])
    opened.close()

    seen = [mark for mark in marks if mark["sign"]]
    assert len(seen) > (1 if station else 3)
    assert all(mark["inside"] and mark["clear"] for mark in seen)
    assert all(mark["words"] == words for mark in seen)
    assert min(mark["size"] for mark in seen) >= least
    assert min(mark["sign"] for mark in seen) >= least


def test_without_a_doubt_there_is_no_mark(full):
    for page, _, station, card, _, _ in SCREENS:
        assert 'class="vf"' not in Shown(page, "ko", station).fragments()[card]
