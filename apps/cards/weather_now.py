"""What is the weather like?"""

from apps._format import compass, known, shown
from apps.cards import Card
from layers import Frame

KINDS = {  # precipitation code: its words, its sign
    "0": ("No rain", "w-dry"),
    "1": ("Rain", "w-rain"),
    "2": ("Sleet", "w-sleet"),
    "3": ("Snow", "w-snow"),
    "5": ("Raindrops", "w-rain"),
    "6": ("Sleet drops", "w-sleet"),
    "7": ("Snow flurries", "w-snow"),
}


class WeatherNow(Card):
    """Temperature, rain, humidity and wind in the middle of the city."""

    title = "Weather"
    on = {"wall": 7, "mobile": 7}

    weather = Frame("weather_now", doc="One row: the last hour.")

    def facts(self) -> dict:
        """temperature °C, rain mm/h, humidity %, wind m/s and from; kind in words with its sign."""
        about = self.about("weather")
        there = self.weather is not None and len(self.weather) and shown(about)
        row = self.weather.iloc[-1] if there else {}
        words, sign = KINDS.get(row.get("kind", ""), ("", ""))
        names = ("temperature", "rain", "humidity", "wind")
        return {
            "about": about,
            "words": self.say(words) if words else "",
            "sign": sign,
            "wet": known(row.get("rain")) and row.get("rain") > 0,
            "wind_from": compass(row.get("wind_direction"), self.language),
            **{name: row.get(name) for name in names},
        }
