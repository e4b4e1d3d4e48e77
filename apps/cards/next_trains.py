"""When does the next train come, and where does it go?"""

import pandas as pd

from apps._format import shown
from apps.cards import Card
from apps.cards._near import short
from apps.cards._trains import coming, due, side
from layers import Frame

TOLD = 3  # trains of a direction
MINUTE = 60.0
BEYOND = {  # terminals outside our table of stations
    "인천공항2터미널": "Incheon Airport T2", "인천공항1터미널": "Incheon Airport T1",
    "인천": "Incheon", "동인천": "Dongincheon", "신창": "Sinchang", "천안": "Cheonan",
    "서동탄": "Seodongtan", "소요산": "Soyosan", "연천": "Yeoncheon", "동두천": "Dongducheon",
    "문산": "Munsan", "용문": "Yongmun", "덕소": "Deokso", "지평": "Jipyeong", "진접": "Jinjeop",
    "오이도": "Oido", "안산": "Ansan", "서울": "Seoul Station", "양주": "Yangju", "구로": "Guro",
}  # fmt: skip


class NextTrains(Card):
    """Per line and direction the next trains: the nearest large. Lines stay where they are."""

    title = "Next trains"

    trains = Frame("subway_arrivals", doc="Coming trains of every station somebody looks at.")
    stations = Frame("stations", doc="Which lines stop here, and the stops beside this one.")
    lines = Frame("lines", doc="Names and colours of the lines.")

    def facts(self) -> dict:
        """lines, each with its two ways and their trains; known; none: no train comes at all."""
        rows = pd.DataFrame() if self.trains is None else self._here()
        seen = rows["observed_at"].max().to_pydatetime() if len(rows) else None
        about = self.about("trains", seen)
        known = self.trains is not None and shown(about)
        rows = coming(rows, self.moment) if known and len(rows) else rows.head(0)
        lines = [self._line(line, rows) for line in self._lines()]
        return {"about": about, "known": known, "none": known and rows.empty, "lines": lines}

    def _here(self) -> pd.DataFrame:
        return self.trains[self.trains["station"] == self.station]

    def _lines(self) -> list[dict]:
        """The lines of the station in the order of the table, each with the stops beside it."""
        if self.stations is None or self.lines is None:
            return []
        here = self.stations[self.stations["name_ko"] == self.station]
        lines = self.lines.drop_duplicates("line_id").set_index("line_id")
        stops = [
            s for s in here.drop_duplicates("line_id").itertuples() if s.line_id in lines.index
        ]
        return [
            {"id": s.line_id, "beside": self._beside(s), **lines.loc[s.line_id].to_dict()}
            for s in stops
        ]

    def _beside(self, stop) -> tuple[str, str]:
        """The stops before and after this one on its line; "" at an end."""
        line = self.stations[
            (self.stations["line_id"] == stop.line_id) & (self.stations["branch"] == stop.branch)
        ]
        order = line.drop_duplicates("line_order").set_index("line_order")["name_ko"]
        return tuple(order.get(stop.line_order + step, "") for step in (-1, 1))

    def _line(self, line: dict, rows: pd.DataFrame) -> dict:
        mine = rows[rows["line_id"] == line["subway_id"]] if len(rows) else rows
        sides: tuple[list, list] = ([], [])
        for row in mine.itertuples():
            sides[side(row, line["beside"])].append(self._train(row))
        name = line["name_ko"] if self.language == "ko" else _sign(line["name_en"])
        return {
            "id": line["id"],
            "name": name,
            "colour": line["colour"],
            "dark": _is_dark(line["colour"]),
            "ways": [
                {"via": self._name(via), "trains": trains[:TOLD]}
                for via, trains in zip(line["beside"], sides, strict=True)
                if via or trains
            ],
        }

    def _train(self, row) -> dict:
        """minutes, whole, when a time is known; else stops away, None when that is not known."""
        minutes = int(max(row.left, 0) // MINUTE) if row.left == row.left else None
        stops = int(row.stops) if row.stops == row.stops else None
        return {
            "due": due(row),
            "minutes": minutes,
            "stops": stops,
            "soon": minutes == 0 if minutes is not None else stops == 0,
            "to": self._name(row.terminal),
            "at": self._where(row),
            "express": row.express,
            "last": row.last,
        }

    def _where(self, row) -> str:
        """Where the train is; empty when it is here, or when there is no room beside its kind."""
        at = self._name(row.at) if row.at != self.station else ""
        room = (4 if self.language == "ko" else 10) if row.express or row.last else 20
        return at if len(at) <= room else ""

    def _name(self, station: str) -> str:
        """In the card's language; empty in English when there is no English name."""
        if self.language == "ko" or not station:
            return station
        english = dict(zip(self.stations["name_ko"], self.stations["name_en"], strict=True))
        return short(english.get(station) or BEYOND.get(station, ""), 20)


def _sign(name: str) -> str:
    """As it stands on a sign: no brackets, ``Line`` only before a number."""
    return name.split(" (")[0].removesuffix(" Line")


def _is_dark(colour: str) -> bool:
    """Whether white stands out better from that colour (#RRGGBB) than black."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05) > (light + 0.05) / 0.05
