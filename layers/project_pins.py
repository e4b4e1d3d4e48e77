"""The city's major projects: which keep to their plan."""

import holoviews as hv
import numpy as np

from data import figure
from layers import Frame, Layer
from layers._spots import fresh, named, spots, table, tips
from layers._within import within

BEHIND = 2.0  # points of per cent by which a project may lag before it is behind


class ProjectPins(Layer):
    """Around the middle of its district: a square on plan, a falling triangle behind it.

    Only the district is known; what concerns the whole city has no place. Hollow: not told.
    """

    title = "Major projects"
    subject = "City"
    on = {"city": 79}
    hidden = ("city",)

    projects = Frame("projects", doc="Projects with progress and plan.")
    districts = Frame("districts", doc="Where each district is.")

    def draw(self) -> hv.Overlay:
        """Squares, then triangles, with fill."""
        names = ("name_ko", "name_en", "gu_code", "progress", "planned", "state_ko", "state_en")
        rows = table(fresh(self, "projects"), *names, "changed_at")
        rows = within(rows, self.districts)
        known = rows["progress"].notna() & rows["planned"].notna()
        late = known & (rows["planned"].astype(float) - rows["progress"].astype(float) > BEHIND)
        done = [
            self.say("{done}% done, {planned}% planned", done=figure(a), planned=figure(b))
            for a, b in zip(rows["progress"], rows["planned"], strict=True)
        ]
        states = rows["state_ko" if self.language == "ko" else "state_en"]
        rows = rows.assign(
            observed_at=rows["changed_at"],
            marker=np.where(late, "inverted_triangle", "square"),
            fill=known.astype(float),
            tip=tips(named(self, rows), states, done),
        )
        return spots(self, rows, ("fill",), scale=1.5, markers=("square", "inverted_triangle"))

    def legend(self) -> list[tuple[str, str]]:
        """On plan, behind, not told."""
        marks = (("square", "On plan"), ("inverted_triangle", "Behind plan"),
                 ("square-hollow", "Not told"))  # fmt: skip
        return [(mark, self.say(word)) for mark, word in marks]
