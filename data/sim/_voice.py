"""What the practice city talks about: rain, roads, rallies, and the usual. All of it invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from data._city import ZONE
from data.sim._calendar import midnight
from data.sim._chance import among, chance, pick
from data.sim._tables import table
from data.sim._world import World

SOUTH = ("강남구", "서초구", "관악구", "동작구", "영등포구", "구로구")  # where the great rain fell
SAID = {  # subject: what is said of it; {gu} a district, {road} a road, {place} of a gathering
    "rain": (
        "{gu} 집중호우로 도로 침수 잇따라", "{road} 침수로 차량 통제…우회 당부",
        "{gu} 반지하 주택 침수 신고 급증", "호우경보 속 {gu} 하수역류 피해",
        "도림천 수위 상승에 산책로 통제",
        "빗물받이 막힌 {gu} 골목 침수", "집중호우에 지하철역 출입구 침수 대비",
    ),
    "roads": (
        "{road} 추돌사고로 정체", "{road} 퇴근길 정체 극심", "{road} 사고 처리 중…한때 정체",
    ),
    "rally": ("{place} 행사로 일대 교통 통제", "{place} 인파 몰려 대중교통 이용 당부"),
    "heat": ("열대야 이어져…무더위쉼터 운영 연장", "{gu} 폭염특보에 물안개 가동"),
    "usual": (
        "{gu} 작은도서관 새 단장", "따릉이 이용 꾸준히 늘어", "{gu} 청년 일자리 상담 열려",
        "한강공원 야간 조명 &amp;amp; 벤치 정비", "{gu} 전통시장 장보기 행사",
        "아리수 수질 검사 결과 공개",
        "{gu} 공영주차장 개방 확대", "둘레길 걷기 모임 참가자 모집",
        "미세먼지 &amp;lt;나쁨&amp;gt; 대비 요령",
        "{gu} 어린이 교통안전 교실", "심야버스 노선 조정 검토", "{gu} 재활용 정거장 확대",
    ),
}  # fmt: skip
WISHES = (
    "{gu} 빗물받이 청소를 자주 해 주세요", "{gu}에 따릉이 대여소를 늘려 주세요",
    "심야버스 배차를 촘촘히", "{gu} 공원 조명을 밝게", "한강공원 화장실 안내 개선",
    "{gu} 어린이 통학로 과속 단속", "버스 정류장 &amp;lt;그늘막&amp;gt; 설치",
    "{gu} 작은도서관 주말 개방",
)  # fmt: skip
SLOT = timedelta(minutes=12)  # between two headlines


@dataclass(frozen=True)
class Headline:
    """One of them; its title as it is written inside an item, escaped once or more."""

    number: int
    subject: str
    title: str
    at: datetime


class Voice:
    """Headlines, announcements and suggestions, at any time past or to come."""

    def __init__(self, world: World):
        self._world, self._seed = world, world.seed
        self.headline = lru_cache(maxsize=4096)(self._headline)

    def headlines(self, now: datetime, many: int, step: timedelta = SLOT) -> Iterator[Headline]:
        """The newest first, one about every ``step``."""
        last = int(now.timestamp() // step.total_seconds())
        for number in range(last, last - many - 2, -1):
            told = self.headline(number, step)
            if told.at <= now:
                yield told

    def weights(self, t: datetime) -> dict[str, float]:
        """How much each subject is talked about at that moment; the usual is 1."""
        weather, world = self._world.weather, self._world
        return {
            "rain": min(weather.fallen(t, 3, 37.5) / 12, 9),
            "roads": min(len(world.troubles.at(t.replace(minute=0, second=0))) / 30, 1.2),
            "rally": 0.25 * len(world.gatherings.at(t)),
            "heat": 0.8 if weather.at(t).temperature > 27 else 0.0,
            "usual": 1.0,
        }

    def wish(self, n: int) -> str:
        """The title of a suggestion."""
        return pick(WISHES, self._seed, "wish", n).format(gu=self._district("usual", n))

    def _headline(self, number: int, step: timedelta) -> Headline:
        key = (self._seed, "headline", number, step.total_seconds())
        at = datetime.fromtimestamp(number * step.total_seconds(), ZONE)
        at += step * chance(*key, "when")
        at = at.replace(microsecond=0)
        weights = self.weights(at.replace(minute=0, second=0))
        part, subject = chance(*key, "what") * sum(weights.values()), "usual"
        for name, weight in weights.items():
            part -= weight
            if part < 0:
                subject = name
                break
        places = [g.place for g in self._world.gatherings.at(at)] or ["서울광장"]
        title = pick(SAID[subject], *key, "words").format(
            gu=self._district(subject, number),
            road=pick(table("roads"), *key, "road")["name_ko"],
            place=pick(places, *key, "place"),
        )
        return Headline(number, subject, title, at)

    def _district(self, subject: str, n: int) -> str:
        names = SOUTH if subject == "rain" else [row["name_ko"] for row in table("districts")]
        return pick(names, self._seed, "district", n)


TOPICS = {  # topic of 120: calls an hour in the whole city at noon, what makes them more
    "교통": (420, "roads"), "주택": (260, ""), "수도": (110, ""), "청소": (190, ""),
    "복지": (230, ""), "침수·하수": (30, "rain"), "코로나": (340, ""), "기타": (310, ""),
}  # fmt: skip
SEATS = 3400  # calls an hour that 120 can answer


class Calls:
    """How many call 120, about what."""

    def __init__(self, world: World):
        self._world, self._voice, self._seed = world, world.part(Voice), world.seed

    def hour(self, t: datetime) -> list[tuple[str, str, int, int, int | None]]:
        """(gu_code, topic, calls, answered, median wait in s) of each cell of the hour from t."""
        t = t.astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
        day = (t - midnight(t.date())).total_seconds() / 3600
        busy = 1.0 if 9 <= day < 18 else 0.45 if 7 <= day < 22 else 0.12
        weights, cells = self._voice.weights(t), []
        for row in table("districts"):
            share = float(row["population"]) / 9_600_000
            for topic, (usual, why) in TOPICS.items():
                more = 1 + {"rain": 14.0, "roads": 0.9}.get(why, 0) * weights.get(why, 0)
                more *= 1.5 if why == "rain" and row["name_ko"] in SOUTH else 1
                noise = among(0.7, 1.3, self._seed, "calls", t, row["gu_code"], topic)
                pace = max(busy, 0.8) if why == "rain" and weights["rain"] > 0.5 else busy
                cells.append((row["gu_code"], topic, round(usual * share * more * noise * pace)))
        load = sum(calls for *_, calls in cells) / (SEATS * max(busy, 0.4))
        answered = min(0.97, 0.97 / max(load, 1e-9))
        return [
            (gu, topic, n, round(n * answered), round(20 + 160 * min(load, 3)) if n else None)
            for gu, topic, n in cells
        ]
