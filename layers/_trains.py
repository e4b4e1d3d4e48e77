"""Where a train is, of which the portal tells a station and what it does there."""

from typing import NamedTuple

import numpy as np
import pandas as pd

COMING, LEFT, BEFORE = 0.2, 0.25, 0.5  # of the way between two stations
INWARD = {"내선": 1, "외선": -1, "하행": 1, "상행": -1}  # along the order of our table


class Courses(NamedTuple):
    """Stations by line, in order, and where they are."""

    names: dict[str, list[list[str]]]  # line code of the portal: names along each branch
    places: dict[tuple[str, str], tuple[float, float]]  # (line code, name): lon, lat
    loops: set[str]


def courses(lines: pd.DataFrame, stations: pd.DataFrame) -> Courses:
    """Of the tables ``lines`` and ``stations``; a loop ends with the station it begins with."""
    at = stations.drop_duplicates("station_id").set_index("station_id")
    names, places, loops = {}, {}, set()
    for row in lines.itertuples():
        ids = [i for i in row.stations.split("|") if i in at.index]
        here = at.loc[ids]
        names.setdefault(row.subway_id, []).append(here["name_ko"].tolist())
        for name, lon, lat in zip(here["name_ko"], here["lon"], here["lat"], strict=True):
            places[row.subway_id, name] = (lon, lat)
        if row.is_loop:
            loops.add(row.subway_id)
    return Courses(names, places, loops)


def place(train, found: Courses) -> tuple[float, float]:
    """(lon, lat) of a row of subway_positions, on the straight between two stations.

    Code 0 comes in: a fifth before the station; 1 stands; 2 has left: a quarter after; 3 has left
    the station before: half way. At the end of a line, or on an unknown way, it is at its station;
    NaN where the station is not in our table.
    """
    here = found.places.get((train.line_id, train.station))
    if here is None:
        return (np.nan, np.nan)
    share = {"0": -COMING, "2": LEFT, "3": -BEFORE}.get(train.code, 0.0)
    branch = _branch(train, found)
    step = _step(train, branch, train.line_id in found.loops)
    index = branch.index(train.station) + (step if share > 0 else -step)
    ring = len(branch) - 1 if branch[0] == branch[-1] else 0
    if not share or not step or not (ring or 0 <= index < len(branch)):
        return here
    other = found.places[train.line_id, branch[index % ring if ring else index]]
    return tuple(a + (b - a) * abs(share) for a, b in zip(here, other, strict=True))


def _branch(train, found: Courses) -> list[str]:
    """The branch its station is on, best one with its terminal too."""
    there = [names for names in found.names[train.line_id] if train.station in names]
    return next((names for names in there if train.terminal in names), there[0])


def _step(train, branch: list[str], loop: bool) -> int:
    """1 along the order of the branch, -1 against it, 0 where that is not known.

    On a loop by the direction; elsewhere towards the terminal, or by the direction without one.
    """
    if train.terminal in branch and not loop:
        away = branch.index(train.terminal) - branch.index(train.station)
        if away:
            return 1 if away > 0 else -1
    return INWARD.get(train.direction, 0)
