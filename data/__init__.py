"""What the city tells us: one file per feed, each giving one frame.

A file without an underscore is a feed; a file with one is what feeds are made of.
"""

from data import _squares as squares
from data._age import About, duration
from data._bands import band, band_limits, bands
from data._city import BOUNDS, CENTRE, TM, ZONE
from data._clock import clock
from data._columns import TIME, Column, Frame, check, empty
from data._counter import Uncountable, count_points
from data._derive import derive
from data._doubt import sure
from data._errors import FeedError, Refused, Unreachable, Unreadable
from data._feed import Feed
from data._fetch import fetch_picture
from data._figures import DASH, figure, known
from data._folder import folder
from data._history import History
from data._keeper import Keeper
from data._past import fetched, rows_since, when
from data._people import by_age, changes
from data._poll import Poller
from data._practice import keep_time
from data._questions import City
from data._shelf import Shelf
from data._systems import System, systems
from data._words import languages, say, words

__all__ = [
    "BOUNDS", "CENTRE", "DASH", "TIME", "TM", "ZONE", "About", "Column", "Feed", "FeedError",
    "Frame", "History", "Keeper", "Poller", "Refused", "Shelf", "System", "Uncountable",
    "Unreachable", "Unreadable", "band", "band_limits", "bands", "by_age", "changes", "check",
    "city", "clock", "count_points", "derive", "duration", "empty", "feeds", "fetch_picture",
    "fetched", "figure", "folder", "keep_time", "known", "languages", "rows_since", "say",
    "squares", "sure", "systems", "when", "words",
]  # fmt: skip

feeds = Shelf("data", Feed, make=lambda cls, name: cls(name=name))
city = City(feeds)
