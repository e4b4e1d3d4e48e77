"""A page: a template filled with the cards that belong on it, in one language."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

import pandas as pd
from markupsafe import Markup

from apps._static import static
from apps._table import named
from apps.cards import Card, cards, environment
from data import About, Shelf, clock, languages, say
from layers import Layer, given, layers

log = logging.getLogger(__name__)
SUBJECTS = ("People", "Movement", "Safety", "Air and water")  # of layers: these first, as ordered
BANNER = {  # what the browser says by itself, when the server cannot
    "lost": "No contact with the server. Figures are from {time}.",
    "stalled": "New data has stopped arriving. Figures are from {time}.",
    "back": "Connected again.",
    "late": "{n} late",
    "ago": "{n} ago",
    "live": "live",
    "now": "Now",
    "then": "Seoul at {time}. This is not now.",
    "ahead": "Foretold for {time}. What nobody foretells is left out.",
    "unkept": "{time}: nothing was kept of that moment.",
    "pastless": "This page tells of now alone.",
    "unanswered": "{time}: no answer from the server. Figures are of now.",
    "forecast": "forecast",
    "none": "no data",
    "minutes": "{n} min",
    "hours": "{n} h",
    "days": "{n} d",
}


class Page:
    """A screen somewhere. A subclass gives its url and title; the template is NAME.html.

    ``stations``, for a page that stands in several places: value in the address, name of the place.
    """

    url: ClassVar[str]
    title: ClassVar[str]
    purpose: ClassVar[str] = ""  # one line for who starts the server
    theme: ClassVar[str] = ""  # light, dark or kiosk; empty: as the viewer's system says
    surface: ClassVar[str] = "hand"  # hand, wall or kiosk: whose sizes, as in tokens.css
    window: ClassVar[int] = 0  # px the screen is wide, where that is known
    stations: ClassVar[dict[str, str]] = {}
    asks: ClassVar[tuple[str, ...]] = ()  # of the viewer's machine, as apps/_guard.py lists it
    choices: ClassVar[dict[str, str]] = {}  # of the map: what it shows, the layers' names for that
    every: ClassVar[bool] = False  # of the map: each layer can be chosen by itself too

    @classmethod
    def layers(cls, map_name: str) -> dict[str, type[Layer]]:
        """What its map ("city" or "near") can show, by name, bottom first: no hidden layer that
        nobody can choose.
        """
        offered = cls._offered()
        kinds = {kind.__module__.rpartition(".")[2]: kind for kind in layers.on(map_name)}
        return {
            n: k for n, k in kinds.items() if map_name not in k.hidden or n in offered or cls.every
        }

    @classmethod
    def themes(cls) -> dict[str, dict[str, type[Layer]]]:
        """The layers of its city map that a viewer can show and leave out, by subject and name."""
        offered, found = cls._offered(), {subject: {} for subject in SUBJECTS if cls.choices}
        for name, kind in cls.layers("city").items() if found else ():
            ground = kind.subject == "City" and "city" not in kind.hidden
            if name in offered or (cls.every and not ground):
                found.setdefault(kind.subject, {})[name] = kind
        return {subject: kinds for subject, kinds in found.items() if kinds}

    @classmethod
    def _offered(cls) -> set[str]:
        """The names of all that its ready choices show."""
        return set(" ".join(cls.choices.values()).split())


class Shown:
    """One page in one language at one station: the same for everybody who looks at it.

    Args:
        name, language, station: which. Raises KeyError for one that is not on the list.
        then: the moment it is of; None: the present.
        frames: what was known then, by feed.
        fared: how each feed fared then, for cards that tell of all.
    """

    def __init__(
        self,
        name: str,
        language: str = "ko",
        station: str = "",
        then: datetime | None = None,
        frames: Mapping[str, pd.DataFrame] | None = None,
        fared: Mapping[str, About] | None = None,
    ):
        self.name, self.page = name, pages[name]
        if language not in languages() or (station or None) not in {*self.page.stations, None}:
            raise KeyError(f"no page {name} in {language} at {station}")
        self.language = language
        self.station = station or next(iter(self.page.stations), "")
        self._then, self._known, self._fared = then, frames, fared
        self._cards: dict[str, Card] = {}
        self._fragments: dict[str, str] = {}
        self._minute: datetime | None = None
        self._template = environment().get_template(f"{name}.html")
        self.html()

    def take(self, now: datetime | None = None) -> dict[str, str]:
        """Fragments that changed since the last take: card name -> what its section holds."""
        now = now or clock.now()
        minute, self._minute = self._minute, now.replace(second=0, microsecond=0)
        changed = {}
        for name, card in self._cards.items():
            if card.take(now) or minute != self._minute:
                fragment = self._render(name, card)
                if fragment != self._fragments[name]:
                    changed[name] = self._fragments[name] = fragment
        return changed

    def fragments(self) -> dict[str, str]:
        """Every fragment as it stands."""
        return dict(self._fragments)

    def html(self, **told: object) -> str:
        """The whole page; ``told`` (boot, version …) becomes ``data-`` attributes of its body."""
        placed: set[str] = set()

        def card(name: str, tag: str = "section", classes: str = "") -> Markup:
            placed.add(name)
            return self._section(name, tag, classes)

        def rest() -> Markup:
            more = [k.__module__.rpartition(".")[2] for k in cards.on(self.name)]
            return Markup("").join(card(n) for n in more if n not in placed)

        return self._template.render(
            _=self.say, body=self._body(told), card=card, lang=self.language, languages=languages(),
            now=self._then or clock.now(), page=self.page, practice=clock.practice, rest=rest,
            shown=self, speed=clock.speed, static=static, station=self.station,
            tables=named(self.language),
        )  # fmt: skip

    def say(self, text: str, **values: object) -> str:
        """The text in this page's language."""
        return say(text, self.language, **values)

    @property
    def query(self) -> str:
        """What names this variant in an address."""
        return f"lang={self.language}" + (f"&station={self.station}" if self.station else "")

    def _section(self, name: str, tag: str, classes: str) -> Markup:
        if name not in self._cards:
            at = self.page.stations.get(self.station, "")
            try:
                look = dict(language=self.language, page=self.name, station=at)
                card = cards[name](follow=False, **look, **self._past(cards[name]))
            except Exception:
                log.exception("card %s left out", name)
                return Markup("")
            self._cards[name] = card
            self._fragments[name] = self._render(name, card)
        return Markup('<{0} id="card-{1}" class="card {1} {2}" data-card="{1}">{3}</{0}>').format(
            Markup(tag), name, classes, Markup(self._fragments[name])
        )

    def _past(self, kind: type[Card]) -> dict[str, object]:
        """What a card is given instead of the present; nothing when this page is of the present."""
        if self._then is None:
            return {}
        then = "ahead" if self._then > clock.now() else "past"
        how = {"fared": dict(self._fared or {})} if kind.whole else {}
        return {"now": self._then, "then": then} | how | given(kind, self._known)

    def _render(self, name: str, card: Card) -> str:
        """The fragment; a card that fails keeps its last one, whose age goes on showing."""
        try:
            return str(card.html())
        except Exception:
            log.exception("card %s could not be drawn", name)
            return self._fragments.get(name, "")

    def _body(self, told: dict[str, object]) -> Markup:
        said = {f"say-{key}": self.say(text) for key, text in BANNER.items()}
        told = {"page": self.name, "lang": self.language, "station": self.station, **said, **told}
        told |= {"live": f"/live/{self.name}?{self.query}", "now": clock.now().isoformat()}
        told |= {"speed": clock.speed}
        return Markup(" ").join(Markup('data-{}="{}"').format(k, v) for k, v in told.items())


pages = Shelf("apps", Page)
