"""How fragments are rendered: one Jinja environment for pages and cards."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from markupsafe import Markup

from apps import _format
from data import clock

TEMPLATES = Path(__file__).parents[1] / "templates"
WRITES = ("age", "change", "figure", "hour", "known", "myriads", "shown", "when")  # of _format


@cache
def environment() -> Environment:
    """Every template of apps/templates, escaped, where an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {name: getattr(_format, name) for name in WRITES} | {"clock": clock}
    return made


def render(name: str, card: object, facts: dict) -> Markup:
    """templates/cards/NAME.html with the facts, the card as ``card`` and ``_`` for its words."""
    template = environment().get_template(f"cards/{name}.html")
    return Markup(template.render(card=card, _=card.say, lang=card.language, **facts))


def named(page: str) -> set[str]:
    """File names of the cards that the template of that page places."""
    source = (TEMPLATES / f"{page}.html").read_text("utf-8")
    calls = environment().parse(source).find_all(nodes.Call)
    names = [call.args[0] for call in calls if getattr(call.node, "name", "") == "card"]
    return {name.value for name in names if isinstance(name, nodes.Const)}
