"""How fast each main road moves, and the city centre, the arterials, the expressways as a whole.

Source   road_speeds, road_links; English names from our table of roads
Cadence  that of road_speeds
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data import CENTRE, TIME, Column, Feed
from data._bands import band

TOGETHER = pd.Timedelta(minutes=40)  # older than the newest by more, a speed counts no more
CENTRAL = 2500.0  # metres from City Hall: about the old city within its walls


class RoadSummary(Feed):
    """One row per scope: ``downtown``, ``arterial``, ``expressway``, then each ``road``.

    A speed is the mean over its links, by their length; observed_at is that of its oldest link.
    """

    title = "Roads"
    source = "Seoul TOPIS"
    every = "5m"
    lag = "5m"
    columns = {
        "scope": Column("str", "Scope", required=True),
        "road": Column("str", "Road"),
        "name_en": Column("str", "Name (English)"),
        "road_class": Column("str", "Class"),
        "observed_at": Column(TIME, "Observed", required=True),
        "speed": Column("float64", "Speed", "km/h", 0, 200),
        "band": Column("str", "Traffic flow"),
        "links": Column("float64", "Links", low=0),
        "slowest": Column("float64", "Slowest link", "km/h", 0, 200),
    }

    def derive(
        self, road_speeds: pd.DataFrame, road_links: gpd.GeoDataFrame, roads: gpd.GeoDataFrame
    ) -> pd.DataFrame | None:
        """Links that are not on our list have a speed but no road: they are left out."""
        if road_speeds is None or road_links is None or road_speeds.empty or road_links.empty:
            return None
        fresh = road_speeds[
            road_speeds["observed_at"] >= road_speeds["observed_at"].max() - TOGETHER
        ]
        places = road_links.assign(downtown=_downtown(road_links)).drop(columns="geometry")
        links = fresh.merge(places, on="link_id")
        if links.empty:
            return None
        english = {} if roads is None else roads.set_index("name_ko")["name_en"].to_dict()
        streets = links["road_class"] != "expressway"
        rows = [
            _mean(links[streets & links["downtown"]], "downtown", "", "arterial"),
            _mean(links[streets], "arterial", "", "arterial"),
            _mean(links[~streets], "expressway", "", "expressway"),
        ]
        for (road, kind), part in links.groupby(["road", "road_class"], sort=False):
            rows.append(_mean(part, "road", road, kind) | {"name_en": english.get(road, road)})
        table = pd.DataFrame([row for row in rows if row]).fillna({"name_en": ""})
        return table.astype({"observed_at": TIME})


def _downtown(links: gpd.GeoDataFrame) -> np.ndarray:
    """Whether the middle of each link is near City Hall."""
    middles = shapely.line_interpolate_point(links.geometry.array, 0.5, normalized=True)
    east = (shapely.get_x(middles) - CENTRE[0]) * 111_320 * np.cos(np.radians(CENTRE[1]))
    north = (shapely.get_y(middles) - CENTRE[1]) * 110_990
    return np.hypot(east, north) < CENTRAL


def _mean(links: pd.DataFrame, scope: str, road: str, road_class: str) -> dict:
    """One row of the summary; empty when there is no link."""
    if links.empty:
        return {}
    speed = np.average(links["speed"], weights=links["length"].fillna(1.0).clip(lower=1.0))
    return {
        "scope": scope,
        "road": road,
        "road_class": road_class,
        "observed_at": links["observed_at"].min(),
        "speed": speed,
        "band": band(speed, road_class),
        "links": len(links),
        "slowest": links["speed"].min(),
    }
