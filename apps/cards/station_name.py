"""Where do I stand, and what time is it?"""

from apps._format import date
from apps.cards import Card
from data import clock, feeds
from layers import Frame


class StationName(Card):
    """The head of the kiosk: the station in two languages, date and clock."""

    title = "Station"
    dated = True

    stations = Frame("stations", doc="English names.")

    def facts(self) -> dict:
        """name and other, in the page's language and the other; date; practice."""
        korean, english = self.station, self._english()
        ko = self.language == "ko"
        return {
            "name": korean if ko else english,
            "other": english if ko else korean,
            "now": self.moment,
            "date": date(self.moment, self.language),
            "speed": round(clock.speed) if clock.practice else 0,
            "partly": not clock.practice and any(feed.practice for feed in feeds),
        }

    def _english(self) -> str:
        if self.stations is None:
            return self.station
        names = self.stations.loc[self.stations["name_ko"] == self.station, "name_en"]
        return names.iloc[0] if len(names) else self.station
