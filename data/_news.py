"""RSS as the news give it: titles, links and times; nothing else of an item is kept (copyright)."""

import io
from collections.abc import Collection

import feedparser
import pandas as pd

from data._errors import Unreadable
from data._gate import spoken
from data._read import link, moments, plain
from data._strict import kind, load_xml

LONGEST = 200  # characters of a headline
UTF_8 = {"content-type": "application/rss+xml; charset=utf-8"}  # what load_xml found it to be


def rss(body: bytes, hosts: Collection[str]) -> pd.DataFrame:
    """The items of an RSS feed as columns title, link, observed_at (published); perhaps no row.

    The bytes are opened by ``load_xml`` first, which refuses a DTD, depth and mere mass, in which
    feedparser would lose itself. A title may have been escaped more than once. A link that is not
    https to one of the hosts is "".

    Raises Unreadable when it is no such XML or no RSS, Unreachable or Refused when it is a page.
    """
    if kind(body) != "xml":
        raise spoken(body)
    if "rss" not in load_xml(body):
        raise Unreadable("no rss around the items")
    told = feedparser.parse(
        io.BytesIO(body),  # never bytes or text, which it may take for a file's name
        response_headers=UTF_8,
        sanitize_html=False,  # plain() does
        resolve_relative_uris=False,
    )
    rows = pd.DataFrame(
        [[e.get(name, "") for name in ("title", "link", "published")] for e in told.entries],
        columns=["title", "link", "observed_at"],
        dtype=object,
    )
    return rows.assign(
        title=rows["title"].map(lambda text: plain(text, LONGEST).replace("\n", " ")),
        link=rows["link"].map(lambda address: link(address, hosts)),
        observed_at=moments(rows["observed_at"]),
    )
