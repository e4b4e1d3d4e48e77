"""The one Bokeh server: our routes alone, and who may ask."""

import socket

from bokeh.server.server import BaseServer
from bokeh.server.tornado import BokehTornado
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.routing import URLSpec

from apps._guard import HEARD, LIMITS, NotFound, hosts


class Application(BokehTornado):
    """Bokeh's application with our routes in place of its own, none of which is left."""

    def __init__(self, routes: list[URLSpec], allowed: set[str]):
        super().__init__(
            {},
            extra_websocket_origins=list(allowed),
            websocket_max_message_size_bytes=HEARD,
            default_handler_class=NotFound,
            websocket_ping_interval=20,
            websocket_ping_timeout=20,
            log_function=lambda handler: None,
        )
        self.hosts = allowed
        self.wildcard_router.rules[:] = routes
        self.wildcard_router.named_rules.clear()


class Server(BaseServer):
    """Its port is taken at once; who comes before ``start`` waits for it."""

    def __init__(self, application: Application, sockets: list[socket.socket]):
        super().__init__(IOLoop.current(), application, HTTPServer(application, **LIMITS))
        self._sockets = sockets

    @property
    def port(self) -> int:
        """Which it got."""
        return self._sockets[0].getsockname()[1]

    def start(self) -> None:
        """Let them in."""
        super().start()
        self._http.add_sockets(self._sockets)


def server(routes: list[URLSpec], port: int, address: str | None, allowed: list[str]) -> Server:
    """A server of those routes, not started; port 0 is any free one."""
    sockets = bind_sockets(port, address or None)
    port = sockets[0].getsockname()[1]
    return Server(Application(routes, hosts(allowed, address, port)), sockets)
