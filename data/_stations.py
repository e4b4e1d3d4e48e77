"""Where the subway stations are that a portal names in its own way."""

import functools
from pathlib import Path

import pandas as pd

from data._places import measures, table

LINES = {  # as the card company writes a line: as our table does
    "9호선2~3단계": "9호선", "9호선2단계": "9호선", "경부선": "1호선", "경인선": "1호선",
    "경원선": "1호선", "장항선": "1호선", "일산선": "3호선", "과천선": "4호선", "안산선": "4호선",
    "진접선": "4호선", "별내선": "8호선", "경의선": "경의중앙선", "중앙선": "경의중앙선",
    "분당선": "수인분당선", "수인선": "수인분당선", "공항철도 1호선": "공항철도",
    "우이신설경전철": "우이신설선",
}  # fmt: skip
SAME = 0.01  # degrees: stations of one name nearer than this are one place


def bare(name: str) -> str:
    """A station's name without what stands in brackets, blanks and a final 역; 서울역 is 서울."""
    return "".join(name.partition("(")[0].split()).removesuffix("역")


def station_places(lines: pd.Series, names: pd.Series) -> pd.DataFrame:
    """``station_id``, ``lon``, ``lat`` of our table for each line and name, on their index.

    A line that we do not know is no matter where all stations of that name are one place. Unknown:
    "" and NaN.
    """
    by_line, by_name = _known()
    name = names.map(bare)
    keys = pd.MultiIndex.from_arrays([lines.replace(LINES), name])
    exact = by_line.reindex(keys).set_index(names.index)
    alike = by_name.reindex(name).set_index(names.index)
    found = exact.where(exact["station_id"].notna(), alike)
    return found.assign(station_id=found["station_id"].fillna("")).astype(
        {"lon": "float64", "lat": "float64"}
    )


@functools.cache
def _known() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Our stations by (line, name), and by name where it is one place."""
    rows = table((Path(__file__).parent / "places" / "stations.csv").read_bytes())
    rows = measures(rows, "lon", "lat").assign(name=rows["name_ko"].map(bare))
    told = ["station_id", "lon", "lat"]
    by_line = rows.drop_duplicates(["line_ko", "name"]).set_index(["line_ko", "name"])[told]
    places = rows.groupby("name")[["lon", "lat"]]
    one = ((places.max() - places.min()) < SAME).all(axis=1)
    by_name = rows.drop_duplicates("name").set_index("name")[told]
    return by_line, by_name[one.reindex(by_name.index)]
