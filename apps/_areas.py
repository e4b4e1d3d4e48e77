"""GET /areas.json: what is told of every district and dong; who looks at which is never told."""

from datetime import datetime

import msgspec

from apps._api import Open
from apps._area_cells import FEEDS, Areas, Cells
from apps._asked import Problem
from apps._moment import frames, moment, settled
from apps._once import Answer, answer
from apps._table import sources
from data import clock, feeds, languages
from layers import given, needs

JSON = "application/json; charset=utf-8"
FRESH = 20  # seconds for which what may still change is given again
HOUR, SOON = "public, max-age=3600", "public, max-age=20"


class AreasHandler(Open):
    """/areas.json, of now or with ``at`` of another moment: made once for all who ask."""

    async def get(self) -> None:
        """The areas; 404 for a language that is not on its list, 422 for what is no moment."""
        language = self.one_of("lang", languages())
        if language is None:
            return self.tell(Problem(404, "There is no such language."))
        try:
            at = self.get_query_argument("at", "")
            then = moment(at) if at else None
        except Problem as problem:
            return self.tell(problem)
        lasting = then is not None and settled(then)
        turn = None if lasting else clock.now().timestamp() // (FRESH * max(clock.speed, 1))
        key = ("areas", language, then, turn)
        return await self.give(JSON, key, lambda: areas(language, then), HOUR if lasting else SOON)


def areas(language: str, then: datetime | None = None) -> Answer:
    """JSON of districts and dongs. Blocks: for a thread. Raises Problem when nothing is known.

    ``figures`` says of both [theme, [word, unit] of each figure]; ``districts`` and ``dongs`` are
    by code [name in Korean, name in that language, a cell a figure], as ``Cells`` gives them;
    ``marks``: HTML by number; ``sources``: who publishes all that.
    """
    if then is None:
        reader = Areas(follow=False, language=language)
    else:
        there = frames(needs(Areas).values(), then)
        if not any(feeds[name].every for name in there):
            raise Problem(404, "Nothing is known of that moment.")
        reader = Areas(follow=False, language=language, now=then, **given(Areas, there))
    cells = Cells(reader, then is not None and then > clock.now())
    said = reader.say
    body = {
        "words": {
            "close": said("Close"),
            "districts": said("District"),
            "dongs": said("Dong"),
            "borders": said(
                "Borders of dongs are drawn by us: what is counted by them is estimated."
            ),
        },
        "figures": {"districts": cells.heads("gu_code"), "dongs": cells.heads("dong")},
        "districts": cells.areas("gu_code", reader.districts),
        "dongs": cells.areas("dong", reader.dongs),
        "marks": cells.marks,
        "sources": ", ".join(sources([feeds[name] for name in sorted(FEEDS)], said)),
    }
    return answer(msgspec.json.encode(body), pack=True)
