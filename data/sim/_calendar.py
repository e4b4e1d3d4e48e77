"""What kind of day it is, and how a day usually goes."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from data._city import ZONE

EVERY_YEAR = {(1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25)}
MOVING = {  # Seollal, Buddha's birthday, Chuseok
    date(*map(int, day.split("-")))
    for day in [
        "2022-01-31",
        "2022-02-01",
        "2022-02-02",
        "2022-05-08",
        "2022-09-09",
        "2022-09-10",
        "2022-09-11",
        "2022-09-12",
        "2023-01-21",
        "2023-01-22",
        "2023-01-23",
        "2023-01-24",
        "2023-05-27",
        "2023-09-28",
        "2023-09-29",
        "2023-09-30",
        "2024-02-09",
        "2024-02-10",
        "2024-02-11",
        "2024-02-12",
        "2024-05-15",
        "2024-09-16",
        "2024-09-17",
        "2024-09-18",
        "2025-01-28",
        "2025-01-29",
        "2025-01-30",
        "2025-10-05",
        "2025-10-06",
        "2025-10-07",
        "2025-10-08",
        "2026-02-16",
        "2026-02-17",
        "2026-02-18",
        "2026-05-24",
        "2026-05-25",
        "2026-09-24",
        "2026-09-25",
        "2026-09-26",
        "2027-02-06",
        "2027-02-07",
        "2027-02-08",
        "2027-05-13",
        "2027-09-14",
        "2027-09-15",
        "2027-09-16",
    ]
}


def kind(day: date) -> int:
    """0 a working day, 1 a Saturday, 2 a Sunday or holiday."""
    if day.weekday() == 6 or (day.month, day.day) in EVERY_YEAR or day in MOVING:
        return 2
    return int(day.weekday() == 5)


def hours(t: datetime) -> float:
    """Hours since 1970: what the wanderings of the city are told by."""
    return t.timestamp() / 3600


def midnight(day: date) -> datetime:
    """The moment that day begins in the city."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


class Curve:
    """How something goes through a day: smooth from hour to hour and from day to day (Catmull-Rom).

    Args:
        days: 24 values, at 0, 1 … 23 o'clock, of a working day, a Saturday, a Sunday.
    """

    def __init__(self, *days: str):
        self._days = tuple(tuple(float(v) for v in day.split()) for day in days)

    def __call__(self, t: datetime) -> float:
        """The value at that moment."""
        t = t.astimezone(ZONE)
        values, part = _around(self._days, t.date()), (t.minute * 60 + t.second) / 3600
        before, here, there, after = values[23 + t.hour : 27 + t.hour]
        bend = 2 * before - 5 * here + 4 * there - after
        turn = 3 * (here - there) + after - before
        return here + part / 2 * (there - before + part * (bend + part * turn))


@lru_cache(maxsize=4096)
def _around(days: tuple, day: date) -> list[float]:
    """Values by the hour from the midnight before that day's to the end of the day after."""
    around = [kind(day + timedelta(days=d)) for d in (-1, 0, 1)]
    return [v for k in around for v in days[min(k, len(days) - 1)]]
