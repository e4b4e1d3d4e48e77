"""Values that are possible and still not believed: too far from their neighbours, or from before.

Range is checked at the door (``check``); this is for a gauge that is well within it and wrong.
A doubted value is shown as such ("검증 중"), enters no mean and drives no alert. A leap is
believed when a second observation agrees; a value apart from its neighbours is not until it is
apart no more, whatever it says of itself. Neighbours are all rows (``apart``) where a thing is much
the same all over the city, as air is, and the nearest ones (``near``) where it is local, as rain.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from weakref import ref

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from data._columns import Column

SUSPECT = "suspect"  # the column: names of the doubted columns of a row, separated by spaces
FEW = 5  # neighbours: among fewer nobody is apart; and so many are the nearest
NARROW = 0.79  # a degree of longitude here is so much of one of latitude
WIDE = 6 * 1.4826  # times the median absolute deviation: six standard deviations of a normal one
MANY = 0.2  # the share of doubted rows from which a whole feed is suspect
COLUMN = Column("str", "Under verification")
_answers: dict[int, tuple[ref, bool]] = {}  # of ``doubtful``, by id of the frame


def checked(columns: Mapping[str, Column]) -> list[str]:
    """Those with a step or a distance to neighbours to keep."""
    return [n for n, c in columns.items() if (c.step, c.apart, c.near) != (None, None, None)]


def sure(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column with NaN where it is doubted: what means, sums and alerts are made of."""
    if SUSPECT not in frame:
        return frame[column]
    doubted = frame[SUSPECT].map(lambda names: column in names.split())
    return frame[column].where(~doubted.astype(bool))


def doubtful(frame: object) -> bool:
    """Whether so many rows have a doubted value that the whole frame is suspect.

    Asked of every feed every few seconds: worked out once a frame, which nobody changes in place.
    """
    if frame is None:
        return False
    of, answer = _answers.get(id(frame), (None, False))
    if of is None or of() is not frame:
        rows = frame[SUSPECT] if SUSPECT in getattr(frame, "columns", ()) else ()
        answer = len(rows) > 0 and bool((rows != "").mean() > MANY)
        key = id(frame)
        _answers[key] = ref(frame, lambda _: _answers.pop(key, None)), answer
    return answer


class Doubts:
    """What is believed of each key so far.

    Args:
        columns: of the feed.
        key: what a row is known by; none: the first required text, else its
            place in the frame.
    """

    def __init__(self, columns: Mapping[str, Column], key: Sequence[str]):
        texts = [n for n, c in columns.items() if c.required and c.dtype == "str"]
        self._columns = {name: columns[name] for name in checked(columns)}
        self._key = list(key) or texts[:1]
        nothing = pd.DataFrame({"value": [], "at": [], "bad": []})
        self._last = dict.fromkeys(self._columns, nothing)  # by key: the last observation, and …
        self._believed = dict.fromkeys(self._columns, nothing)  # … the last without a doubt

    def mark(self, frame: pd.DataFrame, within: timedelta) -> pd.DataFrame:
        """The frame with its doubts written in ``suspect``.

        Args:
            frame: rows with ``observed_at``.
            within: how old what was believed may be, for a leap from it to be one.
        """
        names = pd.Series("", frame.index)
        index = pd.RangeIndex(len(frame))
        if self._key:
            index = pd.MultiIndex.from_frame(frame[self._key])
        for name, column in self._columns.items():
            told = {"value": frame[name].to_numpy(), "at": list(frame["observed_at"]), "bad": False}
            now = pd.DataFrame(told, index)
            now = now[~now.index.duplicated(keep="last")]
            now["bad"] = _apart(now["value"], column.apart)
            if column.near is not None:
                there = frame[["lon", "lat"]].set_axis(index)[~index.duplicated(keep="last")]
                now["bad"] |= _alone(now["value"], there, column.near)
            if column.step is not None:
                now["bad"] |= self._leaps(name, column.step, now, within)
            names += np.where(now["bad"].reindex(index), f" {name}", "")
            self._last[name] = _newer(self._last[name], now[now["value"].notna()])
            good = now["value"].notna() & ~now["bad"]
            self._believed[name] = _newer(self._believed[name], now[good])
        frame = frame.assign(**{SUSPECT: names.str.strip().astype("str")})
        if "alert" in frame:
            frame["alert"] = frame["alert"].where(frame[SUSPECT] == "", "")
        return frame

    def _leaps(self, name: str, step: float, now: pd.DataFrame, within: timedelta) -> pd.Series:
        """Further from what was believed than a step, and not said a second time."""
        leaps = []
        for key, value, at in zip(now.index, now["value"], now["at"], strict=True):
            believed, last = _of(self._believed[name], key), _of(self._last[name], key)
            leap = believed and at - believed[1] <= within and abs(value - believed[0]) > step
            again = last and last[2] and at > last[1] and abs(value - last[0]) <= step
            leaps.append(bool(leap and not again))
        return pd.Series(leaps, now.index, dtype=bool)


def _of(known: pd.DataFrame, key: object) -> tuple | None:
    return tuple(known.loc[key]) if key in known.index else None


def _newer(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """New rows in place of old ones of the same key."""
    return pd.concat([old[~old.index.isin(new.index)], new]) if len(old) else new


def _apart(values: pd.Series, least: float | None) -> pd.Series:
    """Further from the median of all than ``least``, and than six deviations."""
    if least is None or values.notna().sum() < FEW:
        return pd.Series(False, values.index)
    far = (values - values.median()).abs()
    return far > max(least, WIDE * far.median())


def _alone(values: pd.Series, places: pd.DataFrame, most: float) -> pd.Series:
    """Further than ``most`` from each of the nearest few that tell a value; lon and lat in degrees.

    Whoever has no place, or no value, is nobody's neighbour and never alone.
    """
    alone = pd.Series(False, values.index)
    known = (values.notna() & places.notna().all(axis=1)).to_numpy()
    if known.sum() <= FEW:
        return alone
    told, points = values[known].to_numpy(), places[known].to_numpy() * [NARROW, 1.0]
    _, nearest = KDTree(points).query(points, FEW + 1)
    themselves = nearest == np.arange(len(told))[:, None]
    far = np.where(themselves, np.inf, np.abs(told[nearest] - told[:, None]))
    alone[known] = far.min(axis=1) > most
    return alone
