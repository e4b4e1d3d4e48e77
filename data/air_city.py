"""The air of the whole city: the mean of the stations that report, and the worst of them.

Source   air_quality
Cadence  that of air_quality
"""

from bisect import bisect_left

import pandas as pd

from data import TIME, Column, Feed, sure

TOGETHER = pd.Timedelta(hours=2)  # older than the newest by more, a station counts no more
LIMITS = {  # of the first three of four grades, up to and including (Ministry of Environment)
    "index": (50, 100, 250),
    "pm25": (15, 35, 75),
    "pm10": (30, 80, 150),
    "o3": (0.030, 0.090, 0.150),
    "no2": (0.030, 0.060, 0.200),
    "co": (2, 9, 15),
    "so2": (0.020, 0.050, 0.150),
}


def level(measure: str, value: float) -> int:
    """The grade, 1 좋음 to 4 매우나쁨; 0 when the value is unknown."""
    return bisect_left(LIMITS[measure], value) + 1 if value == value else 0


class AirCity(Feed):
    """One row per measure: index (CAI), pm25, pm10 in µg/m³, o3, no2, co, so2 in ppm."""

    title = "Air"
    source = "Seoul Metropolitan Government"
    every = "20m"
    lag = "1h"
    columns = {
        "measure": Column("str", "Measure", required=True),
        "observed_at": Column(TIME, "Observed", required=True),
        "value": Column("float64", "Mean", low=0),
        "level": Column("int64", "Grade", low=0, high=4),
        "worst": Column("float64", "Worst", low=0),
        "worst_level": Column("int64", "Worst grade", low=0, high=4),
        "station": Column("str", "Measuring station"),
        "stations": Column("int64", "Stations that report", low=0),
    }

    def derive(self, air_quality: pd.DataFrame) -> pd.DataFrame | None:
        """observed_at is that of the oldest station that counts."""
        if air_quality is None or air_quality.empty:
            return None
        oldest = air_quality["observed_at"].max() - TOGETHER
        stations = air_quality[air_quality["observed_at"] >= oldest]
        reporting = stations[stations["index"].notna()]
        if reporting.empty:
            return None
        rows = []
        for measure in LIMITS:
            values = sure(reporting, measure)
            mean, worst = values.mean(), values.max()
            rows.append(
                {
                    "measure": measure,
                    "observed_at": reporting["observed_at"].min(),
                    "value": mean,
                    "level": level(measure, mean),
                    "worst": worst,
                    "worst_level": level(measure, worst),
                    "station": reporting.loc[values.idxmax(), "station"] if worst == worst else "",
                    "stations": int(values.notna().sum()),
                }
            )
        return pd.DataFrame(rows).astype({"observed_at": TIME})
