"""How fast the measured roads of each district move.

Source   road_speeds, road_links, district_shapes
Cadence  that of road_speeds
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data import TIME, Column, Feed

TOGETHER = pd.Timedelta(minutes=40)  # older than the newest by more, a speed counts no more


class RoadDistricts(Feed):
    """One row per district with a measured link: the mean speed by the links' length.

    A link counts where its middle lies; observed_at is that of the oldest that counts.
    """

    title = "Roads of the districts"
    source = "Seoul TOPIS"
    every = "5m"
    lag = "5m"
    columns = {
        "gu_code": Column("str", "Code", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "speed": Column("float64", "Mean speed of the roads", "km/h", 0, 200),
        "links": Column("float64", "Links", low=0),
    }

    def derive(
        self,
        road_speeds: pd.DataFrame,
        road_links: gpd.GeoDataFrame,
        district_shapes: gpd.GeoDataFrame,
    ) -> pd.DataFrame | None:
        """A district without a link that is fresh has no row."""
        needed = (road_speeds, road_links, district_shapes)
        if any(frame is None or frame.empty for frame in needed):
            return None
        newest = road_speeds["observed_at"].max()
        fresh = road_speeds[road_speeds["observed_at"] >= newest - TOGETHER]
        links = fresh.dropna(subset="speed").merge(road_links, on="link_id")
        middles = shapely.line_interpolate_point(links["geometry"], 0.5, normalized=True)
        tree = shapely.STRtree(district_shapes.geometry.to_numpy())
        link, area = tree.query(np.asarray(middles), "within")
        there = links.iloc[link].assign(
            gu_code=district_shapes["gu_code"].to_numpy()[area],
            long=links["length"].fillna(1.0).clip(lower=1.0),
        )
        there["way"] = there["speed"] * there["long"]
        sums = there.groupby("gu_code").agg(
            observed_at=("observed_at", "min"),
            way=("way", "sum"),
            long=("long", "sum"),
            links=("link_id", "size"),
        )
        rows = sums.assign(speed=sums["way"] / sums["long"]).reset_index()
        return rows.astype({"observed_at": TIME})
