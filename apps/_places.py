"""GET /places.json: every place a viewer may look for, whole; who looks for which is never told."""

from collections.abc import Iterator

import msgspec
import pandas as pd

from apps._api import Open
from apps._asked import Problem
from apps._format import compass
from apps._once import Answer, answer
from apps._walk import EAST, NORTH, PACE, WINDING
from data import BOUNDS, feeds, figure, languages, say

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
NEAREST = {  # what one may want near by: its feeds, and the layer that tells what is left there
    "Shelter": (("shelters", "indoor_shelters"), ""),
    "Public toilet": (("public_toilets",), ""),
    "Bike station": (("bike_places",), "bike_dots"),
    "Park": (("parks",), ""),
    "Emergency room": (("emergency_rooms",), "emergency_dots"),
}
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
    answered yet. ``near`` is what the browser needs to say which are near.
    """
    frame = feeds.districts.frame
    names = "name_ko" if language == "ko" else "name_en"
    known = {} if frame is None else dict(zip(frame["gu_code"], frame[names], strict=True))
    codes = {code: index for index, code in enumerate(known)}
    body = {
        "kinds": [(name, say(word, language), near) for name, (word, near) in KINDS.items()],
        "districts": list(known.items()),
        "near": _near(language),
        "places": [
            (ko, en, index, lon, lat, codes.get(code, -1))
            for index, name in enumerate(KINDS)
            for ko, en, lon, lat, code in _rows(name, feeds[name].frame)
        ],
    }
    return answer(msgspec.json.encode(body), pack=True)


def _near(language: str) -> dict:
    """``kinds`` is [word, indices of kinds, layer] of each; metres of a degree, the pace and the
    winding of a walker; the eight points of the compass from north on; words.
    """
    told = {"k": figure(WINDING, 1), "v": figure(PACE * 60 / 1000)}
    index = list(KINDS).index
    return {
        "kinds": [
            (say(word, language), [index(feed) for feed in names], layer)
            for word, (names, layer) in NEAREST.items()
        ],
        "degree": (EAST, NORTH),
        "walk": (PACE, WINDING),
        "points": [compass(45 * n, language) for n in range(8)],
        "words": {
            "here": say("From here", language),
            "middle": say("From the middle of the map", language),
            "ask": say("What do you look for?", language),
            "asked": say("Your place is being found.", language),
            "refused": say("This page may not know your place.", language),
            "unfound": say("Your place cannot be found now.", language),
            "outside": say("You are outside Seoul, of which alone this page tells.", language),
            "own": say("Nearest to you; your place is known to {n}.", language),
            "centre": say("Nearest to the middle of the map.", language),
            "walk": say("{n} min on foot", language),
            "estimate": say(
                "On foot is an estimate: the straight line times {k}, at {v} km/h.",
                language,
                **told,
            ),
            "private": say("Your place stays in this browser.", language),
        },
    }


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
