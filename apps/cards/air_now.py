"""How is the air of the city?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame

GRADES = ("", "Good", "Moderate", "Unhealthy", "Very unhealthy")
SHOWN = ("index", "pm25", "pm10")


class AirNow(Card):
    """The mean air quality index of the stations that report, with its grade."""

    title = "Air quality index"
    on = {"wall": 6, "mobile": 5}

    air = Frame("air_city", doc="Mean and worst of the stations by measure.")

    def facts(self) -> dict:
        """index, level 0 to 4, grade in words, pm25 and pm10 in µg/m³, stations that report."""
        about = self.about("air")
        there = self.air is not None and shown(about)
        rows = self.air.set_index("measure") if there else None
        level = int(rows.at["index", "level"]) if there else 0
        return {
            "about": about,
            "level": level,
            "grade": self.say(GRADES[level]) if level else "",
            "stations": int(rows.at["index", "stations"]) if there else 0,
            **{name: rows.at[name, "value"] if there else None for name in SHOWN},
        }
