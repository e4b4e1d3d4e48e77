"""Who asks, behind proxies of ours: X-Forwarded-For is believed of those we were told of alone."""

import ipaddress

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def networks(said: str) -> tuple[Network, ...]:
    """The proxies of ``CITY_PROXIES``: addresses or networks, with blanks or commas between.

    Raises ValueError naming what is neither.
    """
    try:
        return tuple(ipaddress.ip_network(one) for one in said.replace(",", " ").split())
    except ValueError as error:
        raise ValueError(f"CITY_PROXIES: {error}; it names addresses or networks") from None


def asker(peer: str, forwarded: str, proxies: tuple[Network, ...]) -> str:
    """The address that asks: the last one that is no proxy of ours.

    Each proxy writes at the end of X-Forwarded-For whom it heard; what stands before the first
    that is not ours may be anything, and counts for nothing.

    Args:
        peer: who is connected to us.
        forwarded: the whole of X-Forwarded-For.
        proxies: whom we believe.
    """
    who = _address(peer)
    for said in reversed(forwarded.split(",")):
        if who is None or not any(who in network for network in proxies):
            break
        if (before := _address(said)) is None:
            break
        who = before
    return peer if who is None else str(who)


def _address(said: str) -> Address | None:
    """An address, with or without a port; an IPv4 one that IPv6 wraps as itself; None if none."""
    said = said.strip()
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        found = ipaddress.ip_address(said)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
