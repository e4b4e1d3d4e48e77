"""What fills a place for some hours: matches, concerts, rallies, festivals, fireworks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data._city import ZONE
from data.sim._calendar import hours, kind, midnight
from data.sim._chance import among, chance, swell
from data.sim._weather import Weather


@dataclass(frozen=True)
class Gathering:
    """People who come from all over the city to one place."""

    name: str  # Korean
    place: str
    lon: float
    lat: float
    starts: datetime
    ends: datetime
    people: int

    def crowd(self, t: datetime) -> float:
        """How many of them are there at that moment."""
        h, first, last = hours(t), hours(self.starts), hours(self.ends)
        return self.people * swell(h, (first - 2, first + 0.3), (last - 0.2, last + 1.2))


# name, place, lon, lat, hour, hours long, people, months, days of the week, how often, outdoors
USUAL = (
    ("프로야구", "잠실야구장", 127.0719, 37.5122, 18.5, 3.4, 19_000, (4, 10), "12345", 0.62, True),
    ("프로야구", "잠실야구장", 127.0719, 37.5122, 17.0, 3.4, 23_000, (4, 10), "6", 0.62, True),
    ("프로야구", "고척돔", 126.8671, 37.4982, 18.5, 3.3, 11_000, (4, 10), "12345", 0.5, False),
    ("콘서트", "체조경기장", 127.1274, 37.5196, 19.0, 3.0, 14_000, (1, 12), "456", 0.4, False),
    ("콘서트", "주경기장", 127.0728, 37.5159, 18.0, 3.5, 45_000, (5, 10), "56", 0.18, True),
    ("프로축구", "월드컵경기장", 126.8973, 37.5683, 19.0, 2.2, 21_000, (3, 11), "56", 0.35, True),
    ("집회", "광화문광장", 126.9769, 37.5725, 14.0, 4.0, 16_000, (1, 12), "5", 0.7, True),
    ("집회", "여의대로", 126.9249, 37.5240, 14.0, 3.5, 12_000, (1, 12), "235", 0.2, True),
    ("공연", "홍대거리", 126.9236, 37.5551, 18.0, 4.0, 9_000, (3, 11), "456", 0.8, True),
    ("야시장", "반포한강공원", 126.9960, 37.5107, 18.0, 4.0, 15_000, (5, 10), "456", 0.5, True),
    ("전시회", "코엑스", 127.0590, 37.5118, 11.0, 6.5, 17_000, (1, 12), "23456", 0.45, False),
)  # fmt: skip
ONCE_A_YEAR = (  # month, day from, day to, …; hours as above
    (4, 4, 9, "봄꽃축제", "여의서로", 126.9180, 37.5290, 11.0, 10.0, 160_000),
    (5, 20, 22, "장미축제", "중랑장미공원", 127.0790, 37.6040, 11.0, 9.0, 40_000),
    (10, 31, 31, "핼러윈", "이태원 세계음식거리", 126.9943, 37.5348, 19.0, 5.0, 70_000),
    (12, 31, 31, "제야의 종", "보신각", 126.9837, 37.5698, 22.0, 2.8, 90_000),
)


class Gatherings:
    """Everything that is on, on any day; rain at the start calls off what is outdoors.

    Args:
        usual: what may be on, week by week; see ``USUAL``.
    """

    def __init__(self, seed: int, weather: Weather, usual: tuple = USUAL):
        self._seed, self._weather, self._known, self._days = seed, weather, usual, {}

    def on(self, day: date) -> list[Gathering]:
        """What takes place on that day."""
        if day not in self._days:
            self._days[day] = [*self._usual(day), *self._yearly(day)]
        return self._days[day]

    def at(self, t: datetime) -> list[Gathering]:
        """What draws people at that moment, also while they still come or already go."""
        day = t.astimezone(ZONE).date()
        near = [*self.on(day - timedelta(days=1)), *self.on(day)]
        return [g for g in near if g.crowd(t) >= 1]

    def _usual(self, day: date):
        weekday = "6" if kind(day) == 2 else str(day.weekday())
        for n, usual in enumerate(self._known):
            name, place, lon, lat, hour, long, people, season, days, often, out = usual
            if not season[0] <= day.month <= season[1] or weekday not in days:
                continue
            starts = midnight(day) + timedelta(hours=hour)
            called_off = out and self._weather.rain(starts - timedelta(hours=1), lat) > 4
            if chance(self._seed, "on", n, day) < often and not called_off:
                size = round(people * among(0.75, 1.15, self._seed, "size", n, day))
                yield Gathering(name, place, lon, lat, starts, starts + timedelta(hours=long), size)

    def _yearly(self, day: date):
        for month, first, last, name, place, lon, lat, hour, long, people in ONCE_A_YEAR:
            if day.month == month and first <= day.day <= last:
                starts = midnight(day) + timedelta(hours=hour)
                yield Gathering(
                    name, place, lon, lat, starts, starts + timedelta(hours=long), people
                )
        if day.month == 10 and day.weekday() == 5 and day.day <= 7:
            starts = midnight(day) + timedelta(hours=19.3)
            yield Gathering(
                "세계불꽃축제", "여의도한강공원", 126.9340, 37.5270, starts,
                starts + timedelta(hours=1.4), 520_000,
            )  # fmt: skip
