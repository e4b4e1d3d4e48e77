"""What do the roads look like now?"""

import pandas as pd

from apps._format import shown
from apps.cards import Card
from data import clock
from layers import Frame

TILES = 12
REFRESH = 10  # seconds of this machine between two stills of a camera


class CameraGrid(Card):
    """One large still and twelve small ones, of as many roads; the large one is among them."""

    title = "CCTV"
    present = True
    on = {"wall": 9, "mobile": 12}

    cameras = Frame("cctv", doc="Cameras of the city.")
    roads = Frame("roads", doc="English names of the roads.")

    def facts(self) -> dict:
        """tiles: id, name, road; main: the first of them; still: what makes an address new."""
        about = self.about("cameras")
        there = self.cameras is not None and len(self.cameras) and shown(about)
        tiles = self._tiles() if there else []
        step = REFRESH * max(clock.speed, 1)
        return {
            "about": about,
            "tiles": tiles,
            "main": tiles[0] if tiles else None,
            "still": int(self.moment.timestamp() // step),
        }

    def _tiles(self) -> list[dict]:
        """The first camera of each road in turn, roads with the most cameras first."""
        cameras = self.cameras
        turn = cameras.groupby("road").cumcount()
        many = cameras.groupby("road")["road"].transform("size")
        order = pd.DataFrame({"turn": turn, "few": -many}).sort_values(
            ["turn", "few"], kind="stable"
        )
        english = self._english()
        return [
            {
                "id": row.camera_id,
                "name": row.name,
                "road": row.road if self.language == "ko" else english.get(row.road, row.road),
            }
            for row in cameras.loc[order.index[:TILES]].itertuples(index=False)
        ]

    def _english(self) -> dict[str, str]:
        """Road: its English name, without what is in brackets."""
        if self.roads is None:
            return {}
        names = self.roads["name_en"].str.split(" (", regex=False).str[0]
        return dict(zip(self.roads["name_ko"], names, strict=True))
