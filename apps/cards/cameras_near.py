"""What do the roads near here look like now?"""

from apps._format import shown
from apps.cards import Card
from apps.cards._near import far, nearest, place, short
from data import clock
from layers import Frame

TILES = 6
REFRESH = 10  # seconds of this machine between two stills of a camera


class CamerasNear(Card):
    """Stills of the road cameras nearest to this station."""

    title = "CCTV"
    present = True

    cameras = Frame("cctv", doc="Cameras of the city.")
    roads = Frame("roads", doc="English names of the roads.")
    stations = Frame("stations", doc="Where this station is.")

    def facts(self) -> dict:
        """tiles, nearest first: id, name, far; still: what makes an address new."""
        about = self.about("cameras")
        cameras = self.cameras if shown(about) else None
        near = nearest(cameras, place(self.stations, self.station)).head(TILES)
        step = REFRESH * max(clock.speed, 1)
        return {
            "about": about,
            "tiles": [self._tile(row) for row in near.itertuples(index=False)],
            "still": int(self.moment.timestamp() // step),
        }

    def _tile(self, row) -> dict:
        ko = self.language == "ko"
        name = row.name if ko else self._english().get(row.road, row.road)
        return {"id": row.camera_id, "name": short(name, 12 if ko else 22), "far": far(row.metres)}

    def _english(self) -> dict[str, str]:
        """Road: its English name, without what is in brackets."""
        if self.roads is None:
            return {}
        names = self.roads["name_en"].str.split(" (", regex=False).str[0]
        return dict(zip(self.roads["name_ko"], names, strict=True))
