"""How the bus service writes stops, crowding, waits and times of the day."""

import re

from data._read import code, number

CROWDING = {  # congetion: in Korean, in English; 0 is not known
    "3": ("여유", "Seats free"),
    "4": ("보통", "Usual"),
    "5": ("혼잡", "Crowded"),
    "6": ("매우 혼잡", "Very crowded"),
}
AWAY = re.compile(r"(?:(\d{1,3})분)?\s*(?:(\d{1,2})초)?\s*후(?:\s*\[(\d{1,3})번째\s*전\])?.*")
SOON = "곧 도착"


def ars(value: object) -> str:
    """The number on the sign of a stop, five digits with its zeros; "" for a stop without one."""
    number = code(value)
    return number.zfill(5) if number.isascii() and number.isdecimal() and int(number) else ""


def crowding(value: object, language: int) -> str:
    """How full a bus is: 0 in Korean, 1 in English; "" when it is not known."""
    return CROWDING.get(code(value), ("", ""))[language]


def time_of_day(value: object) -> str:
    """HH:MM of a time of the day in four digits, also past midnight as 24 and more; else ""."""
    digits = code(value).strip()
    known = len(digits) == 4 and digits.isascii() and digits.isdecimal() and digits[2] < "6"
    return f"{digits[:2]}:{digits[2:]}" if known else ""


def wait(message: str, due: object) -> tuple[float, float] | None:
    """(seconds, stops) until a bus is there; None when none is on its way.

    The message decides that: with 출발대기, 회차대기, 운행종료 seconds may be told, of another bus.
    0 seconds are unknown; then the message may know, else NaN.
    """
    found = AWAY.fullmatch(message)
    if message != SOON and not (found and any(found.groups())):
        return None
    minutes, rest, stops = found.groups() if found else (None, None, None)
    seconds = number(due, 1, 14_400)
    if seconds != seconds and (minutes or rest):
        seconds = 60.0 * int(minutes or 0) + int(rest or 0)
    return seconds, float(stops or "nan")
