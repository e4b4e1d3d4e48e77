"""Living population as a cube: time, dong, sex and age."""

import numpy as np
import pandas as pd
import xarray as xr

SEXES = ("male", "female")


def cube(rows: pd.DataFrame, source: str = "", mark: str = "estimate") -> xr.Dataset:
    """``population`` over time, dong, sex and age, float64 people; NaN where nothing is known.

    Times are in order and aware (UTC; xarray keeps no zone), dongs of 8 digits in order, sexes
    ``male`` and ``female``, ages ``0-9``, ``10-14`` … ``70+`` as the columns are in order. Without
    rows its time and dong have no length. Never to be added up over time: hourly means.

    Args:
        rows: of population_by_age, as its frame or its past has them; of two rows of the same
            dong and time the later counts.
        source: who publishes it.
        mark: what kind of number it is.
    """
    names = {sex: [n for n in rows.columns if n.startswith(f"{sex}_")] for sex in SEXES}
    ages = [_age(name.removeprefix("male_")) for name in names["male"]]
    when, times = pd.factorize(rows["observed_at"].dt.tz_convert("UTC"), sort=True)
    where, dongs = pd.factorize(rows["dong"], sort=True)
    people = np.full((len(times), len(dongs), len(SEXES), len(ages)), np.nan)
    for n, sex in enumerate(SEXES):
        people[when, where, n] = rows[names[sex]].to_numpy(dtype="float64")
    attrs = {"units": "people", "long_name": "Living population", "source": source, "mark": mark}
    return xr.Dataset(
        {"population": (("time", "dong", "sex", "age"), people, attrs)},
        coords={
            "time": pd.DatetimeIndex(times).tz_localize(None),
            "dong": np.asarray(dongs, dtype=str),
            "sex": list(SEXES),
            "age": ages,
        },
        attrs={"source": source, "mark": mark, "time_zone": "UTC"},
    )


def _age(name: str) -> str:
    low, _, high = name.partition("_")
    return f"{low}-{high}" if high else f"{low}+"
