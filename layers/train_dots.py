"""Where the trains of the subway are on their lines."""

from collections.abc import Hashable

import holoviews as hv

from layers import Frame, Layer
from layers._spots import count, fresh, spots, table, tips
from layers._trains import Courses, courses, place

DOES = {"0": "coming in", "1": "at the platform", "2": "has left", "3": "left the stop before"}


class TrainDots(Layer):
    """A disc in the colour of its line; a standing train is a square."""

    title = "Trains"
    subject = "Movement"
    on = {"city": 69, "near": 69}
    hidden = ("city", "near")

    trains = Frame("subway_positions", doc="Trains by station and what they do there.")
    lines = Frame("lines", doc="Order of the stations, and colours.")
    stations = Frame("stations", doc="Where the stations are.")

    def draw(self) -> hv.Overlay:
        """Discs, then squares, with colour; a train of an unknown line or station is left out."""
        names = ("line_id", "line", "line_en", "station", "terminal", "direction", "code")
        rows = table(fresh(self, "trains"), *names, "observed_at")
        known = self.lines is not None and self.stations is not None
        found = self._courses() if known else None
        rows = rows[rows["line_id"].isin(found.names if found else ())]
        places = [place(train, found) for train in rows.itertuples()]
        colours = {} if not known else dict(
            zip(self.lines["subway_id"], self.lines["colour"], strict=True)
        )  # fmt: skip
        korean = self.language == "ko"
        goes = [self.say("to {place}", place=name) for name in rows["terminal"]]
        does = [self.say(DOES.get(code, "")) if code in DOES else "" for code in rows["code"]]
        rows = rows.assign(
            lon=[lon for lon, _ in places],
            lat=[lat for _, lat in places],
            marker=["square" if code == "1" else "circle" for code in rows["code"]],
            colour=rows["line_id"].map(colours),
            tip=tips(rows["line" if korean else "line_en"], goes, rows["station"] + " " + does)
            if len(rows)
            else [],
        )
        return spots(self, rows, ("colour",), scale=1.25, markers=("circle", "square"))

    def _courses(self) -> Courses:
        """Worked out once a table of lines and of stations."""
        of = (self.lines, self.stations)
        before = getattr(self, "_of", (None, None))
        if any(a is not b for a, b in zip(before, of, strict=True)):
            self._of, self._found = of, courses(*of)
        return self._found

    def told(self) -> Hashable:
        """Each line has its own age."""
        return (*super().told(), *count(self, "trains"))

    def legend(self) -> list[tuple[str, str]]:
        """Under way and standing; the colours are those of the lines."""
        return [("circle", self.say("Under way")), ("square", self.say("At the platform"))]
