"""How the main roads move: every link in the colour and width of its traffic."""

from collections.abc import Hashable

import geopandas as gpd
import holoviews as hv
import numpy as np
import pandas as pd
import shapely

from data import band_limits, bands, feeds
from layers import Frame, Layer
from layers._layer import marked, overlay
from layers._palette import Palette
from layers._river import beside, water
from layers._shapes import STRETCH, line, many, metres
from layers._tips import BETWEEN, each, measure, seconds, tip

SLIGHTER = 0.7  # width of an arterial to that of an expressway
RIVERSIDE = 500.0  # true metres from the water, within which an expressway is moved to its bank
STEP = 150.0  # Mercator metres between two points of a road that is moved
BANDS = ("go", "slow", "jam")


class RoadLines(Layer):
    """Casing, line and, where traffic is jammed, cross ticks; a road without a speed stays grey."""

    title = "Traffic flow"
    on = {"city": 50, "near": 50}
    reel = True
    subject = "Movement"
    timed = "speeds"

    links = Frame("road_links", doc="Courses of the measured links.")
    speeds = Frame("road_speeds", doc="Speed by link, each with its own time.")
    roads = Frame("roads", doc="Main roads, for those that have no link yet.")
    river = Frame("river", doc="What riverside roads must not cover.")

    def draw(self) -> hv.Overlay:
        """Casings, lines, ticks: one of each per part, expressways last."""
        parts = self._parts()
        speeds, at = self._speeds(parts)
        flows = bands(speeds, self._below)
        tokens = self.tokens
        width = {flow: tokens.px(f"{flow}-w") for flow in BANDS} | {"": tokens.px("go-w")}
        ink = {flow: tokens[flow] for flow in BANDS} | {"": tokens["rule-2"]}
        pen = {(flow, slight): width[flow] * slight for flow in width for slight in (1.0, SLIGHTER)}
        each = zip(
            self._paths, self._slight, flows, self._tips(parts, speeds), at.tolist(), strict=True
        )
        lines = [
            {**path, "width": pen[flow, slight], "colour": ink[flow], "tip": said, "at": when}
            for paths, slight, flow, said, when in each
            for path in paths
        ]
        casing, ticks = self._still(tokens)
        ticks = [
            tick[flow == "jam"] for part, flow in zip(ticks, flows, strict=True) for tick in part
        ]
        dash = [round(tokens.px("hair")) + 1, round(tokens.px("jam-w") * 1.6)]
        return overlay(
            [
                casing,
                many(hv.Contours, lines, ["width", "colour", "tip", "at"]).opts(
                    color="colour", line_width="width", hooks=[marked("road_lines")]
                ),
                many(hv.Contours, ticks, ["width", "shown"]).opts(
                    color=tokens["edge"],
                    line_width="width",
                    alpha="shown",
                    hooks=[marked("road_lines", line_dash=dash)],
                ),
            ]
        )

    def _still(self, tokens: Palette) -> tuple[hv.Contours, list[list[tuple[dict, dict]]]]:
        """What no speed changes, made once for a set of parts: what lies under each line, a little
        wider; the ticks of each path of each part, hidden and shown.
        """
        if self._held[0] is not tokens:
            wide, jam = tokens.px("slow-w") + 2 * tokens.px("cas"), tokens.px("jam-w")
            pairs = list(zip(self._paths, self._slight, strict=True))
            under = [path | {"width": wide * slight} for paths, slight in pairs for path in paths]
            casing = many(hv.Contours, under, ["width"]).opts(
                color=tokens["edge"], line_width="width", hooks=[marked("road_lines")]
            )
            ticks = [
                [
                    tuple(path | {"width": jam * slight, "shown": on} for on in (0.0, 1.0))
                    for path in paths
                ]
                for paths, slight in pairs
            ]
            self._held = tokens, casing, ticks
        return self._held[1:]

    def told(self) -> Hashable:
        """The band of every part: each link has its own age."""
        parts = self._parts()
        return tuple(bands(self._speeds(parts)[0], self._below))

    def legend(self) -> list[tuple[str, str]]:
        """The three bands."""
        words = (self.say("Clear"), self.say("Slow"), self.say("Jam"))
        return list(zip(BANDS, words, strict=True))

    def _parts(self) -> gpd.GeoDataFrame:
        """What is drawn, in Mercator metres; worked out once a set of links, roads and river."""
        of = (self.links, self.roads, self.river)
        if getattr(self, "_of", None) is None or any(
            a is not b for a, b in zip(self._of, of, strict=True)
        ):
            self._of, self._drawn = of, self._courses()
            self._paths = [line(course) for course in self._drawn["geometry"]]
            express = self._drawn["road_class"] == "expressway"
            self._slight = np.where(express, 1.0, SLIGHTER).tolist()
            self._ids = self._drawn["link_id"].tolist()
            self._below = band_limits(self._drawn["road_class"])
            self._names, self._held = self._ways(self._drawn), (None,)
        return self._drawn

    def _courses(self) -> gpd.GeoDataFrame:
        names = ["link_id", "road", "road_class", "from_node", "to_node", "geometry"]
        links = gpd.GeoDataFrame(columns=names, geometry="geometry", crs=4326)
        if self.links is not None and len(self.links):
            links = self.links[names]
        if self.roads is not None:
            more = self.roads[~self.roads["name_ko"].isin(links["road"])]
            more = more.assign(link_id="", road=more["name_ko"], from_node="", to_node="")[names]
            links = more if links.empty else pd.concat([more, links], ignore_index=True)
        if links.empty:
            return links
        bridges = (
            set()
            if self.roads is None
            else set(self.roads.loc[self.roads["road_class"] == "bridge", "name_ko"])
        )
        links = metres(links.assign(bridge=links["road"].isin(bridges)))
        if self.narrow:
            links = links[(links["road_class"] == "expressway") & ~links["bridge"]]
        links["express"] = links["road_class"] == "expressway"
        links = links.sort_values(["express", "bridge"], kind="stable").reset_index(drop=True)
        if self.place is None and self.river is not None:
            links["geometry"] = self._off_the_water(links)
        return links

    def _off_the_water(self, links: gpd.GeoDataFrame) -> list[shapely.Geometry]:
        """Expressways that follow the river, moved beside the river as wide as it is drawn."""
        wet, bank = water(self.river), beside(self.river)
        near = wet.buffer((RIVERSIDE - 120) * STRETCH)
        shapely.prepare(near)
        moved = []
        for road in links.itertuples():
            shape = road.geometry
            if (
                road.express
                and not road.bridge
                and shape.intersection(near).length > shape.length / 2
            ):
                shape = _moved(shape, bank, near)
            moved.append(shape)
        return moved

    def _speeds(self, parts: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
        """km/h of each part and when it was observed; NaN where unknown or too old to be told."""
        if self.speeds is None or self.speeds.empty or parts.empty:
            return np.full((2, len(parts)), np.nan)
        rows = self.speeds
        which, times = pd.factorize(rows["observed_at"])
        fresh = [self.about("speeds", at).state in ("live", "late") for at in times]
        told = np.full((2, len(rows) + 1), np.nan)  # the last column for who is not told of
        told[:, :-1] = rows["speed"].to_numpy("float64"), seconds(rows["observed_at"])
        told[:, :-1][:, ~np.array([*fresh, False])[which]] = np.nan  # -1 of which: no time
        last = {link: n for n, link in enumerate(rows["link_id"].tolist())}
        return told[:, [last.get(link, -1) for link in self._ids]]

    def _tips(self, parts: gpd.GeoDataFrame, speeds: np.ndarray) -> list[str]:
        """The road, from where to where, its speed; a road without links has one for all of it."""
        unit = feeds.road_speeds.columns["speed"].unit
        told = each(np.round(speeds), lambda n: measure(n, unit))
        return [f"{name}{BETWEEN}{n}" for name, n in zip(self._names, told, strict=True)]

    def _ways(self, parts: gpd.GeoDataFrame) -> list[str]:
        """What each part is called."""
        english = self.language != "ko" and self.roads is not None
        names = self.roads.set_index("name_ko")["name_en"].to_dict() if english else {}
        ways = zip(*(parts[n].tolist() for n in ("road", "from_node", "to_node")), strict=True)
        return [tip(names.get(road, road), f"{a} → {b}" if a and b else "") for road, a, b in ways]


def _moved(
    shape: shapely.LineString, bank: shapely.LineString, near: shapely.Polygon
) -> shapely.LineString:
    """Its points near the water put on the bank, the others left."""
    places = shapely.points(shapely.get_coordinates(shape.segmentize(STEP)))
    on_bank = shapely.line_interpolate_point(bank, shapely.line_locate_point(bank, places))
    taken = np.where(shapely.contains(near, places), on_bank, places)
    return shapely.LineString(taken).simplify(10.0)
