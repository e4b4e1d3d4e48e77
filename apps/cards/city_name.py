"""Which city this is, what day and time it is there, and whether it is a practice city."""

from apps._format import date
from apps.cards import Card
from data import clock, feeds


class CityName(Card):
    """The head of the wall: name, date, clock; what is practice says so."""

    title = "Digital Civic Mayor's Office"
    dated = True
    on = {"wall": 1, "mobile": 1}

    def facts(self) -> dict:
        """now and date of the city; speed, 0 unless the clock is a practice city's; partly."""
        return {
            "now": self.moment,
            "date": date(self.moment, self.language),
            "speed": round(clock.speed) if clock.practice else 0,
            "partly": not clock.practice and any(feed.practice for feed in feeds),
        }
