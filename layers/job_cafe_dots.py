"""Where those who look for work get advice and a desk."""

import holoviews as hv

from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips


class JobCafeDots(Layer):
    """A crossed diamond per café."""

    title = "Job cafés"
    subject = "Welfare"
    on = {"city": 60, "near": 60}
    hidden = ("city", "near")

    places = Frame("job_cafes", doc="Cafés with their hours.")

    def draw(self) -> hv.Points:
        """Points without values; what has no place is left out."""
        rows = table(fresh(self, "places"), "name", "kind", "hours", "lon", "lat")
        rows = rows.assign(tip=tips(rows["name"], rows["kind"], rows["hours"]))
        return spots(self, rows, marker="diamond_cross", scale=1.7)

    def legend(self) -> list[tuple[str, str]]:
        """What one looks like."""
        return [("diamond_cross", self.say(self.title))]
