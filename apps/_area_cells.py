"""What frames say of every district and dong: a cell a figure, ready to be shown."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

import pandas as pd
from markupsafe import Markup, escape

from apps._area_figures import DISTRICT, DONG, Figure
from apps._area_rows import Rows
from apps._format import shown
from apps.cards import environment
from data import DASH, feeds, known, sure
from layers import Frame, Reader, fresh, home

TABLES = {"gu_code": DISTRICT, "dong": DONG}  # by the column that has the codes
SHAPES = {"gu_code": "district_shapes", "dong": "dong_shapes"}
FEEDS = {one.feed for table in TABLES.values() for figures in table.values() for one in figures}
NAMES = sorted({*FEEDS, *SHAPES.values(), "districts", "dongs", "living_population"})
NONE = -1  # the mark of what never changes
Cell = tuple[str, int] | tuple[str, int, str]

Areas = type(
    "Areas",
    (Reader,),
    {"__doc__": "Every frame that a figure of an area is made of, by the name of its feed."}
    | {name: Frame(name, doc="As its feed says.") for name in NAMES},
)


class Cells:
    """What a reader's frames say.

    A cell is (HTML of its value, number of its mark, its unit where that is not the figure's);
    the dash where nothing is known. A figure that counts rows has 0 where a feed that tells has
    none.

    Args:
        reader: with those frames, in a language, at a moment.
        ahead: of a moment to come: what nobody foretells is left out.

    Attributes:
        marks: HTML of how old a value is, as beside every number of the house.
    """

    def __init__(self, reader: Reader, ahead: bool = False):
        self.reader, self.ahead = reader, ahead
        self.marks: list[str] = []
        words = {"_": reader.say, "lang": reader.language, "card": reader}
        self._macros = environment().get_template("_marks.html").make_module(words)
        for once in ("_mark", "_places", "_rows"):
            setattr(self, once, cache(getattr(self, once)))

    def heads(self, by: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Themes with word and unit of each figure."""
        say = self.reader.say
        return [
            (say(theme), [(say(one.title), say(one.measure)) for one in figures])
            for theme, figures in self._themes(by)
        ]

    def areas(self, by: str, rows: pd.DataFrame | None) -> dict[str, tuple[str, str, list[Cell]]]:
        """Name in Korean, name in the reader's language and a cell a figure, by code.

        Args:
            by: ``gu_code`` or ``dong``.
            rows: the table of these areas.
        """
        if rows is None:
            return {}
        names = rows["name_ko" if self.reader.language == "ko" else "name_en"]
        figures = [one for _, some in self._themes(by) for one in some]
        cells = zip(*(self._column(one, by, rows[by]) for one in figures), strict=True)
        return {
            code: (ko, name, row)
            for code, ko, name, row in zip(rows[by], rows["name_ko"], names, cells, strict=True)
        }

    def _themes(self, by: str) -> Iterator[tuple[str, list[Figure]]]:
        for theme, figures in TABLES[by].items():
            there = [f for f in figures if not self.ahead or self._frame(f.feed) is not None]
            if there:
                yield theme, there

    def _frame(self, feed: str) -> pd.DataFrame | None:
        return getattr(self.reader, feed)

    def _column(self, one: Figure, by: str, codes: pd.Series) -> list[Cell]:
        rows = self._rows(one.feed, one.rows)
        if rows is None:
            return [(DASH, self._mark(one.feed, None, False))] * len(codes)
        homes, guessed = self._homes(one, by, rows)
        there = _together(one, rows, homes)
        known_of = {code: row for code, *row in there.itertuples(name=None)}
        nothing = (one.nothing, pd.NaT, False, "", 0)
        return [self._cell(one, guessed, *known_of.get(code, nothing)) for code in codes]

    def _rows(self, feed: str, which: Rows) -> pd.DataFrame | None:
        """Those that count; None when nothing of the feed is known, or it is too old to be told."""
        rows = self._frame(feed)
        if rows is None or not feeds[feed].every:
            return rows if rows is None else which(rows, self.reader)
        if not shown(self.reader.about(feed)):
            return None
        return which(fresh(self.reader, feed), self.reader)

    def _cell(
        self,
        one: Figure,
        guessed: bool,
        value: object,
        at: object,
        few: bool,
        doubts: str,
        level: int,
    ) -> Cell:
        mark = self._mark(one.feed, None if at is pd.NaT else at.to_pydatetime(), guessed)
        say = self.reader.say
        if one.look == "change":
            return str(self._macros.delta(value)), mark
        if one.look == "words":
            return str(escape(value or say("none"))), mark
        text = escape(one.written(value))
        if few:
            text = escape(say("at least {n}", n=text) if known(value) else say("under 5"))
        if level:
            text = self._macros.segments(level) + text
        if one.how == "first" and one.column in doubts.split():
            text += self._macros.verifying(True)
        one_of = (say(one.measure, n=value),) if one.measure and value == 1 else ()
        return str(text), mark, *one_of

    def _homes(self, one: Figure, by: str, rows: pd.DataFrame) -> tuple[pd.Series, bool]:
        """Code of the area of each row, and whether it rests on a border of a dong that we drew."""
        if by in rows:
            return rows[by], False
        if by == "gu_code" and "dong" in rows:
            return rows["dong"].str[:5], False
        if one.by:
            table = self.reader.districts
            codes = (
                {} if table is None else dict(zip(table["name_ko"], table["gu_code"], strict=True))
            )
            return rows[one.by].map(codes), False
        return self._places(one.feed, by).reindex(rows.index), by == "dong"

    def _places(self, feed: str, by: str) -> pd.Series:
        rows = self._frame(feed).dropna(subset=["lon", "lat"])
        return home(rows, self._frame(SHAPES[by]), by)

    def _mark(self, feed: str, at: datetime | None, guessed: bool) -> int:
        """Number of the mark of that feed's values of that time; None: of its newest."""
        about = self.reader.about(feed, at)
        mark = "estimate" if guessed else about.mark
        said = self.reader.say(mark) if mark else ""
        if feeds[feed].every:
            html = str(self._macros.mark(about, said)).strip()
        else:
            html = str(Markup('<span class="fr">{}</span>').format(said)) if said else ""
        if not html:
            return NONE
        if html not in self.marks:
            self.marks.append(html)
        return self.marks.index(html)


def _together(one: Figure, rows: pd.DataFrame, homes: pd.Series) -> pd.DataFrame:
    """value, at, few, doubts and level by code: of the areas that have rows."""
    told = {"home": homes.to_numpy(), "at": pd.NaT, "few": False, "doubts": "", "level": 0}
    names = {"at": "observed_at", "few": one.few, "doubts": "suspect"}
    names |= {"level": "level"} if one.look == "air" else {}
    told |= {name: rows[column] for name, column in names.items() if column in rows}
    told["value"] = 1.0
    if one.column:
        told["value"] = rows[one.column] if one.how == "first" else sure(rows, one.column)
    order = ["value", "at", "few", "doubts", "level"]
    table = pd.DataFrame(told, rows.index)
    firsts = table[table["home"].notna()].drop_duplicates("home").set_index("home")[order]
    if one.how == "first":
        return firsts
    by = table.groupby("home", sort=False)
    if one.look == "words":
        firsts["value"] = by["value"].agg(lambda some: ", ".join(dict.fromkeys(some)))
    elif one.how == "sum":
        firsts["value"] = by["value"].sum(min_count=1)
    else:
        firsts["value"] = getattr(by["value"], one.how)()
    if "observed_at" in rows:
        firsts["at"] = by["at"].min()
    if one.few:
        firsts["few"] = by["few"].any()
    return firsts
