"""What is on in the practice city: at true venues, under titles of our own, nobody performing."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from data.sim._calendar import midnight
from data.sim._chance import chance, pick
from data.sim._tables import table

SEASONS = ("겨울", "겨울", "봄", "봄", "봄", "여름", "여름", "여름", "가을", "가을", "가을", "겨울")
SHOWS = (  # kind, title, days long, hours, won
    ("클래식", "{season}밤의 실내악", 1, "19:30", 30_000),
    ("클래식", "오후의 현악 사중주", 1, "15:00", 20_000),
    ("콘서트", "{season} 재즈 산책", 1, "19:30", 40_000),
    ("국악", "우리 소리 {season} 한마당", 2, "19:00", 15_000),
    ("연극", "골목 끝 작은 서점", 12, "평일 19:30, 주말 15:00", 35_000),
    ("연극", "한강을 건너는 버스", 10, "평일 19:30, 주말 15:00", 30_000),
    ("무용", "물과 빛의 춤", 3, "20:00", 30_000),
    ("뮤지컬/오페라", "별을 굽는 빵집", 18, "평일 19:30, 주말 14:00 18:00", 60_000),
)
EXHIBITIONS = (
    ("전시/미술", "{season}, 손으로 짓다", 45, "10:00 ~ 18:00", 0),
    ("전시/미술", "도시의 지도, 사람의 지도", 80, "10:00 ~ 19:00", 0),
    ("전시/미술", "한강의 백 년", 90, "09:00 ~ 18:00", 0),
    ("전시/미술", "종이로 만든 숲", 60, "10:00 ~ 18:00", 8_000),
    ("교육/체험", "어린이 {season} 박물관 교실", 1, "10:00 ~ 12:00", 0),
    ("교육/체험", "해설과 함께 걷는 옛길", 1, "14:00 ~ 16:00", 0),
)
OTHERS = (
    ("축제-문화/예술", "{season} 마을 축제", 3, "11:00 ~ 21:00", 0),
    ("교육/체험", "책 읽는 {season} 저녁", 1, "19:00 ~ 21:00", 0),
    ("영화", "{season}밤 옥상 영화관", 2, "20:00", 0),
    ("기타", "나눔 장터", 2, "10:00 ~ 17:00", 0),
)
KINDS = {
    "공연장": SHOWS,
    "문화예술회관": SHOWS,
    "미술관/갤러리": EXHIBITIONS,
    "박물관/기념관": EXHIBITIONS,
}
BACK, AHEAD = 140, 75  # days around today whose beginnings are known
WEEK = 7


class Show(NamedTuple):
    """One event."""

    number: int
    kind: str
    title: str
    venue: dict
    first: date
    last: date
    hours: str
    won: int
    registered: date


class Culture:
    """All events, by the week they begin in."""

    def __init__(self, world):
        self._seed = world.seed
        self.on = lru_cache(maxsize=8)(self._known)

    def _known(self, today: date) -> list[Show]:
        """What is registered by that day, of the months around it; the newest beginning first."""
        weeks = range((today.toordinal() - BACK) // WEEK, (today.toordinal() + AHEAD) // WEEK)
        shows = [self._show(week, n, venue) for week in weeks for n, venue in enumerate(_venues())]
        known = [show for show in shows if show and show.registered <= today]
        return sorted(known, key=lambda show: (show.first, show.number), reverse=True)

    def _show(self, week: int, n: int, venue: dict) -> Show | None:
        key = (self._seed, "show", week, n)
        if chance(*key) > 0.55:
            return None
        kind, title, days, hours, won = pick(KINDS.get(venue["category_ko"], OTHERS), *key, "what")
        first = date.fromordinal(week * WEEK + int(chance(*key, "day") * WEEK))
        last = first + timedelta(days=days - 1)
        registered = first - timedelta(days=12 + int(chance(*key, "told") * 50))
        told = title.format(season=SEASONS[first.month - 1])
        return Show(week * 100 + n, kind, told, venue, first, last, hours, won, registered)


@lru_cache(maxsize=1)
def _venues() -> list[dict]:
    """Our venues, each with the Korean name of its district."""
    districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
    return [row | {"district": districts[row["gu_code"]]} for row in table("culture_venues")]


def stamp(day: date) -> str:
    """A day as these services write it: ``2022-08-08 00:00:00.0``."""
    return f"{midnight(day):%Y-%m-%d %H:%M:%S}.0"


def moment(when: datetime) -> str:
    """A moment, likewise."""
    return f"{when:%Y-%m-%d %H:%M:%S}.0"
