"""Incidents with the road they are on, the gravest first: the order of the list and of the pins.

Source   incidents, road_links; English names from our table of roads
Cadence  that of incidents
"""

import geopandas as gpd
import pandas as pd

from data import TIME, Column, Feed

SHAPES = {  # kind: the shape of its pin; every other kind is an event
    "A01": "crash", "A03": "crash", "A06": "crash", "A07": "crash", "A08": "crash",
    "A02": "breakdown", "A05": "breakdown", "A04": "works",
}  # fmt: skip
ORDER = ("crash", "event", "breakdown", "works")  # of what is equally closed
CLOSED = {"009": 0, "010": 1}  # closure code: the smaller the graver; no closure is 2


class IncidentsRanked(Feed):
    """One row per incident, gravest first: closed before open, then by shape, then the newest.

    ``road`` is "" where the link is not one of ours.
    """

    title = "Incidents"
    source = "Seoul TOPIS"
    every = "5m"
    lag = "5m"
    columns = {
        "incident_id": Column("str", "Incident id", required=True),
        "shape": Column("str", "Kind of pin"),
        "detail_name": Column("str", "Detail"),
        "detail_name_en": Column("str", "Detail (English)"),
        "closure": Column("str", "Closure"),
        "closure_en": Column("str", "Closure (English)"),
        "text": Column("str", "Announcement"),
        "road": Column("str", "Road"),
        "road_en": Column("str", "Road (English)"),
        "from_node": Column("str", "From"),
        "to_node": Column("str", "To"),
        "started_at": Column(TIME, "Since"),
        "lon": Column("float64", "Longitude", "°E"),
        "lat": Column("float64", "Latitude", "°N"),
    }

    def derive(
        self, incidents: pd.DataFrame, road_links: gpd.GeoDataFrame, roads: gpd.GeoDataFrame
    ) -> pd.DataFrame | None:
        """Without road_links yet, the announcement must do."""
        if incidents is None:
            return None
        rows = incidents.assign(shape=incidents["kind"].map(SHAPES).fillna("event"))
        rows["closed"] = rows["road_code"].map(CLOSED).fillna(2)
        rows["order"] = rows["shape"].map(ORDER.index)
        rows = rows.sort_values(
            ["closed", "order", "started_at"], ascending=[True, True, False], kind="stable"
        )
        names = ["link_id", "road", "from_node", "to_node"]
        links = pd.DataFrame(columns=names) if road_links is None else road_links[names]
        rows = rows.merge(links.drop_duplicates("link_id"), on="link_id", how="left")
        rows[names[1:]] = rows[names[1:]].fillna("")
        english = {} if roads is None else roads.set_index("name_ko")["name_en"].to_dict()
        rows["road_en"] = rows["road"].map(lambda road: english.get(road, road))
        return rows
