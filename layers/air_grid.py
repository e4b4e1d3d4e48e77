"""How the air may be between the stations: an estimate, with what it is not sure of left out."""

from datetime import datetime

import holoviews as hv
import numpy as np
import shapely
import xarray as xr

from data import figure
from layers import Frame, Layer
from layers._air import WORDS, level, measured
from layers._field import STEP, field
from layers._layer import marked
from layers._shapes import STRETCH, metres, points
from layers._spots import SIZE
from layers._tips import seconds

UNSURE = 0.75  # of the spread of all stations, from which on nothing is drawn
SIZES = (0.0, 0.55, 0.85, 1.15, 1.45)  # by grade
THIN = 200.0  # metres, of the outline


class AirGrid(Layer):
    """A dot every 1.5 km in the colour of its grade, larger the worse; none where unsure."""

    title = "Air, estimated"
    subject = "Air and water"
    on = {"city": 38}
    hidden = ("city",)

    stations = Frame("air_stations", doc="Where the stations are.")
    city_air = Frame("air_quality", doc="Air by district.")
    korea_air = Frame("air_korea", doc="Air of the other stations.")
    outline = Frame("outline", doc="Where the city ends.")

    def draw(self) -> hv.Points:
        """Points with size and colour; the tip says that it is an estimate, and how sure."""
        names = ["size", "colour", "tip", "at"]
        rows, at = [], self._newest()
        for x, y, value, off in self._sure() if at is not None else ():
            grade = level(value)
            word, near = self.say(WORDS[grade]), f"CAI {figure(value)} ± {figure(off)}"
            tip = f"{self.say('Estimate')} · {near} · {word}"
            size = round(SIZE[self.surface] * SIZES[grade] * (0.8 if self.narrow else 1), 1)
            rows.append((x, y, size, self.tokens[f"air-{grade}"], tip, at))
        return hv.Points(rows, ["x", "y"], names).opts(
            size="size", color="colour", line_color=None, hooks=[marked("air_grid")]
        )

    def estimate(self) -> xr.Dataset | None:
        """``value`` and ``uncertainty`` of the index over (y, x), Web Mercator metres.

        Every 1.5 true km over the city; stations that are being verified, and those beside roads,
        have no part in it. None without an outline.
        """
        if self.outline is None or self.outline.empty:
            return None
        rows = measured(self)
        rows = rows[~rows["suspect"].astype(bool) & (rows["type"] == "urban")]
        x, y = points(rows["lon"], rows["lat"])
        west, south, east, north = metres(self.outline).total_bounds
        grid = np.arange(west, east, STEP * STRETCH), np.arange(south, north, STEP * STRETCH)
        across, along = (axis / STRETCH for axis in grid)
        made = field(x / STRETCH, y / STRETCH, rows["index"].astype(float), across, along)
        return made.assign_coords(x=np.round(grid[0]), y=np.round(grid[1]))

    def _sure(self) -> list[tuple[float, float, float, float]]:
        """x, y, value and uncertainty of every place in the city that is sure enough."""
        made = self.estimate()
        if made is None or "spread" not in made.attrs:
            return []
        city = metres(self.outline).union_all().simplify(THIN)
        east, north = np.meshgrid(made["x"], made["y"])
        off = made["uncertainty"].to_numpy()
        kept = shapely.contains_xy(city, east, north) & (off < UNSURE * made.attrs["spread"])
        parts = (east, north, made["value"].to_numpy(), off)
        return list(zip(*(part[kept].tolist() for part in parts), strict=True))

    def _newest(self) -> float | None:
        """When the newest of the stations observed, seconds since 1970."""
        times: list[datetime] = measured(self)["observed_at"].dropna().tolist()
        return max(seconds(measured(self)["observed_at"])) if times else None

    def legend(self) -> list[tuple[str, str]]:
        """The four grades, estimated."""
        grades = [(f"circle:air-{grade}", self.say(WORDS[grade])) for grade in range(1, 5)]
        return [*grades, ("estimate", self.say("Estimate"))]
