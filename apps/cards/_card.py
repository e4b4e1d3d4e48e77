"""A card: one thing on a page, as small as one question."""

from pathlib import Path
from typing import ClassVar

import panel as pn
import param
from markupsafe import Markup

from apps.cards._fragment import render
from layers import Reader

TEMPLATES = Path(__file__).parents[1] / "templates" / "cards"


class Card(Reader, pn.viewable.Viewer):
    """One answer at a glance. A subclass gives ``title``, ``on``, its frames and its look.

    The look is ``templates/cards/<file name>.html`` filled with ``facts()``, or ``html()`` itself
    when the card would rather be one file.
    """

    title: ClassVar[str]
    on: ClassVar[dict[str, int]] = {}  # page: place, first to last, where no template places it

    present: ClassVar[bool] = False  # it tells of now alone, also when the page is of another time

    dated: ClassVar[bool] = False  # it tells the day of the page, whatever else it shows

    whole: ClassVar[bool] = False  # it tells how all feeds fare, and fared

    page = param.String(default="mobile", doc="The page it stands on: wall, mobile, kiosk.")
    then = param.Selector(default="", objects=["", "past", "ahead"], doc="Of when, if not of now.")
    fared = param.Dict(default=None, doc="How each feed fared then, by name; None is the present.")
    station = param.String(default="", doc="The station of the kiosk it stands in; else empty.")

    def facts(self) -> dict:
        """What the fragment shows, ready to print, for the present frames, None and empty too."""
        return {}

    def html(self) -> Markup:
        """The fragment, without its outer element."""
        return render(type(self).__module__.rpartition(".")[2], self, self.facts())

    def section(self, frame: str, body: str) -> Markup:
        """A whole fragment: the title with that frame's age, then body, or why there is none."""
        about = self.about(frame)
        facts = {"about": about, "told": about.state in ("live", "late"), "body": body}
        return render("_section", self, facts)

    def __panel__(self) -> pn.viewable.Viewable:
        follows = [getattr(self.param, name) for name in self._feeds]
        shown = pn.bind(lambda *_: str(self.html()), *follows) if follows else str(self.html())
        return pn.Column(pn.pane.HTML(shown, sizing_mode="stretch_width"))
