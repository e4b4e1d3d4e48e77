"""What every answer of ours has in common: headers, limits, and whom we answer at all."""

from tornado.web import RequestHandler

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Bokeh writes style elements into its shadow roots
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
ASKABLE = ("camera", "geolocation", "microphone", "payment", "usb")  # of the viewer's machine


def permissions(*allowed: str) -> str:
    """The Permissions-Policy of a page that may ask for those of ``ASKABLE``; others may not."""
    return ", ".join(f"{what}=({'self' if what in allowed else ''})" for what in ASKABLE)


HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": permissions(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SECURE = "max-age=31536000"  # Strict-Transport-Security, said over https alone
LIMITS = {  # of tornado's HTTPServer: nothing a viewer sends is long
    "max_header_size": 16 * 1024,
    "max_body_size": 4 * 1024,
    "body_timeout": 10,
    "idle_connection_timeout": 20,
}
HEARD = 4 * 1024  # bytes a websocket message may have


def hosts(allowed: list[str], address: str | None, port: int) -> set[str]:
    """Names we answer to, as ``host:port``; ``*`` answers to any.

    Args:
        allowed: what ``--allow-websocket-origin`` said; without a port, 80 and 443 are meant.
        address: where we listen, None everywhere.
    """
    ours = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    if address:
        ours.add(f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
    for name in allowed:
        bare = name != "*" and not name.rpartition(":")[2].isdigit()
        ours |= {f"{name}:80", f"{name}:443"} if bare else {name}
    return {name.lower() for name in ours}


def takes_gzip(said: str) -> bool:
    """Whether that Accept-Encoding takes gzip."""
    for part in said.lower().split(","):
        coding, _, quality = part.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


class Asked:
    """Who is asked, and from where: shared by plain requests and websockets."""

    def known(self) -> bool:
        """Whether the Host of the request is a name of ours."""
        return self._ours(self.request.host, self.request.protocol)

    def own_origin(self) -> bool:
        """Whether the request comes from a page of ours; one that does not say does not."""
        scheme, _, host = self.request.headers.get("Origin", "").partition("://")
        return scheme in {"http", "https"} and self._ours(host, scheme)

    def _ours(self, host: str, scheme: str) -> bool:
        ours = self.application.hosts
        if host.rpartition(":")[2].isdigit() is False or host.endswith("]"):
            host = f"{host}:{443 if scheme == 'https' else 80}"
        return "*" in ours or host.lower() in ours

    def protect(self) -> None:
        """The headers of every answer."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)
        if self.request.protocol == "https":
            self.set_header("Strict-Transport-Security", SECURE)


class Guarded(Asked, RequestHandler):
    """A request that is only read: GET or HEAD, of a host of ours, with our headers."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def set_default_headers(self) -> None:
        """On errors too."""
        self.protect()

    def prepare(self) -> None:
        """Refuse who is not asking us."""
        if not self.known():
            self.refuse(421)

    def head(self, *parts: str) -> object:
        """As GET; tornado leaves the body out."""
        return self.get(*parts)

    def refuse(self, status: int) -> None:
        """End with that status and nothing of what was asked."""
        self.set_status(status)
        self.write_error(status)

    def write_error(self, status_code: int, **_: object) -> None:
        """The status in words."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")

    def send(self, kind: str, plain: bytes, packed: bytes | None = None) -> None:
        """The body, packed where that was made and is taken."""
        self.set_header("Content-Type", kind)
        if packed is not None:
            self.set_header("Vary", "Accept-Encoding")
            if takes_gzip(self.request.headers.get("Accept-Encoding", "")):
                self.set_header("Content-Encoding", "gzip")
                plain = packed
        self.finish(plain)

    def compute_etag(self) -> None:
        """None: where one is useful it is set by hand, not hashed at each request."""
        return

    def one_of(self, name: str, values: list[str] | set[str]) -> str | None:
        """An argument that must be one of those; the first if it was not given, None if wrong."""
        given = self.get_query_arguments(name)
        if not given:
            return next(iter(values))
        return given[0] if len(given) == 1 and given[0] in values else None


class NotFound(Guarded):
    """Whatever is not on the list of routes."""

    def get(self, *_: str) -> None:
        """There is nothing here."""
        self.refuse(404)
