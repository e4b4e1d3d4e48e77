"""Places as marks: a mark per row of a table with lon and lat, its tip and its time."""

from collections.abc import Collection, Sequence

import holoviews as hv
import numpy as np
import pandas as pd

from layers._layer import Layer, dims, marked, overlay
from layers._shapes import points
from layers._tips import BETWEEN, seconds

SIZE = {"hand": 6.0, "wall": 12.0, "kiosk": 26.0}  # screen px of a usual mark
NARROWER = 0.8  # of that, on a map under 700 px
SHOWN = ("live", "late", "suspect")


def fresh(layer: Layer, name: str) -> pd.DataFrame | None:
    """The rows of that frame that are not too old to be told; None before the first frame.

    With ``observed_at`` every row has its own age, and one without a time is not told.
    """
    rows = getattr(layer, name)
    if rows is None or rows.empty:
        return rows
    if "observed_at" not in rows:
        return rows if layer.about(name).state in SHOWN else rows.iloc[:0]
    times = rows["observed_at"].dropna().unique()
    kept = [at for at in times if layer.about(name, at.to_pydatetime()).state in SHOWN]
    return rows[rows["observed_at"].isin(kept)]


def count(layer: Layer, *names: str) -> tuple[int, ...]:
    """How many rows of each frame are fresh: what ``told`` needs where each row has its own age."""
    return tuple(len(rows) if rows is not None else 0 for rows in (fresh(layer, n) for n in names))


def table(rows: pd.DataFrame | None, *columns: str) -> pd.DataFrame:
    """A copy of the rows; without a frame an empty one that has those columns."""
    return pd.DataFrame(columns=list(columns)) if rows is None else rows.copy()


def spots(
    layer: Layer,
    rows: pd.DataFrame,
    by: Collection[str] = (),
    *,
    marker: str = "circle",
    scale: float = 1.0,
    colour: str = "ink",
    markers: Sequence[str] = (),
    group: str = "Points",
) -> hv.Points | hv.Overlay:
    """A mark per row that has a place, in Web Mercator, with ``tip``, and ``at`` if rows have it.

    Given markers it is an Overlay of one Points for each: BokehJS mixes up a column of markers as
    soon as a place lies outside the map.

    Args:
        layer: whose marks they are; its surface gives their size.
        rows: with lon, lat (degrees, NaN is no place) and tip (str); observed_at gives ``at``; else
            marks are as old as their frame.
        by: columns of rows that style a mark each: size (times the usual), fill (0 hollow to 1
            full), colour (not a token but what it stands for).
        marker: of Bokeh, of all of them.
        scale: times the usual size, of all of them.
        colour: token of all of them, unless by has it.
        markers: all that the column ``marker`` of rows may hold, in drawing order.
        group: NEAR (layers/_columns.py) when they are too many for a small view.
    """
    px = SIZE[layer.surface] * scale * (NARROWER if layer.narrow else 1)
    made = dict(zip("xy", points(rows["lon"], rows["lat"]), strict=True))
    for name in by:
        made[name] = rows[name].to_numpy(object if name in {"marker", "colour"} else float)
    if "size" in by:
        made["size"] = (made["size"] * px).round(1)
    made["tip"] = rows["tip"].to_numpy(object)
    said = ["tip"]
    if "observed_at" in rows:
        made["at"], said = seconds(rows["observed_at"]), ["tip", "at"]
    if markers:
        made["marker"] = rows["marker"].to_numpy(object)
    placed = np.isfinite(made["x"]) & np.isfinite(made["y"])
    made = {name: column[placed] for name, column in made.items()}
    ink = "colour" if "colour" in by else layer.tokens[colour]
    look = dict(
        size="size" if "size" in by else px,
        color=ink,
        line_color=layer.tokens["paper"] if "fill" not in by else ink,
        line_width=1.0 if "fill" not in by else px / 5,
        fill_alpha="fill" if "fill" in by else 1.0,
        hooks=[marked(name_of(layer))],
    )
    told = dims("x", "y"), dims(*by, *said, *(["marker"] if markers else []))
    if not markers:
        return hv.Points(made, *told, group=group).opts(marker=marker, **look)
    of = [{n: column[made["marker"] == m] for n, column in made.items()} for m in markers]
    parts = [hv.Points(rows, *told, group=group) for rows in of]
    return overlay([part.opts(marker=m, **look) for part, m in zip(parts, markers, strict=True)])


def name_of(layer: Layer) -> str:
    """The layer's name, that of its file."""
    return type(layer).__module__.rpartition(".")[2]


def tips(*parts: Sequence[str] | pd.Series) -> list[str]:
    """``tip`` of every row: its parts, empty ones left out."""
    plain = (part.tolist() if isinstance(part, pd.Series) else part for part in parts)
    return [BETWEEN.join(filter(None, row)) for row in zip(*plain, strict=True)]


def named(layer: Layer, rows: pd.DataFrame) -> pd.Series:
    """The name of each row in the layer's language; Korean where there is no other."""
    korean = rows["name_ko"]
    return (
        korean if layer.language == "ko" else rows["name_en"].where(rows["name_en"] != "", korean)
    )
