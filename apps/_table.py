"""Table twins: what a layer of the city map shows, as words and numbers for who cannot see it."""

from collections.abc import Callable, Iterable
from functools import cache

from apps._guard import Guarded
from apps._once import Answer, Busy, Once, answer
from apps._static import static
from apps.cards import environment
from data import Feed, clock, languages, say
from layers import Frame, Layer, elements, layers

MAP = "city"
KIND = "text/html; charset=utf-8"
KEPT = 8 * 1024 * 1024  # bytes of tables


@cache
def twins() -> dict[str, type[Layer]]:
    """Layers of the city map whose marks say something, by name, the topmost first."""
    found = {}
    for kind in reversed(layers.on(MAP)):
        frames = [n for n, p in kind.param.objects("existing").items() if isinstance(p, Frame)]
        drawn = elements(kind(follow=False, **dict.fromkeys(frames)).draw())
        tells = any(dimension.name == "tip" for one in drawn for dimension in one.vdims)
        if tells or kind.table is not Layer.table:
            found[kind.__module__.rpartition(".")[2]] = kind
    return found


class TableHandler(Guarded):
    """/table/NAME: made once for all who ask, anew with a frame and each minute."""

    def initialize(self, once: Once) -> None:
        """Where tables are kept."""
        self.once = once

    async def get(self, name: str) -> None:
        """The page; 404 for a name or language that is not on its list."""
        language = self.one_of("lang", languages())
        if language is None or name not in twins():
            self.refuse(404)
            return
        layer = twins()[name](follow=False, language=language, now=clock.now())
        try:
            found = await self.once.get(_key(name, layer), lambda: _page(layer))
        except Busy:
            self.set_header("Retry-After", "1")
            self.refuse(503)
            return
        self.send(KIND, found.plain, found.packed)


def _key(name: str, layer: Layer) -> tuple:
    """What makes two tables the same."""
    frames = tuple((id(feed.frame), feed.state(layer.now)) for feed in layer.follows)
    return name, layer.language, layer.now.replace(second=0, microsecond=0), frames


def _page(layer: Layer) -> Answer:
    """Blocks: for a thread."""
    table = layer.table()
    html = environment().get_template("_table.html").render(
        _=layer.say, about=layer.age(), card=layer, lang=layer.language,
        labels=list(table.columns), languages=languages(), practice=clock.practice,
        rows=table.to_numpy(dtype=object).tolist(), static=static,
        sources=sources(layer.follows, layer.say),
        title=layer.say(layer.title), twins=named(layer.language),
    )  # fmt: skip
    return answer(html.encode(), pack=True)


def sources(shown: Iterable[Feed], say: Callable[[str], str]) -> list[str]:
    """Who publishes those, each once, in the language of ``say``."""
    said = (name for feed in shown for name in say(feed.source).split(", "))
    return list(dict.fromkeys(filter(None, said)))


def named(language: str) -> list[tuple[str, str]]:
    """(name, title in that language) of each table there is."""
    return [(name, say(kind.title, language)) for name, kind in twins().items()]
