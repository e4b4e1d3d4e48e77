"""What goes wrong with a feed, in words a reader of the board knows."""

import re
from datetime import datetime

from apps._format import when
from apps._strip import Trouble
from data import Feed, say

KINDS = {
    "unreachable": "No answer",
    "refused": "Refused",
    "unreadable": "Not as declared",
    "missing": "The feed cannot be read",
    "idle": "Asked only while somebody looks",
}
KNOWN = {  # what the feeds say most: the rest stays in their own words
    r"no whole answer within (?P<n>\S+) s": "no whole answer within {n} s",
    r"the connection ended early \(.*\)": "the connection ended early",
    r"connection refused": "nobody listens there",
    r"the name of the host is not known": "the name of the host is not known",
    r"a web page, no data": "a web page, no data",
    r"closed for maintenance": "closed for maintenance",
    r"HTTP (?P<n>\d+)": "HTTP {n}",
    r"(?P<key>[A-Z_]+) is not set": "{key} is not set",
    r"today's (?P<n>\d+) calls of \w+ are used up": "today's {n} calls are used up",
    r"an empty answer": "an empty answer",
    r"an answer without rows": "an answer without rows",
    r"neither JSON nor XML": "neither JSON nor XML",
}
HANGUL = re.compile("[가-힣]")  # a portal's own words


def told(feed: Feed | None, last: Trouble | None, now: datetime, language: str) -> dict | None:
    """What is or was wrong: says, its kind; text in ``lang``; since; until, empty while it lasts.

    None when nothing has been wrong in 24 hours. ``feed`` is None when its file cannot be read.
    """
    nothing = {"text": "", "lang": "", "since": "", "until": ""}
    if feed is None:
        return nothing | {"says": say(KINDS["missing"], language)}
    if (last is None or last.until) and "{station}" in feed.url and not feed.wanted:
        return nothing | {"says": say(KINDS["idle"], language)}
    if last is None:
        return None
    text, spoken = heard(last.text, language)
    return {
        "says": say(KINDS[last.kind], language),
        "text": text,
        "lang": spoken,
        "since": when(last.since, now, language),
        "until": when(last.until, now, language) if last.until else "",
    }


def heard(text: str, language: str) -> tuple[str, str]:
    """A feed's words and their language: those of KNOWN in the reader's, others as they are."""
    for pattern, words in KNOWN.items():
        if found := re.fullmatch(pattern, text):
            return say(words, language, **found.groupdict()), language
    return text, "ko" if HANGUL.search(text) else "en"
