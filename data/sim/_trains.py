"""Trains on every line: a timetable from the hour's headway, and where each train is."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from data._city import ZONE
from data.sim._calendar import kind, midnight
from data.sim._chance import among, chance
from data.sim._tables import metres, table

FIRST, LAST = 5.25, 24.35  # hours of the first and last departures
ENDS = {  # line: where trains end beyond the stations we know, before and after
    "1": ("소요산", "인천"), "3": ("대화", "오금"), "4": ("진접", "오이도"), "7": ("장암", "석남"),
    "8": ("별내", "모란"), "K": ("문산", "용문"), "A": ("서울", "인천공항2터미널"),
    "B": ("청량리", "인천"), "S": ("신사", "광교"), "G": ("청량리", "춘천"),
}  # fmt: skip
JOINED = {"5-2": "마천", "1-2": "신창"}  # branches whose trains come by the main line; their ends
WORDS = {"2": ("외선", "내선")}
HEADWAY = {"1": 4.5, "2": 3.2, "3": 4.6, "4": 4.2, "5": 4.8, "6": 6.0, "7": 4.4, "8": 5.5,
           "9": 4.2, "K": 11, "A": 8, "B": 6.5, "S": 5.5, "U": 4.5, "W": 5, "G": 18}  # fmt: skip
FAST_STOPS = (
    "김포공항 마곡나루 가양 염창 당산 여의도 노량진 동작 고속터미널 신논현 선정릉 봉은사 "
    "종합운동장 석촌 올림픽공원 중앙보훈병원"
)
EXPRESS = {"9": set(FAST_STOPS.split())}


@dataclass(frozen=True)
class Track:
    """A line, or a branch of it, in one direction."""

    line: str
    subway_id: str
    direction: str  # 상행, 하행, 내선, 외선
    stops: tuple[str, ...]  # station ids, in the direction of travel
    names: tuple[str, ...]
    times: tuple[float, ...]  # seconds from the first stop
    ends: str  # where its trains end
    rare: float  # how much longer one waits for it than for the line


@dataclass(frozen=True)
class Coming:
    """A train on its way to a station."""

    track: Track
    stop: int  # index of the station asked about
    train: str
    seconds: float  # until it is there
    behind: int  # how many stations it still has to pass
    at: str  # where it is now
    express: bool
    last: bool


def tracks() -> list[Track]:
    """Every line both ways; a branch too, from where its trains come."""
    stations = {row["station_id"]: row for row in table("stations")}
    known, found = {}, []
    for row in table("lines"):
        line, branch = row["line_id"], row["branch"]
        ids = [i for i in row["stations"].split("|") if i in stations]
        before, after = ENDS.get(line, ("", ""))
        rare = 1.0 if branch == "main" and f"{line}-2" not in JOINED else 2.0
        if branch == "main":
            known[line] = ids
        elif branch in JOINED:
            ids, after = known[line][: known[line].index(ids[0])] + ids, JOINED[branch]
        else:
            before = after = ""
        if row["is_loop"]:
            ids, before, after = ids * 2, "성수", "성수"  # round twice: some come from beyond
        ways = WORDS.get(line, ("상행", "하행"))
        for way, stops, ends in ((ways[1], ids, after), (ways[0], ids[::-1], before)):
            found.append(_track(row, way, [stations[i] for i in stops], ends, rare))
    return found


def _track(row: dict, way: str, stops: list[dict], ends: str, rare: float) -> Track:
    names = tuple(stop["name_ko"] for stop in stops)
    place = metres(*([float(stop[axis]) for stop in stops] for axis in ("lon", "lat")))
    times = (0.0, *(np.hypot(*np.diff(place, axis=0).T) / 13.5 + 42).cumsum().tolist())
    ids = tuple(stop["station_id"] for stop in stops)
    ends = ends or names[-1].removesuffix("역")
    return Track(row["line_id"], row["subway_id"], way, ids, names, times, ends, rare)


class Trains:
    """What comes to a station next, at any time past or to come."""

    def __init__(self, seed: int):
        self._seed, self.tracks = seed, tracks()
        self.departures = lru_cache(maxsize=512)(self._departures)

    def lines_at(self, name: str) -> list[tuple[Track, int]]:
        """(track, index) of every place a train stops at that station on its way further."""
        found = []
        for track in self.tracks:
            stops = [n for n, stop in enumerate(track.names) if stop.removesuffix("역") == name]
            last = len(track.names) - 1
            found += [(track, n) for n in stops[-1:] if n < last or track.ends != name]
        return found

    def coming(self, track: Track, stop: int, t: datetime, most: int = 4) -> list[Coming]:
        """The next trains of a track to a stop, the nearest first; none at night."""
        t = t.astimezone(ZONE)
        if 1 <= t.hour + t.minute / 60 < 5.34:
            return []
        day = t.date() if t.hour >= 4 else t.date() - timedelta(days=1)
        clock = (t - midnight(day)).total_seconds()
        found = []
        starts = self.departures(track, day)
        for number, start in enumerate(starts):
            if self._passes(track, stop, number):
                continue
            late = 45 * (chance(self._seed, "late", day, track.stops[0], number) - 0.3)
            there = start + late + track.times[stop] * (0.8 if self._fast(track, number) else 1)
            if there < clock - 12:
                continue
            if there - clock > 2400 or start > clock + 600:
                break
            found.append(
                self._coming(track, stop, number, there - clock, number == len(starts) - 1)
            )
            if len(found) == most + 2:
                break  # enough, were it not for an express that overtakes
        return sorted(found, key=lambda train: train.seconds)[:most]

    def _coming(self, track: Track, stop: int, number: int, left: float, last: bool) -> Coming:
        pace = 0.8 if self._fast(track, number) else 1
        gone = track.times[stop] * pace - left
        here = max(int(np.searchsorted(track.times, gone / pace, side="right")) - 1, 0)
        here = min(here, stop)
        train = str(2000 + number * 2 + (track.direction in ("하행", "내선")))
        return Coming(track, stop, train, left, stop - here, track.names[here],
                      self._fast(track, number), last)  # fmt: skip

    def _fast(self, track: Track, number: int) -> bool:
        return track.line in EXPRESS and number % 3 == 1

    def _passes(self, track: Track, stop: int, number: int) -> bool:
        return self._fast(track, number) and track.names[stop] not in EXPRESS[track.line]

    def _departures(self, track: Track, day) -> list[float]:
        """Seconds after midnight when trains leave the first stop; on a loop it began earlier."""
        early = track.times[-1] * 0.8 if len(set(track.stops)) < len(track.stops) else 0.0
        first = among(0, 4, self._seed, "first", track.line, track.direction)
        between = HEADWAY.get(track.line, 6) * (track.ends in JOINED.values())
        clock, found = FIRST * 3600 - early + 60 * (first + between), []
        while clock < LAST * 3600 - track.times[-1] * 0.35:
            found.append(clock)
            clock += 60 * HEADWAY.get(track.line, 6) * track.rare * _sparse(clock / 3600, kind(day))
        return found


def _sparse(hour: float, day: int) -> float:
    """How much longer one waits than in the rush hour."""
    rush = max(math.exp(-(((hour - 8) / 1.2) ** 2)), math.exp(-(((hour - 18.4) / 1.4) ** 2)))
    late = 0.9 * max(hour - 21.5, 0) / 2
    return 1.55 - 0.55 * rush * (day == 0) + 0.25 * (day > 0) + late
