"""Trains on every line: a timetable from the hour's headway, and where each train is."""

import math
from bisect import bisect
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from data._city import ZONE
from data.sim._calendar import kind, midnight
from data.sim._chance import among, chance
from data.sim._tables import metres, table

FIRST, LAST = 5.25, 24.35  # hours of the first and last departures
SOON, STAYS, SEEN = 600, 12, 2400  # seconds: before it leaves, at a stop, to a stop that tells it
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
    branch: int = 1  # 1 the line itself, 2 … a branch of it

    def number(self, stop: int) -> str:
        """The station's number at the portal: line and place on it."""
        line, order = self.stops[stop].split("-")
        first = int(line) * 100 if line.isdecimal() else 600 + ord(line)
        return f"{self.subway_id}{first + int(order):06d}"


@dataclass(frozen=True)
class Train:
    """A train on a track at a moment."""

    track: Track
    train: str
    gone: float  # seconds since its first stop, as ``track.times`` count; below 0 it waits there
    pace: float  # its own seconds for one of the track's: an express takes fewer
    last: bool

    @property
    def here(self) -> int:
        """Index of the stop it reached last; the first one while it waits there."""
        return max(int(np.searchsorted(self.track.times, self.gone, side="right")) - 1, 0)

    @property
    def express(self) -> bool:
        """Whether it passes stops."""
        return self.pace < 1


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
        if row["is_loop"]:  # once round, from 성수 to 성수
            ring, before, after = ids[:-1], "성수", "성수"
            start = next(n for n, i in enumerate(ring) if stations[i]["name_ko"] == "성수")
            ids = [*ring[start:], *ring[: start + 1]]
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
    branch = int(row["branch"].partition("-")[2] or 1)
    return Track(row["line_id"], row["subway_id"], way, ids, names, times, ends, rare, branch)


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
            found += [(track, n) for n in stops if n < last or track.ends != name][-1:]
        return found

    def running(self, track: Track, t: datetime) -> list[Train]:
        """Every train of a track, the longest under way first, and those that leave its first
        stop within ten minutes; none at night.
        """
        t = t.astimezone(ZONE)
        if 1 <= t.hour + t.minute / 60 < 5.34:
            return []
        day = t.date() if t.hour >= 4 else t.date() - timedelta(days=1)
        clock = (t - midnight(day)).total_seconds()
        starts, found = self.departures(track, day), []
        first = bisect(starts, clock - track.times[-1] - 60)
        for number in range(first, bisect(starts, clock + SOON)):
            late = 45 * (chance(self._seed, "late", day, track.stops[0], number) - 0.3)
            pace = 0.8 if self._fast(track, number) else 1
            gone = (clock - starts[number] - late) / pace
            if gone > track.times[-1] + STAYS / pace:
                continue
            way = track.direction in ("하행", "내선")
            name = str(1000 + 1000 * track.branch + number * 2 + way)
            found.append(Train(track, name, gone, pace, number == len(starts) - 1))
        return found

    def coming(self, track: Track, stop: int, t: datetime, most: int = 4) -> list[Coming]:
        """The next trains of a track to a stop, the nearest first; none at night."""
        found = []
        for train in self.running(track, t):
            left = (track.times[stop] - train.gone) * train.pace
            if train.express and track.names[stop] not in EXPRESS[track.line]:
                continue
            if -STAYS <= left <= SEEN:
                here = min(train.here, stop)
                found.append(Coming(track, stop, train.train, left, stop - here,
                                    track.names[here], train.express, train.last))  # fmt: skip
        return sorted(found, key=lambda train: train.seconds)[:most]

    def _fast(self, track: Track, number: int) -> bool:
        return track.line in EXPRESS and number % 3 == 1

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
