"""How many people will be in each dong, hour by hour, for the hours to come: an estimate.

Source   living_population and hotspot_hours for what is usual, hotspot_forecast for what strays
Cadence  that of hotspot_forecast; ``observed_at`` is when that was told, never the hour meant

What is usual at that hour of that weekday is corrected by how far the portal's forecast of the
busy places is from their own usual, as population_now does with what they tell (data/_estimate).
The interval holds 90 % if the portal's forecast is right: how often it is, nobody tells.
"""

import pandas as pd

from data import TIME, Column, Feed, empty
from data._estimate import estimate

AHEAD = 6  # whole hours to come
FEW = 20  # places with a forecast of that hour: fewer say nothing of a city


class PopulationForecast(Feed):
    """One row per dong and hour to come; no row of an hour that few places have a forecast of."""

    title = "Living population to come"
    source = "Seoul Metropolitan Government, KT"
    every = "10m"
    lag = "30m"
    mark = "estimate"
    columns = {
        "dong": Column("str", "Dong", required=True),
        "forecast_at": Column(TIME, "Forecast for", required=True),
        "population": Column("float64", "Living population", "people", 0, 1_000_000),
        "low": Column("float64", "Low end (90 %)", "people", 0, 1_000_000),
        "high": Column("float64", "High end (90 %)", "people", 0, 10_000_000),
        "observed_at": Column(TIME, "Forecast made", required=True),
    }

    def derive(
        self,
        hotspot_forecast: pd.DataFrame,
        hotspot_hours: pd.DataFrame,
        living_population: pd.DataFrame,
        dongs: pd.DataFrame,
    ) -> pd.DataFrame | None:
        """The whole hours after the newest forecast was made; None where a source is unknown."""
        frames = (hotspot_forecast, hotspot_hours, living_population, dongs)
        if any(frame is None or frame.empty for frame in frames):
            return None
        made = hotspot_forecast["observed_at"].max()
        hours = pd.date_range(made.ceil("h"), periods=AHEAD, freq="h")
        told = hotspot_forecast[hotspot_forecast["forecast_at"].isin(hours)]
        count = told.groupby("forecast_at")["area_cd"].nunique()
        hours = [hour for hour in hours if count.get(hour, 0) >= FEW]
        rows = self._estimated(hours, told, hotspot_hours, living_population, dongs)
        rows.attrs["observed_at"] = made.to_pydatetime()
        return rows.assign(observed_at=made) if len(rows) else rows

    def _estimated(self, hours, told, places, people, dongs) -> pd.DataFrame:
        """The rows of those hours; none where what is usual is not known."""
        if not hours:
            return empty(self.columns)
        spots = places.drop_duplicates("area_cd", keep="last").set_index("area_cd")
        there = told.join(spots[["lon", "lat"]], on="area_cd").dropna(subset=["lon", "lat"])
        there = there.assign(observed_at=there["forecast_at"])
        names = ["area_cd", "people_min", "people_max", "lon", "lat", "observed_at"]
        past = places[places["observed_at"] < hours[0].floor("D")]
        known = pd.concat([past[names], there[names]], ignore_index=True)
        rows = estimate(hours, people, known, dongs).rename(columns={"observed_at": "forecast_at"})
        return rows if rows["population"].notna().any() else empty(self.columns)
