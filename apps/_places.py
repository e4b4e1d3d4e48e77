"""GET /places.json: every place by name, for a search that happens in the browser.

What somebody looks for, and where they are, never comes here: the whole list goes to who searches.
"""

import msgspec
import pandas as pd

from apps._api import Open
from apps._once import Answer, answer
from data import BOUNDS, clock, feeds, languages, say

KINDS = {  # feed: how many times nearer than the whole city such a place is shown
    "districts": 3.5, "stations": 9.0, "hotspot_places": 8.0, "dongs": 7.0, "parks": 7.0,
    "renewed_places": 9.0, "libraries": 10.0, "cctv": 12.0,
}  # fmt: skip
FRESH = 300  # seconds for which a list is given again
DAY = "public, max-age=300"


class PlacesHandler(Open):
    """Anybody may ask; it is the same for all."""

    async def get(self) -> None:
        """JSON: ``kinds`` as [label, times] and ``places`` as [name, other name, kind, latitude,
        longitude, district], degrees; the kinds that matter most first.
        """
        language = self.one_of("lang", languages())
        if language is None:
            return self.refuse(404)
        key = ("places", language, int(clock.now().timestamp() // FRESH))
        return await self.give(
            "application/json; charset=utf-8", key, lambda: listed(language), DAY
        )


def listed(language: str) -> Answer:
    """All places in that language; of a feed without a frame none."""
    named = feeds.districts.frame
    column = "name_ko" if language == "ko" else "name_en"
    districts = {} if named is None else named.set_index("gu_code")[column].to_dict()
    places = []
    for number, kind in enumerate(KINDS):
        frame = feeds[kind].frame
        if frame is not None:
            places += rows(pd.DataFrame(frame), number, column, districts)
    kinds = [[say(feeds[kind].title, language), times] for kind, times in KINDS.items()]
    return answer(msgspec.json.encode({"kinds": kinds, "places": places}), pack=True)


def rows(frame: pd.DataFrame, kind: int, column: str, districts: dict[str, str]) -> list[list]:
    """The places of a frame in the city that have a name, each name of a district once."""
    named = [n for n in ("name_ko", "name_en", "name") if n in frame]
    frame = frame.assign(gu_code=frame.get("gu_code", ""))
    west, south, east, north = BOUNDS
    inside = frame["lon"].between(west, east) & frame["lat"].between(south, north)
    frame = frame[inside].drop_duplicates([named[0], "gu_code"])
    found = []
    for row in frame.to_dict("records"):
        names = [str(row[n]).strip() for n in named if str(row[n] or "").strip()]
        if not names:
            continue
        name = row[column] if str(row.get(column) or "").strip() else names[0]
        other = next((n for n in names if n != name), "")
        there = round(float(row["lat"]), 4), round(float(row["lon"]), 4)
        found.append([name, other, kind, *there, districts.get(row["gu_code"], "")])
    return found
