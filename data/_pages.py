"""Pages of the open data portal: ``/{first}/{last}/`` in an address is what it asks for."""

import re

from data._envelope import seoul

RANGE = re.compile(r"/(\d{1,7})/(\d{1,7})(?=/|$)")


def page_after(body: bytes, url: str) -> str | None:
    """The url of the page after this one, of the same size; None after a page that is not full.

    Raises FeedError as ``seoul`` does.
    """
    told = RANGE.search(url)
    first, last = int(told[1]), int(told[2])
    size = last - first + 1
    if len(seoul(body)) < size:
        return None
    return f"{url[: told.start()]}/{first + size}/{last + size}{url[told.end() :]}"
