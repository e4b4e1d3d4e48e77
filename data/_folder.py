"""Where what we keep is: ``$CITY_CACHE``, else ``~/.cache/civic-mayors-office``."""

import os
from pathlib import Path


def folder() -> Path:
    """The folder; it may not be there yet."""
    return Path(os.environ.get("CITY_CACHE") or Path.home() / ".cache" / "civic-mayors-office")
