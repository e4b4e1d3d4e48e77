"""Road cameras inside the city that give still pictures.

Source   ITS National Transport Information Center, cctvInfo, cctvType 3 (KOGL type 1)
Cadence  the list hardly changes; its picture addresses are tokens of a short life
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import BOUNDS, Column, Feed, empty
from data._envelope import its
from data._read import lonlat, pick, plain

NAMES = {
    "said": ("cctvname",),
    "x": ("coordx",),
    "y": ("coordy",),
    "address": ("cctvurl",),
    "kind": ("cctvformat",),
}
NETWORKS = ("its", "ex")  # national roads, motorways


class Cctv(Feed):
    """One row per camera inside the city. ``address`` is for the server alone, never for a page."""

    title = "Road cameras"
    source = "ITS National Transport Information Center"
    url = (
        "{its}/cctvInfo?apiKey={its_key}&type={network}&cctvType=3"
        f"&minX={BOUNDS[0]}&maxX={BOUNDS[2]}&minY={BOUNDS[1]}&maxY={BOUNDS[3]}&getType=json"
    )
    every = "10m"
    key = ("camera_id",)
    columns = {
        "camera_id": Column("str", "Camera id", required=True),
        "name": Column("str", "Camera", required=True),
        "road": Column("str", "Road"),
        "lon": Column("float64", "Longitude", "°E", required=True),
        "lat": Column("float64", "Latitude", "°N", required=True),
        "address": Column("str", "Picture address", required=True),
        "kind": Column("str", "Format"),
    }

    def urls(self, now: datetime) -> Sequence[str]:
        """Both networks."""
        return [self.url.replace("{network}", network) for network in NETWORKS]

    def parse(self, body: bytes, url: str) -> pd.DataFrame:
        """``[경부선] 양재`` is a road and a name; the id comes from both and outlives tokens."""
        rows = its(body)
        if rows.empty:
            return empty(self.columns)
        rows = pick(rows, NAMES)
        places = [lonlat(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
        rows[["lon", "lat"]] = pd.DataFrame(places, index=rows.index, columns=["lon", "lat"])
        rows = rows.dropna(subset=["lon", "lat"]).reset_index(drop=True)
        said = rows["said"].map(plain)
        split = said.map(lambda text: re.match(r"(?:\[([^\]]*)\])?\s*(.*)", text, re.DOTALL))
        rows["road"] = split.map(lambda m: m[1] or "")
        rows["name"] = split.map(lambda m: m[2] or m[1] or "")
        rows["camera_id"] = said.map(_id)
        again = rows.groupby("camera_id").cumcount()
        rows["camera_id"] += again.map(lambda n: f"-{n + 1}" if n else "")
        rows["kind"] = rows["kind"].map(plain)
        good = rows["address"].map(lambda text: isinstance(text, str) and text.startswith("http"))
        rows["address"] = rows["address"].where(good, "")
        return rows


def _id(name: str) -> str:
    """A short id of letters and digits, the same for the same name."""
    return hashlib.blake2s(name.encode(), digest_size=5).hexdigest()
