"""GET /places.json: every place a viewer may look for, whole; who looks for which is never told."""

from collections.abc import Iterator

import msgspec
import pandas as pd

from apps._api import Open
from apps._asked import Problem
from apps._once import Answer, answer
from data import BOUNDS, feeds, languages, say

KINDS = {  # feed: what one of its rows is, and how many times nearer than the city it is shown
    "districts": ("District", 3.5),
    "dongs": ("Dong", 8),
    "stations": ("Subway station", 9),
    "hotspot_places": ("Busy place", 8),
    "parks": ("Park", 7),
    "renewed_places": ("Renewed place", 9),
    "libraries": ("Libraries", 10),
    "culture_spaces": ("Cultural space", 10),
    "heritage": ("Future heritage", 10),
    "emergency_rooms": ("Emergency room", 10),
    "shelters": ("Shelter outdoors", 12),
    "indoor_shelters": ("Shelter indoors", 12),
    "public_toilets": ("Public toilet", 12),
    "job_cafes": ("Job cafés", 12),
    "bike_places": ("Bike station", 12),
    "cctv": ("Road camera", 12),
}  # in the order in which places are offered
MINUTE = "public, max-age=60"


class PlacesHandler(Open):
    """/places.json: made once for all who ask, anew when one of its frames is another."""

    async def get(self) -> None:
        """The places; 404 for a language that is not on its list."""
        language = self.one_of("lang", languages())
        if language is None:
            return self.tell(Problem(404, "There is no such language."))
        key = ("places", language, tuple(id(feeds[name].frame) for name in KINDS))
        kind = "application/json; charset=utf-8"
        return await self.give(kind, key, lambda: places(language), MINUTE)


def places(language: str) -> Answer:
    """JSON of kinds, districts and places. Blocks: for a thread.

    ``kinds`` is [feed, what a row is, times nearer than the city it is shown] of every kind,
    ``districts`` [code, name]; a place is [name in Korean, in English or "", index of its kind,
    degrees east, degrees north, index of its district or -1]. Words and names of districts are in
    that language. Places outside the map are left out, and so are those of a feed that has not
    answered yet.
    """
    frame = feeds.districts.frame
    names = "name_ko" if language == "ko" else "name_en"
    known = {} if frame is None else dict(zip(frame["gu_code"], frame[names], strict=True))
    codes = {code: index for index, code in enumerate(known)}
    body = {
        "kinds": [(name, say(word, language), near) for name, (word, near) in KINDS.items()],
        "districts": list(known.items()),
        "places": [
            (ko, en, index, lon, lat, codes.get(code, -1))
            for index, name in enumerate(KINDS)
            for ko, en, lon, lat, code in _rows(name, feeds[name].frame)
        ],
    }
    return answer(msgspec.json.encode(body), pack=True)


def _rows(name: str, frame: pd.DataFrame | None) -> Iterator[tuple[str, str, float, float, str]]:
    """Name in Korean and English, degrees, code of the district ("" unknown) of each, once."""
    if frame is None:
        return
    rows = frame
    if "in_seoul" in rows:  # a station where lines meet is one place
        rows = rows[rows["in_seoul"]].drop_duplicates("name_ko")
    west, south, east, north = BOUNDS
    inside = rows["lon"].between(west, east) & rows["lat"].between(south, north)
    rows = rows[inside]
    blank = pd.Series("", index=rows.index)
    korean = rows["name_ko"] if "name_ko" in rows else rows["name"]
    told = pd.DataFrame(
        {
            "ko": korean.fillna(""),
            "en": rows.get("name_en", blank).fillna(""),
            "lon": rows["lon"].round(4),
            "lat": rows["lat"].round(4),
            "code": rows.get("gu_code", blank).fillna(""),
        }
    )
    yield from told[told["ko"] != ""].drop_duplicates().itertuples(index=False, name=None)
