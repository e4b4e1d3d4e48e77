"""Which rows of a frame count for a figure of an area, and what is worked out of them. Pure."""

from collections.abc import Callable

import pandas as pd

from data import by_age, changes, sure
from layers import LEVELS, PARTS, Reader

Rows = Callable[[pd.DataFrame, Reader], pd.DataFrame]


def whole(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """All of them."""
    return rows


def newest(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Those of the newest time."""
    return rows[rows["observed_at"] == rows["observed_at"].max()]


def this_week(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Those of the newest week."""
    return rows[rows["week"] == rows["week"].max()]


def today(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Those of the day that is shown."""
    return rows[rows["day"].dt.date == reader.moment.date()]


def on_today(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Those that have begun and are not over on the day that is shown."""
    day = pd.Timestamp(reader.moment).normalize()
    return rows[(rows["starts_at"] < day + pd.Timedelta(days=1)) & (rows["ends_at"] >= day)]


def under_way(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Dispatches that are not closed."""
    return rows[rows["closed_at"].isna()]


def taken(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """What can be booked now."""
    return rows[rows["status"] == "접수중"]


def beds(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """More patients than beds are no bed."""
    return rows.assign(emergency_beds=rows["emergency_beds"].clip(lower=0))


def charging(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Chargers that tell their state, with ``free``, 1 or 0."""
    told = rows[~rows["state_en"].isin(("", "Unknown"))]
    return told.assign(free=(told["state_en"] == "Free").astype(float))


def graded(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Stations with ``level``, 1 to 4, 0 unknown."""
    return rows.assign(level=rows["grade"].map(LEVELS).fillna(0).astype(int))


def filled(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Gauges with ``share``, per cent of the level from which the banks are closed."""
    return rows.assign(share=100 * sure(rows, "level") / rows["control"])


def warned(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """A row a warning and district, in words."""
    end = "" if reader.language == "ko" else "_en"
    rows = rows.assign(said=rows[f"kind{end}"] + " " + rows[f"level{end}"])
    rows["gu_code"] = [list(PARTS.get(code, ())) for code in rows["area_code"]]
    return rows.explode("gu_code").dropna(subset="gu_code")


def dear(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """The newest price of each item at a market with ``share``, per cent of the city's median."""
    rows = rows.dropna(subset="price").sort_values("observed_at", ascending=False)
    rows = rows.drop_duplicates(["market", "item", "unit"])
    usual = rows.groupby(["item", "unit"])["price"].transform("median")
    return rows.assign(share=100 * rows["price"] / usual)


def changed(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """The newest people of each dong with ``change`` from a week ago, a fraction; NaN also where
    the estimate cannot tell.
    """
    told = changes(rows, reader.living_population)
    rows = newest(rows, reader)
    return rows.assign(change=rows["dong"].map(told["change"].where(~told["unsure"])))


def dense(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """The newest people of each dong with ``density``, per km² of land."""
    rows, shapes = newest(rows, reader), reader.dong_shapes
    land = {} if shapes is None else dict(zip(shapes["dong"], shapes["land_km2"], strict=True))
    land = rows["dong"].map(land).astype(float)
    return rows.assign(density=rows["population"] / land.where(land > 0))


def ages(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """The newest hour with the share of each age in per cent; NaN when a group is withheld."""
    rows = newest(rows, reader)
    return rows.assign(**100 * by_age(rows))
