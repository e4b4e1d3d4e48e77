"""TrafficInfo: how fast traffic moves on one link. XML only, one link a call."""

from datetime import timedelta

from data.sim._open_data import Table


class TrafficInfo(Table):
    """A link that nobody knows has no row."""

    name = "TrafficInfo"
    types = ("xml", "xmlf")
    needs = 1

    def rows(self, args, request):
        """The link's speed in the last full minute."""
        link = self.world.roads.links.get(args[0])
        if link is None:
            return []
        minute = request.now - timedelta(
            seconds=request.now.second, microseconds=request.now.microsecond
        )
        speed = max(round(self.world.roads.speed(link, minute)), 1)
        seconds = round(link.length / (speed / 3.6))
        return [{"link_id": link.link_id, "prcs_spd": speed, "prcs_trv_time": seconds}]
