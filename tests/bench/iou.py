"""How near the districts the house draws are to real ones: python -m tests.bench.iou FILE [CRS].

FILE is any vector file GDAL reads (GeoJSON, TopoJSON) of the districts, or of dongs whose names or
8-digit codes say their district; their areas are dissolved. It is not kept here: its licence is its
own. CRS is that of its coordinates where the file does not say, or says it wrong: the 2013 KOSTAT
files are of Korean 1985, EPSG:4162, written as if of WGS 84, and lie 360 m off.

IoU is of areas in EPSG:5179, in m². Water belongs to the districts on both sides: the Han is not
taken out of either. Whether a file lies where it should is told by places of ours whose district is
known from another source: the share of them inside the right district of the file, and of ours.
"""

import asyncio
import sys

import geopandas as gpd
import pandas as pd
import shapely

from data import feeds
from data._districts import district_in
from data._places import table
from tests.conftest import ROOT

EQUAL = 5179  # Korea 2000 / Unified CS, metres
NEEDED = ("outline", "dongs", "districts", "river")
KNOWN = ("bike_stations", "culture_venues", "parks", "air_stations")


async def ours() -> tuple[gpd.GeoSeries, dict[str, str]]:
    """The districts as drawn, by Korean name, in EPSG:5179; and name by code."""
    frames = {}
    for name in NEEDED:
        await feeds[name].refresh()
        frames[name] = feeds[name].frame
    frames["dong_shapes"] = feeds.dong_shapes.worked_out(frames)
    drawn = feeds.district_shapes.worked_out(frames).to_crs(EQUAL)
    names = dict(zip(drawn["gu_code"], drawn["name_ko"], strict=True))
    return gpd.GeoSeries(drawn.set_index("name_ko").geometry), names


def real(path: str, crs: str | None, names: dict[str, str]) -> gpd.GeoSeries:
    """The districts of that file, by Korean name, in EPSG:5179. Raises ValueError."""
    rows = gpd.read_file(path, engine="pyogrio")
    rows = rows.set_crs(crs or rows.crs or 4326, allow_override=True).to_crs(EQUAL)
    columns = rows.columns.drop("geometry")
    said = [rows[c].astype(str).map(district_in) for c in columns]  # names first: codes differ
    said += [rows[c].astype(str).str[:5].map(names).fillna("") for c in columns]
    best = max(said, key=lambda found: (found != "").sum(), default=pd.Series(dtype="str"))
    if missing := set(names.values()) - set(best):
        raise ValueError(f"the file has no area of {', '.join(sorted(missing))}")
    found = rows[best != ""].geometry.make_valid()
    return found.groupby(best[best != ""]).agg(shapely.union_all)


def iou(a: shapely.Geometry, b: shapely.Geometry) -> float:
    """Of their areas."""
    return a.intersection(b).area / a.union(b).area


def known(names: dict[str, str]) -> gpd.GeoDataFrame:
    """Places with the ``district`` they are known to be in, in EPSG:5179."""
    rows = pd.concat(
        table((ROOT / f"data/places/{name}.csv").read_bytes())[["lon", "lat", "gu_code"]]
        for name in KNOWN
    )
    places = gpd.points_from_xy(rows["lon"].astype(float), rows["lat"].astype(float), crs=4326)
    told = gpd.GeoDataFrame({"district": rows["gu_code"].map(names).to_numpy()}, geometry=places)
    return told.dropna(subset=["district"]).to_crs(EQUAL)


def right(places: gpd.GeoDataFrame, areas: gpd.GeoSeries) -> float:
    """The share of the places inside the area of their district."""
    return float(places.geometry.within(areas.loc[places["district"]], align=False).mean())


def main() -> None:
    """Print all of it."""
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.partition("\n")[0])
    drawn, names = asyncio.run(ours())
    given = real(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else None, names)
    given = given.loc[drawn.index]
    found = pd.Series([iou(*pair) for pair in zip(drawn, given, strict=True)], drawn.index)
    whole = iou(drawn.union_all(), given.union_all())
    places = known(names)
    lines = [f"{name}\t{value:.3f}" for name, value in found.sort_values().items()]
    lines += [
        f"districts: mean IoU {found.mean():.4f}, least {found.min():.4f} ({found.idxmin()})",
        f"the whole city: IoU {whole:.4f}",
        f"{len(places)} known places in their district: {right(places, given):.3f} of the file's, "
        f"{right(places, drawn):.3f} of ours",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
