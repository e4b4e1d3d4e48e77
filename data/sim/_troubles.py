"""What goes wrong on the roads: it begins, grows and ends, and it holds traffic up meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from data._city import ZONE
from data.sim._calendar import hours, kind, midnight
from data.sim._chance import among, chance, pick, swell
from data.sim._gatherings import Gatherings
from data.sim._weather import Weather

if TYPE_CHECKING:
    from data.sim._roads import Link

A_DAY = 160  # accidents that may happen; how many do depends on the hour and the rain
WHEN = (4, 3, 2, 2, 2, 4, 7, 10, 11, 9, 8, 8, 8, 9, 9, 9, 10, 11, 11, 9, 7, 6, 5, 4)  # of 11
KINDS = (  # code, detail, what is said, minutes, how much of the road, share
    ("A01", "01B01", "{n}중 추돌사고", (35, 95), (0.35, 0.75), 0.5),
    ("A02", "02B01", "고장차량", (20, 60), (0.2, 0.45), 0.28),
    ("A01", "01B05", "승용차 단독사고", (30, 70), (0.3, 0.6), 0.1),
    ("A05", "05B01", "낙하물 발생", (15, 35), (0.15, 0.3), 0.09),
    ("A08", "08B01", "차량 화재 진화 작업", (50, 110), (0.6, 0.85), 0.03),
)
LOW = ("동부간선도로", "올림픽대로", "강변북로", "양재대로", "서부간선도로", "노들로", "반포대로",
       "강남대로", "현충로", "남부순환로")  # fmt: skip
FLOOD, CLOSE = 60.0, 95.0  # mm in three hours: water on the lowest roads, the road closed


@dataclass(frozen=True)
class Trouble:
    """One incident on one link."""

    number: int
    kind: str
    detail: str
    link: "Link"
    starts: datetime
    ends: datetime
    expected: datetime
    text: str
    worst: float  # how much of the road it takes, 0 to 1
    closure: str  # "009" closed, "010" partly, "" neither

    def blocked(self, t: datetime) -> float:
        """How much of the road is lost at that moment, 0 to 1."""
        h, first, last = hours(t), hours(self.starts), hours(self.ends)
        quarter = min(0.25, (last - first) / 3)
        return self.worst * swell(h, (first, first + quarter), (last - quarter, last + 0.1))


class Troubles:
    """Every incident of every day."""

    def __init__(self, seed: int, weather: Weather, gatherings: Gatherings, links: list):
        self._seed, self._weather, self._gatherings = seed, weather, gatherings
        self._links = links
        self._on = lru_cache(maxsize=64)(self._worked_out)
        self.at = lru_cache(maxsize=512)(self._at)

    def _at(self, t: datetime) -> tuple[Trouble, ...]:
        """What is announced at that moment, the newest last."""
        day = t.astimezone(ZONE).date()
        near = [*self._standing(day), *self._on(day - timedelta(days=1)), *self._on(day)]
        return tuple(trouble for trouble in near if trouble.starts <= t < trouble.ends)

    def _worked_out(self, day: date) -> list[Trouble]:
        found = [*self._accidents(day), *self._works(day), *self._floods(day), *self._rallies(day)]
        return sorted(found, key=lambda trouble: trouble.starts)

    def _trouble(self, day, n, link, starts, ends, codes, text, worst, closure="010") -> Trouble:
        number = day.toordinal() % 2000 * 400 + n
        guess = ends + timedelta(minutes=round(among(-2, 6, self._seed, day, n, "guess")) * 10)
        expected = guess.replace(minute=guess.minute // 10 * 10, second=0)
        told = f"{link.road} {text}\r-일시 : {starts:%y.%-m.%-d} {starts:%H:%M}"
        told += f"~{expected:%H:%M}\r-장소 : {link.road}\r-통제 : "
        told += {"009": "전면통제", "010": "부분통제"}.get(closure, "소통 지장")
        return Trouble(number, *codes, link, starts, ends, expected, told, worst, closure)

    def _accidents(self, day: date):
        for n in range(A_DAY):
            key = (self._seed, "accident", day, n)
            starts = midnight(day) + timedelta(seconds=round(chance(*key, "when") * 86_400))
            link = pick(self._links, *key, "where")
            rain = self._weather.rain(starts, link.middle[1])
            likely = WHEN[starts.hour] / 11 * (0.62 if kind(day) else 0.75) * (0.7 + rain / 60)
            if chance(*key, "so") > likely:
                continue
            code, detail, text, minutes, worst = _what(chance(*key, "kind"))
            ends = starts + timedelta(minutes=round(among(*minutes, *key, "long")))
            lane = f"{1 + int(chance(*key, 'lane') * link.lanes / 2)}차로 "
            said = lane + text.format(n=2 + int(chance(*key, "cars") ** 3 * 3))
            yield self._trouble(
                day, n, link, starts, ends, (code, detail), said,
                among(*worst, *key, "worst"), "010" if chance(*key, "closed") < 0.6 else "",
            )  # fmt: skip

    def _works(self, day: date):
        for n in range(4):
            key = (self._seed, "works", day, n)
            if self._weather.rain(midnight(day) + timedelta(hours=23)) > 1:
                continue
            link = pick(self._links, *key)
            starts = midnight(day) + timedelta(hours=22 + n % 3 / 2)
            codes, said = pick(
                ((("A04", "04B06"), "포장공사"), (("A04", "04B01"), "시설물보수"),
                 (("A04", "04B03"), "차선도색"), (("A04", "04B02"), "청소작업")), *key, "what",
            )  # fmt: skip
            yield self._trouble(
                day, 300 + n, link, starts, starts + timedelta(hours=5 + n / 2), codes,
                f"{said} (1~2차로)", 0.3,
            )  # fmt: skip

    def _floods(self, day: date):
        """Low roads under water once enough has fallen, closed when more has, till it drains.

        Its day goes from six to six: what pours in the evening drains after midnight.
        """
        if not self._pours(day):
            return
        low = [link for link in self._links if link.road in LOW]
        for n, link in enumerate(low):
            stands = among(0.8, 1.7, self._seed, "low", link.link_id)
            times = [midnight(day) + timedelta(hours=6, minutes=20 * k) for k in range(72)]
            wet = [self._weather.fallen(t, 3, link.middle[1]) for t in times]
            over = [t for t, mm in zip(times, wet, strict=True) if mm > FLOOD * stands]
            if not over or chance(self._seed, "drain", link.link_id) < 0.6:
                continue
            closed = max(wet) > CLOSE * stands
            yield self._trouble(
                day, 310 + n, link, over[0] + timedelta(minutes=7 * (n % 3)),
                over[-1] + timedelta(minutes=50), ("A09", "09B16"),
                "도로침수로 통제" if closed else "도로침수",
                0.93 if closed else 0.55, "009" if closed else "010",
            )  # fmt: skip

    def _pours(self, day: date) -> bool:
        """Whether it rains hard at all: nearly every day is dry, and quickly known to be."""
        at = [midnight(day) + timedelta(hours=h) for h in range(3, 31)]
        return max(self._weather.rain(t, 37.49) for t in at) > 12

    def _standing(self, day: date):
        """Works that go on for months, told for as long."""
        quarter = day.year * 4 + (day.month - 1) // 3
        for n in range(3):
            began = quarter - n
            starts = datetime(began // 4, began % 4 * 3 + 1, 8 + n, 10, tzinfo=ZONE)
            if midnight(day) < starts:
                continue
            link = pick(self._links, self._seed, "standing", began)
            ends = starts + timedelta(days=300)
            said = f"{link.road} 구조개선공사\r-일시 : {starts:%y.%-m.%-d} 10:00~{ends:%y.%-m.%-d}"
            said += f"\r-장소 : {link.road}\r-통제 : 1개 차로 부분통제"
            yield Trouble(
                700_000 + began, "A04", "04B01", link, starts, ends, ends, said, 0.15, "010"
            )

    def _rallies(self, day: date):
        for n, gathering in enumerate(self._gatherings.on(day)):
            if gathering.name not in ("집회", "세계불꽃축제", "봄꽃축제"):
                continue
            here = min(
                self._links,
                key=lambda k: (
                    (k.middle[0] - gathering.lon) ** 2 + (k.middle[1] - gathering.lat) ** 2
                ),
            )
            whole = gathering.people > 30_000
            codes = ("A10", "10B02") if gathering.name == "집회" else ("A10", "10B03")
            yield self._trouble(
                day, 380 + n, here, gathering.starts - timedelta(hours=1), gathering.ends, codes,
                f"{gathering.place} {gathering.name}", 0.9 if whole else 0.55,
                "009" if whole else "010",
            )  # fmt: skip


def _what(part: float) -> tuple:
    """The kind of accident that lies at that part of all of them."""
    for *what, share in KINDS:
        part -= share
        if part < 0:
            return tuple(what)
    return KINDS[0][:-1]
