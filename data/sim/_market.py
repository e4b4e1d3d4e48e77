"""What food costs in the practice city: it drifts, is cheap at harvest, and differs by market.

Markets are one traditional market in each district, by their true names, and a few large stores of
a chain that is ours. All prices are invented.
"""

import math
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from data.sim._calendar import hours, midnight
from data.sim._chance import among, chance, drift

SURVEYS = (1, 4)  # Tuesday and Friday
TOLD_AFTER = timedelta(days=2, hours=10)
KEPT = 3  # surveys; the portal holds years of them
MARKETS = {
    "11110": "통인시장", "11140": "남대문시장", "11170": "용문시장", "11200": "금남시장",
    "11215": "자양전통시장", "11230": "경동시장", "11260": "우림시장", "11290": "돈암시장",
    "11305": "수유시장", "11320": "방학동도깨비시장", "11350": "상계중앙시장", "11380": "대림시장",
    "11410": "영천시장", "11440": "망원시장", "11470": "목3동시장", "11500": "화곡본동시장",
    "11530": "구로시장", "11545": "현대시장", "11560": "영등포전통시장", "11590": "남성사계시장",
    "11620": "신원시장", "11650": "방배신삼호시장", "11680": "영동전통시장", "11710": "새마을시장",
    "11740": "암사종합시장",
}  # fmt: skip
STORES = {
    "11170": "용산점", "11230": "이문점", "11305": "미아점", "11380": "은평점", "11440": "상암점",
    "11470": "목동점", "11530": "구로점", "11650": "양재점", "11680": "역삼점", "11710": "잠실점",
    "11740": "천호점",
}  # fmt: skip
CHAIN = "한빛마트"


class Item(NamedTuple):
    """One thing on the list: won for a unit in an average week, and how it goes through a year."""

    name: str
    kind: str
    unit: str
    won: int
    swing: float  # how much dearer in the worst month
    cheapest: int  # month of the harvest
    fresh: bool  # sold by the season; else from the factory, cheaper in a large store


ITEMS = (
    Item("사과", "부사", "300g", 2400, 0.25, 10, True),
    Item("배", "신고", "600g", 3600, 0.3, 10, True),
    Item("배추", "중간", "1포기", 4200, 0.55, 11, True),
    Item("무", "세척", "1개", 2100, 0.45, 11, True),
    Item("양파", "작은망", "1.5kg", 3900, 0.3, 6, True),
    Item("상추", "", "100g", 1300, 0.6, 5, True),
    Item("오이", "다다기", "1개", 900, 0.5, 6, True),
    Item("애호박", "", "1개", 1700, 0.5, 6, True),
    Item("고등어", "생물", "1마리", 4300, 0.2, 10, True),
    Item("삼겹살", "국산", "100g", 2700, 0.15, 2, True),
    Item("쇠고기", "한우 불고기", "100g", 5200, 0.1, 4, True),
    Item("달걀", "특란", "30개", 7400, 0.1, 5, False),
    Item("두부", "포장", "380g", 3100, 0.0, 1, False),
    Item("쌀", "경기미", "10kg", 34000, 0.08, 11, False),
)


class Price(NamedTuple):
    """One price of one survey; 0 was not sold that day."""

    number: int
    day: date
    market: str
    kind: str  # 전통시장, 대형마트
    gu_code: str
    item: Item
    won: int


class Market:
    """The surveys of the practice city."""

    def __init__(self, world):
        self._seed = world.seed
        self._survey = lru_cache(maxsize=32)(self._worked_out)

    def told(self, now) -> list[Price]:
        """The prices of the last surveys that are published by then, newest first."""
        days = (now.date() - timedelta(days=d) for d in range(40))
        open_now = [
            day for day in days if day.weekday() in SURVEYS and midnight(day) + TOLD_AFTER <= now
        ]
        return [price for day in open_now[:KEPT] for price in self._survey(day)]

    def _worked_out(self, day: date) -> list[Price]:
        places = [(gu, name, "전통시장") for gu, name in MARKETS.items()]
        places += [(gu, f"{CHAIN}({name})", "대형마트") for gu, name in STORES.items()]
        number = day.toordinal() * 1000
        prices = []
        for gu, market, kind in places:
            for item in ITEMS:
                number += 1
                won = self._won(day, market, kind, item)
                prices.append(Price(number, day, market, kind, gu, item, won))
        return prices[::-1]

    def _won(self, day: date, market: str, kind: str, item: Item) -> int:
        key, h = (self._seed, "price", item.name), hours(midnight(day))
        year = (day.month - item.cheapest + day.day / 30) / 12
        season = 1 + item.swing * (1 - math.cos(2 * math.pi * year)) / 2
        wandering = 1 + 0.12 * drift(h, 500, *key)
        large = kind == "대형마트"
        usual = (1.14 if item.fresh else 0.93) if large else (1.0 if item.fresh else 1.05)
        own = among(0.86, 1.14, self._seed, market) * among(0.92, 1.08, *key, market, day)
        if chance(*key, market, day, "sold out") < (0.02 if large else 0.06):
            return 0
        step = 10 if large else 100 if item.won < 10_000 else 500
        return round(item.won * season * wandering * usual * own / step) * step
