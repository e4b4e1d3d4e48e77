"""Where our own requests may go: hosts on the list, at addresses of the open internet.

A name that resolves to an address inside (a rebinding) is not connected to; only the practice
city, told to us by ``PRACTICE_CITY``, may be on this machine.
"""

import ipaddress
import os
import socket
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from data._errors import Refused
from data._portals import hosts, origin

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def allowed(address: str) -> tuple[str, str, int]:
    """(scheme, host, port) of an address we may ask. Raises Refused for any other."""
    try:
        where = origin(address)
        stranger = where not in hosts() or "@" in urlsplit(address).netloc
    except ValueError:
        stranger = True
    if stranger:
        raise Refused("an address that is not on the list of hosts")
    try:
        number = ipaddress.ip_address(where[1])
    except ValueError:
        return where  # a name: its addresses are looked at when it is resolved
    if not (is_open(number) or (number.is_loopback and at_home(where[1], where[2]))):
        raise Refused("an address inside the network")
    return where


def is_open(number: Address) -> bool:
    """Whether that is an ordinary address of the open internet, also one IPv6 wraps an IPv4 in."""
    if number.version == 6:
        inner = number.ipv4_mapped or number.sixtofour
        if inner is not None:
            return is_open(inner)
        if number in ipaddress.ip_network("64:ff9b::/96"):
            return is_open(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
    return number.is_global and not (number.is_multicast or number.is_reserved)


def at_home(host: str, port: int) -> bool:
    """Whether that is the practice city."""
    home = os.environ.get("PRACTICE_CITY", "")
    return bool(home) and origin(home)[1:] == (host, port)


class OpenResolver(AbstractResolver):
    """Names as addresses we may connect to; raises Refused when one of them is inside."""

    def __init__(self, names: AbstractResolver | None = None):
        self._names = names or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """What the name stands for: exactly these addresses are connected to."""
        found = await self._names.resolve(host, port, family)
        home = at_home(host, port)
        for one in found:
            number = ipaddress.ip_address(one["host"].partition("%")[0])
            if not (is_open(number) or (home and number.is_loopback)):
                raise Refused("a name that leads inside the network")
        return found

    async def close(self) -> None:
        """Let the resolver underneath go."""
        await self._names.close()
