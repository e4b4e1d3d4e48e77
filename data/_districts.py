"""The code of a district (자치구) by its Korean name: what all portals write alike."""

import functools
import re
from pathlib import Path

import pandas as pd

from data._places import table

WORD = re.compile(r"[가-힣]{1,4}구(?![가-힣])")


def gu_codes(names: pd.Series) -> pd.Series:
    """Five digits for each name, blanks aside; "" for one that is no district of Seoul."""
    bare = names.map(lambda name: "".join(str(name).split()))
    return bare.map(_codes()).fillna("").astype("str")


def district_in(address: str) -> str:
    """The first word of an address that is a district of Seoul; "" when none is."""
    return next((word for word in WORD.findall(address) if word in _codes()), "")


@functools.cache
def _codes() -> dict[str, str]:
    rows = table((Path(__file__).parent / "places" / "districts.csv").read_bytes())
    return dict(zip(rows["name_ko"], rows["gu_code"], strict=True))
