"""bikeList: every rental station, every value a string, a thousand a page."""

from data.sim._chance import chance
from data.sim._open_data import Table


class BikeList(Table):
    """``list_total_count`` is the number of rows of the page; a new station has no place yet."""

    name = "bikeList"
    wrapper = "rentBikeStatus"

    def rows(self, args, request):
        """All stations, as they stand now."""
        bikes = self.world.bikes.at(request.now)
        return [
            {
                "rackTotCnt": str(stand.racks),
                "stationName": stand.name,
                "parkingBikeTotCnt": str(here),
                "shared": str(round(100 * here / stand.racks)),
                "stationLatitude": "" if self._new(stand) else f"{stand.lat:.8f}",
                "stationLongitude": "" if self._new(stand) else f"{stand.lon:.8f}",
                "stationId": stand.station_id,
            }
            for stand, here in zip(self.world.bikes.stands, bikes, strict=True)
        ]

    def total(self, rows, page):
        """The rows of this page."""
        return len(page)

    def _new(self, stand) -> bool:
        return chance(self.world.seed, "new", stand.station_id) < 0.002
