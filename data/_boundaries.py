"""Official boundaries, where somebody may use them: a GeoJSON file of the 425 dongs."""

import logging
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data._errors import Unreadable

log = logging.getLogger(__name__)
ENOUGH = 0.9  # of the dongs must be found in the file
THIN = 12.0  # metres: what a map of the city cannot show is left out, the same on both sides


def official(path: Path, dongs: pd.DataFrame, metres: int) -> gpd.GeoSeries:
    """The shape of each dong from that file, by 8-digit code, in the CRS ``metres``.

    A property may hold the code (8 or 10 digits) or the name ("서울특별시 종로구 사직동").
    Raises Unreadable, saying what was there, when the file is no GeoJSON of this city's dongs.
    """
    try:
        rows = gpd.read_file(path, engine="pyogrio")
    except Exception as error:  # whatever GDAL makes of a stranger's file
        raise Unreadable(f"BOUNDARIES is not a GeoJSON file: {type(error).__name__}") from error
    if rows.crs is None or rows.geometry.isna().all():
        raise Unreadable("BOUNDARIES has no shapes with coordinates")
    found = max((_matched(rows[c], dongs) for c in rows.columns.drop("geometry")),
                key=lambda codes: codes.notna().sum(), default=pd.Series(dtype="str"))  # fmt: skip
    missing = sorted(set(dongs["dong"]) - set(found.dropna()))
    if len(missing) > (1 - ENOUGH) * len(dongs):
        there = ", ".join(map(str, rows.columns.drop("geometry")))
        raise Unreadable(
            f"BOUNDARIES has {len(dongs) - len(missing)} of {len(dongs)} dongs; properties: {there}"
        )
    if missing:
        log.warning("BOUNDARIES has no shape for %s", ", ".join(missing))
    known = rows[found.notna().to_numpy()].to_crs(metres)
    shapes = known.geometry.make_valid().groupby(found.dropna().to_numpy()).agg(shapely.union_all)
    thin = shapely.coverage_simplify(shapes.to_numpy(), THIN)
    return gpd.GeoSeries(thin, index=shapes.index, crs=metres)


def _matched(values: pd.Series, dongs: pd.DataFrame) -> pd.Series:
    """The dong meant by each value; None where it means none."""
    text = values.astype(str).str.strip()
    code = text.str.extract(r"^(\d{8})(?:\d{2})?$")[0]
    by_code = code.where(code.isin(dongs["dong"]))
    names = dongs.drop_duplicates("name_ko", keep=False).set_index("name_ko")["dong"]
    full = dongs.assign(full=dongs["district"] + " " + dongs["name_ko"]).set_index("full")["dong"]
    last = text.str.split().str[-2:].str.join(" ")
    by_name = last.map(full).fillna(last.str.split().str[-1].map(names))
    return by_code.fillna(by_name)
