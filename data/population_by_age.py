"""Living population by age and sex: who was in each dong, hour by hour, days ago.

Source   data.seoul.go.kr, SPOP_LOCAL_RESD_DONG (Seoul Metropolitan Government and KT, KOGL type 1)
Cadence  daily, 4 to 5 days late, with living_population. An estimate from mobile signals

The oldest group is named F70T74 there and is everybody of 70 and over (from memory; the groups
add up to the total only so). A column a group: a row a group would be 28 times as many rows.
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._envelope import seoul
from data._read import code, hours, numbers, pick

AGES = ["0_9", *(f"{age}_{age + 4}" for age in range(10, 70, 5)), "70"]
SEXES = {"male": "Men", "female": "Women"}
KEYS = {
    "day": ("STDR_DE_ID", "stdr_de_id"),
    "hour": ("TMZON_PD_SE", "tmzon_pd_se"),
    "dong": ("ADSTRD_CODE_SE", "adstrd_code_se"),
}


def _theirs(sex: str, age: str) -> tuple[str, str]:
    """The portal's names of a group."""
    low, _, high = age.partition("_")
    name = f"{sex.upper()}_F{low}T{high or '74'}_LVPOP_CO"
    return name, name.lower()


def _label(sex: str, age: str) -> str:
    """``Men 10 to 14``, ``Women 70 and over``."""
    low, _, high = age.partition("_")
    return f"{SEXES[sex]} {low} to {high}" if high else f"{SEXES[sex]} {low} and over"


GROUPS = {f"{sex}_{age}": (sex, age) for sex in SEXES for age in AGES}


class PopulationByAge(Feed):
    """One row per dong (8 digits) and hour, a column a sex and age; a masked cell is NaN."""

    title = "Living population by age"
    source = "Seoul Metropolitan Government, KT"
    url = "{seoul}/{seoul_key}/json/SPOP_LOCAL_RESD_DONG/1/1000/{day}/{hour}/"
    shares = "living_population"
    every = "1d"
    lag = "5d"
    key = ("observed_at",)
    keep = "8d"
    mark = "estimate"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
    } | {
        name: Column("float64", _label(*group), "people", 0, 1_000_000)
        for name, group in GROUPS.items()
    }

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """The columns by age and sex of every row. Raises Unreadable when one is not there."""
        rows = seoul(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, KEYS | {name: _theirs(*group) for name, group in GROUPS.items()})
        told = {name: numbers(rows[name]) for name in GROUPS}
        keys = {"dong": rows["dong"].map(code), "observed_at": hours(rows["day"], rows["hour"])}
        return pd.DataFrame(keys | told, rows.index)
