"""What is told of a district and of a dong. A line a figure: a new one is one more line."""

from dataclasses import dataclass

from apps import _area_rows as which
from data import feeds, figure


@dataclass(frozen=True)
class Figure:
    """One figure of every area.

    Attributes:
        feed: whose frame.
        column: which of its columns, or of those that ``rows`` adds; "" counts rows, and where a
            feed that tells has none, that is 0.
        word: what it is called; "": as the column, or the feed.
        how: how the rows of an area become one value: sum, mean, median, max, first.
        unit, digits: as it is written; unit "": that of the column.
        look: number, change (a fraction, ▲▼), air (with its grade) or words.
        rows: (frame, reader) to the rows that count.
        by: column that names the district in Korean, where neither code nor place is there.
        few: column that says that counts under five were withheld.
    """

    feed: str
    column: str = ""
    word: str = ""
    how: str = "sum"
    unit: str = ""
    digits: int = 0
    look: str = "number"
    rows: which.Rows = which.whole
    by: str = ""
    few: str = ""

    @property
    def title(self) -> str:
        """In English."""
        named = feeds[self.feed].columns.get(self.column)
        return self.word or (named.label if named else feeds[self.feed].title)

    @property
    def measure(self) -> str:
        """Its unit, in English."""
        named = feeds[self.feed].columns.get(self.column)
        return self.unit or (named.unit if named else "")

    @property
    def nothing(self) -> float | None:
        """The value of an area of which no row tells: 0 when rows are counted, else unknown."""
        return None if self.column else 0

    def written(self, value: float) -> str:
        """As a number; the dash when unknown."""
        return figure(value, self.digits)


LAST_WEEK = feeds.district_people.columns["last_week_change"].label
PARKING = (
    Figure("parking", "free", "Spaces free in car parks"),
    Figure("ev_chargers", "free", "EV chargers free", rows=which.charging),
)
SAFETY = (
    Figure("dispatch", rows=which.under_way),
    Figure("emergency_rooms", "emergency_beds", rows=which.beds),
    Figure("emergency_rooms"),
    Figure("shelters"),
    Figure("indoor_shelters"),
    Figure("public_toilets"),
)
PLACES = (
    Figure("welfare_centres"),
    Figure("visiting_nurses", "done", "Home visits today", rows=which.today, few="under_five"),
    Figure("job_cafes"),
    Figure("libraries"),
    Figure("parks"),
)
DISTRICT = {  # theme: its figures, in order
    "People": (
        Figure("district_people", "population", "People now", "first"),
        Figure("district_people", "last_week_change", how="first", look="change"),
        Figure("district_days", "by_day", how="first", rows=which.newest),
        Figure("district_days", "by_night", how="first", rows=which.newest),
        Figure("districts", "population", how="first"),
    ),
    "Air and water": (
        Figure("air_quality", "index", "Air", "first", look="air", rows=which.graded, by="station"),
        Figure("air_quality", "pm25", how="first", by="station"),
        Figure("air_quality", "pm10", how="first", by="station"),
        Figure("hotspot_weather", "temperature", "Temperature, busy places", "mean", digits=1),
        Figure("rain_gauges", "rain_hour", how="max", digits=1),
        Figure(
            "river_levels", "share", "Streams, of the control level", "max", "%", rows=which.filled
        ),
        Figure("sewers", "level", "Sewers, highest", "max", digits=2),
        Figure("weather_warnings", "said", look="words", rows=which.warned),
    ),
    "Movement": (
        Figure("road_districts", "speed", how="first"),
        Figure("incidents_ranked"),
        Figure("bike_districts", "bikes", "Public bikes left", "first"),
        Figure("bike_districts", "stations", "Bike stations", "first"),
        Figure("bike_districts", "without", how="first"),
        *PARKING,
    ),
    "Safety": SAFETY,
    "Life": (
        Figure("calls_120", "calls", "Calls to 120", unit="calls/h", rows=which.newest, few="few"),
        Figure("complaints", rows=which.newest, by="district"),
        Figure(
            "rent_disputes", "received", "Rent disputes this week", rows=which.this_week, few="few"
        ),
        *PLACES,
        Figure("culture_spaces"),
        Figure("culture_events", word="Culture events today", rows=which.on_today),
        Figure("reservations", word="Bookings open", rows=which.taken),
        Figure("prices", "share", "Prices, of the city's median", "median", "%", rows=which.dear),
        Figure("projects"),
    ),
}
DONG = {
    "People": (
        Figure("population_now", "population", "People now", "first", rows=which.newest),
        Figure("population_now", "change", LAST_WEEK, "first", look="change", rows=which.changed),
        Figure("population_now", "density", "People per km²", "first", rows=which.dense),
        Figure("population_by_age", "young", "Under 20", "first", "%", rows=which.ages),
        Figure("population_by_age", "grown", "20 to 39", "first", "%", rows=which.ages),
        Figure("population_by_age", "middle", "40 to 64", "first", "%", rows=which.ages),
        Figure("population_by_age", "old", "65 and over", "first", "%", rows=which.ages),
        Figure("dongs", "population_registered", how="first"),
    ),
    "Movement": (
        Figure("incidents_ranked"),
        Figure("bike_stations", "bikes", "Public bikes left"),
        Figure("bike_stations", word="Bike stations"),
        *PARKING,
    ),
    "Safety": SAFETY,
    "Life": (
        *PLACES,
        Figure("culture_events", word="Culture events today", rows=which.on_today),
    ),
}
