"""Files that never change while we run: named by their hash, compressed ahead, kept for ever.

What is served is what stands in ``apps/static``, the tokens, and Bokeh's one script; a path that
is not in that list is not looked for on disk. A file names another as ``"./name"``, and is told
the other's hashed name, so that nothing old is ever mixed with something new.
"""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from pathlib import Path

import bokeh

import layers
from apps._guard import Guarded, takes_gzip

HERE = Path(__file__).parent / "static"
TOKENS = Path(layers.__file__).with_name("tokens.css")
BOKEH = Path(bokeh.__file__).parent / "server" / "static" / "js" / "bokeh.min.js"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
REFERENCE = re.compile(r"""(?<=["'(])\./([\w.-]+)(?=["')])""")
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class File:
    """One file as it is served: ``plain`` and ``packed`` are the same bytes, gzip or not."""

    url: str
    kind: str
    plain: bytes
    packed: bytes


@cache
def sources() -> dict[str, Path]:
    """Name: where it lies."""
    found = {path.name: path for path in sorted(HERE.iterdir()) if path.suffix in TYPES}
    return found | {TOKENS.name: TOKENS, BOKEH.name: BOKEH}


@cache
def file(name: str) -> File:
    """The file of that name. Raises KeyError for any other."""
    path = sources()[name]
    plain = path.read_bytes()
    if path.suffix in {".css", ".js"} and path != BOKEH:
        text = REFERENCE.sub(lambda found: static(found[1]), plain.decode())
        plain = text.encode()
    mark = blake2s(plain, digest_size=6).hexdigest()
    url = f"/static/{path.stem}.{mark}{path.suffix}"
    return File(url, TYPES[path.suffix], plain, gzip.compress(plain, 9, mtime=0))


def static(name: str) -> str:
    """The address of a file of apps/static, the tokens or ``bokeh.min.js``."""
    return file(name).url


@cache
def served() -> dict[str, File]:
    """Every address there is under /static."""
    return {one.url: one for one in map(file, sources())}


@cache
def version() -> str:
    """What a browser was given: another one after any change of these files."""
    return blake2s("".join(sorted(served())).encode(), digest_size=6).hexdigest()


class StaticFile(Guarded):
    """A listed file; every other address is 404."""

    def get(self) -> None:
        """The bytes, for ever."""
        found = served().get(self.request.path)
        if found is None:
            self.refuse(404)
            return
        self.set_header("Cache-Control", FOR_EVER)
        self.send(found.kind, found.plain, found.packed)


class Icon(Guarded):
    """/favicon.ico, which browsers ask for by themselves."""

    def get(self) -> None:
        """Where the sign is."""
        self.set_header("Cache-Control", "public, max-age=86400")
        sign = file("favicon.svg")
        self.send(sign.kind, sign.plain, sign.packed)


__all__ = ["File", "Icon", "StaticFile", "file", "served", "static", "takes_gzip", "version"]
