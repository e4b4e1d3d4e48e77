"""What is in the air?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame

MEASURES = {  # measure: its name, unit, digits
    "pm25": ("PM2.5", "µg/m³", 0),
    "pm10": ("PM10", "µg/m³", 0),
    "o3": ("Ozone", "ppm", 3),
    "no2": ("Nitrogen dioxide", "ppm", 3),
    "co": ("Carbon monoxide", "ppm", 1),
    "so2": ("Sulphur dioxide", "ppm", 3),
}


class AirList(Card):
    """Six measures: the city's mean with its grade, and where it is worst."""

    title = "Air"
    on = {"wall": 14, "mobile": 11}

    air = Frame("air_city", doc="Mean and worst of the stations by measure.")
    districts = Frame("districts", doc="English names of the districts.")

    def facts(self) -> dict:
        """rows: name, value, unit, level, worst and its station; stations that report."""
        about = self.about("air")
        if self.air is None or self.air.empty or not shown(about):
            return {"about": about, "rows": [], "stations": 0}
        table = self.air.set_index("measure")
        return {
            "about": about,
            "stations": int(table.at["index", "stations"]),
            "rows": [self._row(table.loc[m], *said) for m, said in MEASURES.items()],
        }

    def _row(self, row, name: str, unit: str, digits: int) -> dict:
        return {
            "name": self.say(name),
            "value": row["value"],
            "unit": unit,
            "digits": digits,
            "level": int(row["level"]),
            "worst": row["worst"],
            "station": self._station(row["station"]),
        }

    def _station(self, name: str) -> str:
        """A station bears the name of its district."""
        if self.language == "ko" or self.districts is None:
            return name
        english = dict(zip(self.districts["name_ko"], self.districts["name_en"], strict=True))
        return english.get(name, name).removesuffix("-gu")
