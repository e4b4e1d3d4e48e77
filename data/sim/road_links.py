"""RoadDivInfo, RoadInfo, LinkWithLoad, LinkInfo, LinkVerInfo: the chain from roads to shapes.

XML only. Kinds of road, the roads of a kind, the links of a road, then a link's names and points.
"""

from data.sim._open_data import Table
from data.sim._tables import projected

DIVISIONS = {"expressway": ("01", "도시고속도로"), "arterial": ("02", "주요간선도로"),
             "bridge": ("03", "한강교량")}  # fmt: skip


class Links(Table):
    """What the five services of the chain share."""

    types = ("xml", "xmlf")

    @property
    def links(self) -> dict:
        """Every link by its id."""
        return self.world.roads.links

    def link(self, args) -> list:
        """The link asked for, if there is one."""
        return [self.links[args[0]]] if args[0] in self.links else []


class RoadDivInfo(Links):
    """Kinds of road."""

    name = "RoadDivInfo"

    def rows(self, args, request):
        """All three."""
        return [{"road_div_cd": c, "road_div_nm": n} for c, n in DIVISIONS.values()]


class RoadInfo(Links):
    """The roads of a kind."""

    name = "RoadInfo"
    needs = 1

    def rows(self, args, request):
        """One row per road."""
        roads = {k.road_id: k for k in self.links.values() if DIVISIONS[k.kind][0] == args[0]}
        return [
            {"road_div_cd": args[0], "axis_cd": axis, "axis_name": link.road}
            for axis, link in roads.items()
        ]


class LinkWithLoad(Links):
    """The links of a road, in order."""

    name = "LinkWithLoad"
    needs = 1

    def rows(self, args, request):
        """``axis_dir`` 0 is the way the road is drawn, 1 against it."""
        found = [k for k in self.links.values() if k.road_id == args[0]]
        return [
            {
                "axis_cd": link.road_id,
                "axis_dir": 0 if link.forward else 1,
                "link_seq": link.seq,
                "link_id": link.link_id,
            }
            for link in found
        ]


class LinkInfo(Links):
    """A link's road and its ends."""

    name = "LinkInfo"
    needs = 1

    def rows(self, args, request):
        """The ends are named by the road and the number of the junction."""
        return [
            {
                "link_id": link.link_id,
                "road_name": link.road,
                "st_node_nm": f"{link.road} {link.seq if link.forward else link.seq + 1}",
                "ed_node_nm": f"{link.road} {link.seq + 1 if link.forward else link.seq}",
                "map_dist": round(link.length),
                "reg_cd": "100",
            }
            for link in self.link(args)
        ]


class LinkVerInfo(Links):
    """The points of a link."""

    name = "LinkVerInfo"
    needs = 1

    def rows(self, args, request):
        """Metres, EPSG:5181, in the direction of traffic."""
        points = [p for link in self.link(args) for p in link.places]
        return [
            {"link_id": args[0], "ver_seq": n + 1, "grs80tm_x": x, "grs80tm_y": y}
            for n, (x, y) in enumerate(projected(points))
        ]
