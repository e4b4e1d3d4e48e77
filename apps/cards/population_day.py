"""How does the day go, beside the same day a week ago?"""

import pandas as pd

from apps._format import MILLION, MYRIAD, city_people, figure, known, shown, weekday
from apps.cards import Card
from data import clock
from layers import Frame

STEP = 5e5  # people between two lines of the scale
HOURS = (0, 6, 12, 18, 24)
BOX = 1000.0  # units the courses are drawn in, both ways


class PopulationDay(Card):
    """Two courses over 24 hours: today up to now, and the same weekday a week ago."""

    title = "24 hours"
    on = {"wall": 3, "mobile": 3}

    people = Frame("city_people", doc="The hours of the day and the newest value.")
    coming = Frame("population_forecast", doc="Living population by dong of the hours to come.")

    def facts(self) -> dict:
        """today and last_week as SVG paths in a box of BOX; lines and hours of the axes; now."""
        about = self.about("people")
        rows = self._rows() if shown(about) else pd.DataFrame()
        values = rows[["today", "last_week"]].stack() if len(rows) else pd.Series(dtype=float)
        coming = self._coming(rows)
        bounds = self._bounds(pd.concat([values, coming["today"]]))
        moment = about.observed_at or clock.now()
        last = rows["today"].last_valid_index() if len(rows) else None
        now = None if last is None else rows.loc[last]
        return {
            "about": about,
            "box": BOX,
            "today": self._path(rows, "today", bounds),
            "last_week": self._path(rows, "last_week", bounds),
            "forecast": self._path(coming, "today", bounds),
            "lines": self._lines(bounds) if len(values) else [],
            "hours": [(h, 100 * h / 24, _anchor(h)) for h in HOURS],
            "now": None if now is None else self._now(now, bounds),
            "weekday": weekday(moment, self.language),
        }

    def _rows(self) -> pd.DataFrame:
        """The frame by time of day, ``x`` in hours."""
        if self.people is None or self.people.empty:
            return pd.DataFrame()
        rows = self.people.sort_values("observed_at").reset_index(drop=True)
        past = rows["observed_at"] - rows["observed_at"].iloc[0].floor("D")
        return rows.assign(x=past.dt.total_seconds() / 3600)

    def _coming(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The newest value, then the foretold hours of the day, as ``today`` and ``x``; without a
        row when nothing is foretold, or not of every dong.
        """
        last = rows["today"].last_valid_index() if len(rows) else None
        if last is None or self.coming is None or not shown(self.about("coming")):
            return pd.DataFrame({"x": [], "today": []})
        newest, day = rows.loc[last], rows["observed_at"].iloc[0].floor("D")
        told = self.coming.groupby("forecast_at")["population"].agg(
            lambda some: some.sum(skipna=False)
        )
        x = (told.index - day).total_seconds() / 3600
        hours = pd.DataFrame({"x": x, "today": told.to_numpy()})
        hours = hours[hours["x"].between(newest["x"], 24, inclusive="right")].dropna()
        first = pd.DataFrame({"x": [newest["x"]], "today": [newest["today"]]})
        return pd.concat([first, hours], ignore_index=True) if len(hours) else hours

    def _bounds(self, values: pd.Series) -> tuple[float, float]:
        """Lowest and highest of the scale: whole steps around every value."""
        if values.empty:
            return 0.0, STEP
        low, high = values.min() // STEP * STEP, -(-values.max() // STEP) * STEP
        return low, max(high, low + STEP)

    def _lines(self, bounds: tuple[float, float]) -> list[tuple[str, float]]:
        """(label, per cent from the top) of at most five lines of the scale."""
        low, high = bounds
        step = STEP * max(1, round((high - low) / STEP / 4))
        unit, digits = (MYRIAD, 0) if self.language == "ko" else (MILLION, 1)
        marks = [low + step * n for n in range(int((high - low) / step) + 1)]
        return [(figure(m / unit, digits), 100 * (high - m) / (high - low)) for m in marks]

    def _path(self, rows: pd.DataFrame, name: str, bounds: tuple[float, float]) -> str:
        """The course of that column; a gap where a value is unknown."""
        if rows.empty:
            return ""
        rows = rows if name == "today" else rows[rows["x"] % 1 == 0]
        low, high = bounds
        path, pen = [], "M"
        for x, value in zip(rows["x"], rows[name], strict=True):
            if not known(value):
                if name == "last_week":
                    pen = "M"
                continue
            path.append(f"{pen}{x / 24 * BOX:.1f} {(high - value) / (high - low) * BOX:.1f}")
            pen = "L"
        return "".join(path)

    def _now(self, row: pd.Series, bounds: tuple[float, float]) -> dict:
        """Where the newest value stands, per cent from left and top, and what it is."""
        low, high = bounds
        return {
            "x": 100 * row["x"] / 24,
            "y": 100 * (high - row["today"]) / (high - low),
            "figure": city_people(row["today"], self.language),
        }


def _anchor(hour: int) -> str:
    return {0: "start", 24: "end"}.get(hour, "middle")
