"""RSS 2.0 around items, as news agencies and WordPress write it."""

from datetime import datetime
from email.utils import format_datetime

from data.sim._service import Reply

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"><channel><title>{title}</title>'
    "<link>{home}</link><pubDate>{newest}</pubDate>{items}</channel></rss>"
)


def feed(title: str, home: str, newest: datetime, items: list[str]) -> Reply:
    """One RSS feed around its items, written when the newest of them was."""
    said = RSS.format(title=title, home=home, newest=format_datetime(newest), items="".join(items))
    return Reply(said.encode(), "application/rss+xml")
