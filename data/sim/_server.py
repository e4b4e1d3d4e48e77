"""The practice city on HTTP: every service under the folder of its portal, and ``/clock``."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable
from hashlib import blake2s

from aiohttp import web

from data.sim._faults import Faults, misbehave
from data.sim._open_data import Table, unknown
from data.sim._service import Reply, Request, Service, services
from data.sim._world import GREAT_RAIN, Hands, World

log = logging.getLogger(__name__)
PICTURES, RSS = "image/jpeg", "application/rss+xml"
DROPS = "/drop/"  # files, which a server of files gives with a mark, as it does RSS


class City:
    """One world, its clock, its faults and the services that answer for it."""

    def __init__(self, seed: int = 1, start: str = GREAT_RAIN, speed: float = 20, faults: str = ""):
        self.hands = Hands(start, speed)
        self.world = World(seed)
        self.faults = Faults(faults, self.hands.start)
        self.services = list(services(self.world))
        strange = self.faults.names - {name for name, _ in self.services}
        if strange:
            raise ValueError(f"SIM_FAULTS: no service named {', '.join(sorted(strange))}")

    @classmethod
    def from_environment(cls) -> "City":
        """As ``SIM_SEED``, ``SIM_START``, ``SIM_SPEED`` and ``SIM_FAULTS`` say."""
        said = os.environ
        return cls(
            int(said.get("SIM_SEED") or 1),
            said.get("SIM_START") or GREAT_RAIN,
            float(said.get("SIM_SPEED") or 20),
            said.get("SIM_FAULTS", ""),
        )

    def app(self) -> web.Application:
        """Everything there is to ask."""
        app = web.Application()
        app.router.add_get("/clock", self._clock)
        for name, service in self.services:
            app.router.add_get(service.route, self._asked(name, service))
        app.router.add_get(f"/{Table.folder}/{{path:.*}}", _unknown)
        return app

    def _asked(self, name: str, service: Service) -> Callable:
        async def answer(http: web.Request) -> web.StreamResponse:
            request = Request(
                dict(http.match_info), dict(http.query), self.hands.now(), f"http://{http.host}"
            )
            fault = self.faults.of(name)
            reply = await asyncio.to_thread(self.faults.plain, fault, service, request)
            return await misbehave(fault, http, reply) or _response(reply, http)

        return answer

    async def _clock(self, http: web.Request) -> web.Response:
        told = {"now": self.hands.now().isoformat(), "speed": self.hands.speed}
        return web.json_response(told)


async def _unknown(http: web.Request) -> web.Response:
    return _response(unknown(http.match_info["path"]), http)


def _response(reply: Reply, http: web.Request) -> web.Response:
    charset = None if reply.kind == PICTURES else "utf-8"
    answer = web.Response(
        body=reply.body, status=reply.status, content_type=reply.kind, charset=charset
    )
    if reply.status == 200 and (http.path.startswith(DROPS) or reply.kind == RSS):
        answer.etag = blake2s(reply.body, digest_size=12).hexdigest()
        if answer.etag in (http.if_none_match or ()):
            return web.Response(status=304, headers={"ETag": answer.headers["ETag"]})
    return answer


async def serve(city: City, listener: socket.socket) -> None:
    """Answer until we are told to stop, or whoever started us is gone."""
    runner = web.AppRunner(city.app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    stop, parent = asyncio.Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while not stop.is_set() and os.getppid() == parent:
        try:
            await asyncio.wait_for(stop.wait(), 1)
        except TimeoutError:
            continue
    await runner.cleanup()
