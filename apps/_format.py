"""How numbers and times are written on every screen, in Korean and in English. Pure.

Unknown (None, NaN, NaT) is always the dash, never 0.
"""

from datetime import datetime, timedelta

from data import DASH, About, figure, known, say

MYRIAD, MILLION = 1e4, 1e6
POINTS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def city_people(people: float | None, language: str) -> str:
    """The whole city, roughly: 만 in Korean (``1,028``), else millions (``10.28``)."""
    if not known(people):
        return DASH
    return figure(people / MYRIAD) if language == "ko" else figure(people / MILLION, 2)


def myriads(people: float | None) -> str:
    """A district's people in units of ten thousand: ``77.7``."""
    return figure(people / MYRIAD, 1) if known(people) else DASH


def change(fraction: float | None) -> tuple[str, str]:
    """(symbol, text) of a change: ``("dn", "0.8%")``; ("", dash) when unknown."""
    if not known(fraction):
        return "", DASH
    text = figure(abs(fraction) * 100, 1)
    return "eq" if text == "0.0" else "up" if fraction > 0 else "dn", f"{text}%"


def hour(moment: datetime) -> str:
    """``20:10``."""
    return f"{moment:%H:%M}"


def when(moment: datetime | None, now: datetime, language: str) -> str:
    """The time of day, with its date when that is not today: ``8월 3일 23:00``."""
    if moment is None or moment != moment:
        return DASH
    if moment.date() == now.date():
        return hour(moment)
    return f"{_day(moment, language)} {hour(moment)}"


def date(moment: datetime, language: str) -> str:
    """``2022년 8월 8일 월요일``, ``Monday 8 August 2022``."""
    return say(
        "{weekday} {day} {month} {year}",
        language,
        weekday=weekday(moment, language),
        day=moment.day,
        month=say(MONTHS[moment.month - 1], language),
        year=moment.year,
    )


def weekday(moment: datetime, language: str) -> str:
    """``월요일``, ``Monday``."""
    return say(WEEKDAYS[moment.weekday()], language)


def age(past: timedelta, language: str) -> str:
    """In whole minutes up to an hour, hours up to two days, then days."""
    minutes = max(int(past.total_seconds() // 60), 0)
    if minutes < 60:
        return say("{n} min", language, n=minutes)
    if minutes < 2 * 24 * 60:
        return say("{n} h", language, n=minutes // 60)
    return say("{n} d", language, n=minutes // (24 * 60))


def compass(degrees: float | None, language: str) -> str:
    """Where the wind comes from, in eight points: ``남서``, ``SW``; empty when unknown."""
    return say(POINTS[round(degrees / 45) % 8], language) if known(degrees) else ""


def shown(about: About) -> bool:
    """Whether a value of that age may still be shown."""
    return about.state in ("live", "late", "suspect")


def _day(moment: datetime, language: str) -> str:
    month = say(MONTHS[moment.month - 1], language)
    month = month if language == "ko" else month[:3]
    return say("{day} {month}", language, day=moment.day, month=month)
