"""SpotInfo and VolInfo: where vehicles are counted, and how many passed in an hour. XML only."""

from datetime import timedelta

from data._read import moment
from data.sim._counts import Counts
from data.sim._open_data import Table

LATE = timedelta(minutes=68)  # an hour is told eight minutes after its end


class SpotInfo(Table):
    """Places in metres, EPSG:5181."""

    name = "SpotInfo"
    types = ("xml", "xmlf")

    def rows(self, args, request):
        """One row a spot."""
        return [
            {"spot_num": s.spot_id, "spot_nm": s.name, "grs80tm_x": s.x, "grs80tm_y": s.y}
            for s in self.world.part(Counts).spots.values()
        ]


class VolInfo(Table):
    """One spot and hour a question; a spot that nobody knows has no row."""

    name = "VolInfo"
    types = ("xml", "xmlf")
    needs = 3

    def rows(self, args, request):
        """A row a way and lane."""
        counts = self.world.part(Counts)
        spot, hour = counts.spots.get(args[0]), moment(f"{args[1]} {args[2]}00")
        if spot is None or hour is None or hour > request.now - LATE:
            return []
        return [
            {"spot_num": spot.spot_id, "ymd": args[1], "hh": args[2], "io_type": way,
             "lane_num": lane, "vol": vehicles}
            for way, lane, vehicles in counts.lanes(spot, hour)
        ]  # fmt: skip
