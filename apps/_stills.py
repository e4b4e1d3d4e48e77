"""Stills of road cameras: fetched once for all who look, kept in memory, never stored."""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2s

from apps._guard import Guarded
from data import FeedError, clock, feeds, fetch_picture

log = logging.getLogger(__name__)
LOOKED_AT = 30.0  # seconds a camera is asked again after somebody last looked
AGAIN = 5.0  # seconds between two pictures of one camera
AT_ONCE = 4  # pictures on their way at a time
OLDEST = 60.0  # seconds of this machine after which a picture is none


@dataclass(frozen=True)
class Still:
    """One picture: JPEG, when we fetched it (city time, and seconds of this machine)."""

    jpeg: bytes
    at: datetime
    fetched: float
    etag: str


@dataclass
class _Camera:
    """One camera somebody looks at."""

    looked: float = 0.0
    tried: float = float("-inf")
    still: Still | None = None
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Stills:
    """The last picture of each camera somebody looks at."""

    def __init__(self):
        self._cameras: dict[str, _Camera] = {}
        self._queue = asyncio.Semaphore(AT_ONCE)

    async def get(self, camera_id: str) -> Still | None:
        """Its picture, fetched now if nobody has looked lately; None when there is none.

        Raises KeyError for an id that is not in the frame of cctv.
        """
        _address(camera_id)
        camera = self._cameras.setdefault(camera_id, _Camera())
        camera.looked = time.monotonic()
        if self._fresh(camera) is None:
            await self._renew(camera_id, camera)
        return self._fresh(camera)

    async def renew(self) -> None:
        """Fetch again what is looked at and due; forget what nobody looks at."""
        for camera_id, camera in list(self._cameras.items()):
            if time.monotonic() - camera.looked > LOOKED_AT:
                del self._cameras[camera_id]
        await asyncio.gather(*(self._renew(i, c) for i, c in self._cameras.items()))

    async def _renew(self, camera_id: str, camera: _Camera) -> None:
        async with camera.asking, self._queue:
            if time.monotonic() - camera.tried < AGAIN:  # somebody else has, while we waited
                return
            camera.tried = time.monotonic()
            try:
                jpeg = await fetch_picture(_address(camera_id))
            except (FeedError, KeyError) as problem:
                log.debug("no still of camera %s: %s", camera_id, problem)
                return
            mark = f'"{blake2s(jpeg, digest_size=9).hexdigest()}"'
            camera.still = Still(jpeg, clock.now(), time.monotonic(), mark)

    @staticmethod
    def _fresh(camera: _Camera) -> Still | None:
        still = camera.still
        return still if still and time.monotonic() - still.fetched < OLDEST else None


def _address(camera_id: str) -> str:
    """Where a camera's picture is. Raises KeyError for a camera that is not on the list."""
    frame = feeds.cctv.frame
    found = [] if frame is None else frame.loc[frame["camera_id"] == camera_id, "address"]
    if not len(found):
        raise KeyError(camera_id)
    return found.iloc[0]


class StillHandler(Guarded):
    """/still/ID.jpg: 404 for a camera that is not listed, 503 when there is no picture now."""

    def initialize(self, stills: Stills) -> None:
        """Whose."""
        self.stills = stills

    async def get(self, camera_id: str) -> None:
        """The picture; ``X-Still-At`` is the city's time of it."""
        try:
            still = await self.stills.get(camera_id)
        except KeyError:
            self.refuse(404)
            return
        if still is None:
            self.set_header("Retry-After", str(round(AGAIN)))
            self.refuse(503)
            return
        self.set_header("Cache-Control", f"public, max-age={AGAIN / 2:.0f}")
        self.set_header("X-Still-At", still.at.isoformat())
        self.set_header("Etag", still.etag)
        if still.etag in self.request.headers.get("If-None-Match", ""):
            self.set_status(304)
            self.finish()
        else:
            self.send("image/jpeg", still.jpeg)
