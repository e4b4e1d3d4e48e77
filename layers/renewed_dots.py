"""Places that got a new use."""

import holoviews as hv

from layers import Frame, Layer
from layers._spots import named, spots, table, tips


class RenewedDots(Layer):
    """A dotted hexagon per place; its tip says what it was before."""

    title = "Renewed places"
    subject = "City"
    on = {"city": 59, "near": 59}
    hidden = ("city", "near")

    places = Frame("renewed_places", doc="Places with what they were.")

    def draw(self) -> hv.Points:
        """Points without values."""
        names = ("name_ko", "name_en", "opened", "before_ko", "before_en", "lon", "lat")
        rows = table(self.places, *names)
        before = rows["before_ko" if self.language == "ko" else "before_en"]
        was = [self.say("formerly {what}", what=what) if what else "" for what in before]
        years = [f"{year:.0f}" if year == year else "–" for year in rows["opened"]]
        rows = rows.assign(tip=tips(named(self, rows), was, years))
        return spots(self, rows, marker="hex_dot", scale=1.4)

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("hex_dot", self.say(self.title))]
