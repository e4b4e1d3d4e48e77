"""What a drawn element sends to the browser: its columns, as HoloViews puts them into Bokeh.

Only columns that changed are put anew, and of a column in which few rows changed only these.

``tip`` and ``at`` of an element, what a mark says of itself and when that was observed (seconds
since 1970, None for NaN), are columns too, whether a style follows them or not; so is ``area``, the
code of the dong that a mark is.
"""

from itertools import islice
from operator import is_

import holoviews as hv
import numpy as np
import pandas as pd
from bokeh.models import ColumnDataSource

from layers._pictures import Pictures

TOLD = ("tip", "at", "area")
FAR, NEAR = "Far", "Near"  # groups of elements shown only in a small view, and only in a large
SEEN = (FAR, NEAR)
FEW = 0.25  # of the rows of a column: as many or fewer that changed are sent one by one


def columns(element: hv.Element) -> dict[str, list]:
    """Bokeh's columns for the element: geometry, a column per style that follows a value, tips."""
    return _geometry(element) | _values(element)


def put(source: ColumnDataSource, element: hv.Element, before: hv.Element) -> None:
    """Put what differs from the drawing before into the source; nothing is sent for the rest."""
    if element is before:
        return
    new, old = _values(element), source.data
    if not _same_geometry(element, before):
        new |= _geometry(element)
    changed = {name: values for name, values in new.items() if old[name] != values}
    if any(len(values) != len(old[name]) for name, values in changed.items()):
        source.data = columns(element)
        return
    rows = {name: _few(new[name], old[name]) for name in changed}
    few = {n: at for n, at in rows.items() if at and not isinstance(new[n][0], list)}
    if whole := {name: values for name, values in changed.items() if name not in few}:
        source.data.update(whole)
    if few:
        source.patch({name: [(i, new[name][i]) for i in at] for name, at in few.items()})


def elements(drawn: hv.Element | hv.Overlay) -> list[hv.Element]:
    """The elements of what a layer drew, bottom first."""
    return list(drawn) if isinstance(drawn, hv.Overlay) else [drawn]


def _geometry(element: hv.Element) -> dict[str, list]:
    """Where it is; multi_polygons have for each the rings of its parts, the outer one first."""
    if isinstance(element, hv.Polygons):
        return {
            f"{name}s": [
                [[_whole(row[name]), *(_whole(hole[:, axis]) for hole in row["holes"][0])]]
                for row in element.data
            ]
            for axis, name in enumerate("xy")
        }
    if isinstance(element, hv.Path):
        return {f"{name}s": [_whole(row[name]) for row in element.data] for name in "xy"}
    names = ["x", "y", *(["text"] if isinstance(element, hv.Labels) else [])]
    return {name: _column(element, name) for name in names}


def _same_geometry(element: hv.Element, before: hv.Element) -> bool:
    """Whether both stand at the same places; lines and areas, whether of the very same arrays."""
    if isinstance(element, hv.Path):
        if len(element.data) != len(before.data):
            return False
        both = [[[row[n] for row in one.data] for one in (element, before)] for n in "xy"]
        return all(all(map(is_, *arrays)) for arrays in both)
    names = ("x", "y", *(["text"] if isinstance(element, hv.Labels) else []))
    return all(np.array_equal(_array(element, name), _array(before, name)) for name in names)


def _few(new: list, old: list) -> list[int]:
    """Numbers of the rows that differ; none when more than FEW of them do."""
    most = int(FEW * len(new))
    differ = (i for i, (a, b) in enumerate(zip(new, old, strict=True)) if a != b)
    found = list(islice(differ, most + 1))
    return found if len(found) <= most else []


def _values(element: hv.Element) -> dict[str, list]:
    """Styles that follow a value, what marks tell, and all of pictures."""
    sent = element.vdims if isinstance(element, Pictures) else TOLD
    there = [dimension.name for dimension in element.vdims if dimension in sent]
    told = {name: _column(element, name) for name in there}
    if "at" in told:
        told["at"] = [round(at) if at == at else None for at in told["at"]]
    return styles(element) | told


def _column(element: hv.Element, name: str) -> list:
    if isinstance(element, hv.Path):
        return [row[name] for row in element.data]
    return _array(element, name).tolist()


def _array(element: hv.Element, name: str) -> np.ndarray:
    """A column as an array: quick also where pandas keeps texts, or HoloViews looks for it."""
    if isinstance(element.data, dict | pd.DataFrame) and name in element.data:
        return np.asarray(element.data[name])
    return np.asarray(element.dimension_values(name))


def styles(element: hv.Element) -> dict[str, list]:
    """The values of each style that follows one, by the style's name."""
    values = {dimension.name for dimension in element.vdims}
    style = hv.Store.lookup_options("bokeh", element, "style").kwargs
    follows = {k: value for k, value in style.items() if isinstance(value, str) and value in values}
    return {name: _column(element, value) for name, value in follows.items()}


def _whole(metres: np.ndarray) -> list[int]:
    """One list in one message, where each array would travel as a message of its own."""
    return metres.astype(int).tolist()
