"""Whom we ask: the portals, their addresses, keys and daily allowances.

A feed's url begins with the portal's name, ``{seoul}/{seoul_key}/json/…``, and so holds neither
host nor key. A portal whose key is set is asked itself; every other one is asked in the practice
city (``PRACTICE_CITY``, an address on this machine), under a folder with the portal's host name.
"""

import os
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from data._errors import Refused

PRACTICE_KEY = "practice"


@dataclass(frozen=True)
class Portal:
    """One place to ask.

    Attributes:
        origin: scheme, host and port; empty when the environment variable ``where`` gives it.
        key: the environment variable that holds our key.
        daily: calls a day that the key allows; ``<key without _KEY>_DAILY`` overrides it
            (a number, or ``unlimited`` for a lifted key).
        folder: its place in the practice city.
        keyless: asked without a key.
    """

    name: str
    origin: str
    key: str
    daily: int
    folder: str
    where: str = ""
    keyless: bool = False

    @property
    def address(self) -> str:
        """Where the real portal is; empty when we were not told."""
        return self.origin or os.environ.get(self.where, "").rstrip("/")

    @property
    def real(self) -> bool:
        """Whether it is asked itself: we have its key, or its address where it wants no key."""
        return bool(self.address if self.keyless else os.environ.get(self.key))

    @property
    def practice(self) -> bool:
        """Whether the practice city stands in for it."""
        return not self.real and bool(os.environ.get("PRACTICE_CITY"))

    @property
    def allowance(self) -> float:
        """Calls a day; infinite for the practice city and for a lifted key."""
        said = os.environ.get(f"{self.key.removesuffix('_KEY')}_DAILY", "").strip().lower()
        if self.practice or said == "unlimited":
            return float("inf")
        return float(said) if said.isdigit() else float(self.daily)


PORTALS = {
    p.name: p
    for p in (
        Portal(
            "seoul",
            "http://openapi.seoul.go.kr:8088",
            "SEOUL_OPENAPI_KEY",
            1000,
            "openapi.seoul.go.kr",
        ),
        Portal(
            "citydata",
            "http://openapi.seoul.go.kr:8088",
            "SEOUL_CITYDATA_KEY",
            1000,
            "openapi.seoul.go.kr",
        ),
        Portal(
            "subway",
            "http://swopenapi.seoul.go.kr",
            "SEOUL_SUBWAY_KEY",
            1000,
            "swopenapi.seoul.go.kr",
        ),
        Portal("data_go", "https://apis.data.go.kr", "DATA_GO_KR_KEY", 10_000, "apis.data.go.kr"),
        Portal("its", "https://openapi.its.go.kr:9443", "ITS_KEY", 10_000, "openapi.its.go.kr"),
        Portal(
            "safetydata",
            "https://www.safetydata.go.kr",
            "SAFETYDATA_KEY",
            1000,
            "www.safetydata.go.kr",
        ),
        Portal("bus", "http://ws.bus.go.kr", "SEOUL_BUS_KEY", 1000, "ws.bus.go.kr"),
        Portal("map", "https://map.seoul.go.kr", "SEOUL_MAP_KEY", 1000, "map.seoul.go.kr"),
        Portal("hrfco", "http://api.hrfco.go.kr", "HRFCO_KEY", 10_000, "api.hrfco.go.kr"),
        Portal("yna", "", "YNA_KEY", 10_000, "www.yna.co.kr", where="YNA_URL", keyless=True),
        Portal(
            "mediahub",
            "",
            "MEDIAHUB_KEY",
            10_000,
            "mediahub.seoul.go.kr",
            where="MEDIAHUB_URL",
            keyless=True,
        ),
        Portal("drop", "", "CITY_DROP_KEY", 100_000, "drop", where="CITY_DROP_URL", keyless=True),
    )
}  # fmt: skip


def portal_of(url: str) -> Portal | None:
    """The portal a feed's url begins with; None for a file of ours."""
    return PORTALS.get(url[1:].partition("}")[0]) if url.startswith("{") else None


def expand(url: str) -> str:
    """The true address of a feed's url, key and all: for ``_fetch`` alone, never to be shown.

    Raises Refused, naming the variable, when the portal has neither key nor practice city.
    """
    portal = portal_of(url)
    if portal is None:
        raise Refused("this url names no portal")
    if portal.practice:
        origin = f"{os.environ['PRACTICE_CITY'].rstrip('/')}/{portal.folder}"
        key = PRACTICE_KEY
    else:
        origin, key = portal.address, os.environ.get(portal.key, "")
        if not origin:
            raise Refused(f"{portal.where} is not set")
        if not key and not portal.keyless:
            raise Refused(f"{portal.key} is not set")
    return url.replace(f"{{{portal.name}}}", origin).replace(
        f"{{{portal.name}_key}}", quote(key, safe="%")
    )


def secrets() -> list[str]:
    """Every key we hold, for redaction."""
    return [v for p in PORTALS.values() if (v := os.environ.get(p.key, ""))]


def hosts() -> set[tuple[str, str, int]]:
    """(scheme, host, port) of everything that may be asked at all."""
    known = [p.address for p in PORTALS.values()] + [os.environ.get("PRACTICE_CITY", "")]
    known += os.environ.get("PICTURE_HOSTS", "").split()
    return {origin(address) for address in known if address}


def origin(address: str) -> tuple[str, str, int]:
    """(scheme, host, port) of an address."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or {"https": 443}.get(parts.scheme, 80)
