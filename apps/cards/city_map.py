"""Where is what?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame, Layer


class CityMap(Card):
    """The place of the map island, its legend and what must be named beside it."""

    title = "Map of Seoul"
    on = {"wall": 11, "mobile": 8}

    people = Frame("population_now", doc="Living population by dong.")
    speeds = Frame("road_summary", doc="Whether there are speeds to colour the roads by.")

    def facts(self) -> dict:
        """Whether people and speeds are on the map now; about that which it shows."""
        people, speeds = self.about("people"), self.about("speeds")
        return {
            "about": speeds if self.page == "kiosk" else people,
            "people": self.people is not None and shown(people),
            "roads": self.speeds is not None and shown(speeds),
            "legends": [self._legend(name, layer) for name, layer in self._offered()],
        }

    def _offered(self) -> list[tuple[str, Layer]]:
        """The layers a viewer of this page can choose, by name, in the order they are offered."""
        if getattr(self, "_layers", None) is None:
            from apps._page import pages  # which has the cards

            kinds = {n: k for theme in pages[self.page].themes().values() for n, k in theme.items()}
            made = {n: kind(follow=False, language=self.language) for n, kind in kinds.items()}
            self._layers = [(n, x) for n, x in made.items() if n != "district_names"]
        return self._layers

    def _legend(self, name: str, layer: Layer) -> dict:
        """Its title, what its marks mean, and how old they are; of another moment no age."""
        layer.take(self.now)
        return {
            "name": name,
            "title": self.say(layer.title),
            "signs": layer.legend(),
            "about": None if self.then else layer.age(),
        }
