"""How many people are in each dong at a moment of which only late figures exist: an estimate.

What is usual at that hour of that weekday (the mean of the last weeks) is corrected by how far
the busy places are from their own usual. What an excess at some places says of the dongs around
and like them is read off the past weeks: best linear prediction (optimal interpolation) of the
logarithms, with the covariance of the dongs' own deviations from week to week.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data._usual import between, usual

DEGREE = np.array([88_260.0, 110_990.0])  # metres east and north in the city
REACH = 500.0  # metres: a place is filled by the dongs around it, about so far
NOISE = 0.05  # a place's own coming and going, as a fraction (assumed)
FRESH = pd.Timedelta(hours=1)  # what a place told longer before or after a moment is not of it
MAY_LACK = 0.1  # of the dongs: an hour that lacks more tells nothing of a place
MOST = 3.0  # standard deviations that are believed of a place: a crowd there is not its dongs'
HALF_BELOW = 0.455  # the median of a squared normal value: a day may be stranger than the weeks
WIDE = 1.645  # standard deviations to either side that hold 90 %


def estimate(
    moments: Sequence[pd.Timestamp],
    past: pd.DataFrame,
    places: pd.DataFrame,
    dongs: pd.DataFrame,
) -> pd.DataFrame:
    """One row per dong and moment: dong, observed_at, population, low, high (people).

    low and high are the ends of a 90 % interval. NaN where the weeks before are not known; no row
    of a moment at which no place with a usual of its own was told.

    Args:
        moments: aware, of one day.
        past: rows of living_population, hourly means of the last weeks.
        places: rows of hotspot_hours; a place's usual needs an earlier day of the same kind
            (working days, weekends) at the same hour.
        dongs: ours, with lon and lat.
    """
    names = list(dongs["dong"])
    weeks = usual(past, names)
    around = _around(places, dongs)
    excess = _excess(places, weeks.level, around, min(moments).floor("D"))
    found = [_at(pd.Timestamp(t), weeks, excess, around, names) for t in moments]
    columns = ["dong", "observed_at", "population", "low", "high"]
    found = [rows for rows in found if rows is not None]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)


def _at(when, weeks, excess, around, names) -> pd.DataFrame | None:
    """The rows of one moment; None when no place tells of it."""
    now = pd.DatetimeIndex([when])
    level, known = between(weeks.level, now)[0], between(weeks.weeks, now)[0]
    near = excess.assign(gap=(excess["observed_at"] - when).abs())
    near = near[near["gap"] < FRESH].sort_values("gap").drop_duplicates("area_cd")
    if near.empty:
        return None
    prior = weeks.spread * between(weeks.size, now)[0] ** 2
    prior *= 1 + 1 / max(float(np.median(known)), 1.0)  # the usual is a mean of few weeks itself
    there, told = around.loc[near["area_cd"]].to_numpy(), near["excess"].to_numpy()
    noise = NOISE**2 + near["rounding"].to_numpy() ** 2
    shared = there @ prior
    common = shared @ there.T
    strange = max(1.0, np.median(told**2 / (np.diag(common) + noise)) / HALF_BELOW)
    errors = strange * common + np.diag(noise)
    limit = MOST * np.sqrt(np.diag(errors))
    gain = np.linalg.solve(errors, strange * shared).T
    middle = level + gain @ np.clip(told, -limit, limit)
    left = strange * (np.diag(prior) - (gain * shared.T).sum(axis=1))
    deviation = np.sqrt(np.maximum(left, 0))
    return pd.DataFrame(
        {
            "dong": names,
            "observed_at": when,
            "population": np.exp(middle),
            "low": np.exp(middle - WIDE * deviation),
            "high": np.exp(middle + WIDE * deviation),
        }
    )


def _around(places: pd.DataFrame, dongs: pd.DataFrame) -> pd.DataFrame:
    """Of which dongs the people of a place are: shares by area_cd and dong, rows of sum 1."""
    spots = places.dropna(subset=["lon", "lat"]).drop_duplicates("area_cd")
    here, there = (x[["lon", "lat"]].to_numpy() * DEGREE for x in (spots, dongs))
    gaps = ((here[:, None] - there[None]) ** 2).sum(axis=-1)
    near = np.exp(-gaps / (2 * REACH**2)) + 1e-9
    return pd.DataFrame(near / near.sum(axis=1, keepdims=True), spots["area_cd"], dongs["dong"])


def _excess(
    places: pd.DataFrame, level: np.ndarray, around: pd.DataFrame, day: pd.Timestamp
) -> pd.DataFrame:
    """Rows of the day with ``excess``, the logarithm of now over usual, and ``rounding`` of it.

    Usual is what the dongs around usually have, times the median share of it that the place had
    on earlier days of the same kind at the same hour. Without such a day a row is left out.
    """
    rows = places[places["area_cd"].isin(around.index) & (places["people_max"] > 0)]
    middle = (rows["people_min"] + rows["people_max"]) / 2
    usually = np.nan_to_num(np.exp(level)) @ around.to_numpy().T
    usually[np.isnan(level).mean(axis=1) > MAY_LACK] = np.nan
    when = pd.DatetimeIndex(rows["observed_at"])
    which = around.index.get_indexer(rows["area_cd"])
    rows = rows.assign(
        share=np.log(middle / between(usually, when, which)),
        rounding=(rows["people_max"] - rows["people_min"]) / middle / np.sqrt(12),
        weekend=when.day_of_week > 4,
        at=when.hour,
    )
    alike = rows[rows["observed_at"] < day].groupby(["area_cd", "weekend", "at"])["share"]
    usual_share = alike.median().rename("usual")
    now = rows[rows["observed_at"] >= day].join(usual_share, on=usual_share.index.names)
    return now.assign(excess=now["share"] - now["usual"]).dropna(subset=["excess"])
