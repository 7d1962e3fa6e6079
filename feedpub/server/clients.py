"""Who asks: the peer of the connection, or who a trusted proxy says it asks for.

What a client itself puts into these headers counts for nothing: only what our own proxies appended does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from feedpub.server.conditions import Fields

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_FOR = re.compile(r'\bfor=\s*"?(\[[0-9a-f:.]+\]|[0-9.]+)', re.IGNORECASE)  # RFC 7239 section 4
_PORT = re.compile(r"^(\d+(?:\.\d+){3}):\d+$|^\[([0-9A-Fa-f:.]+)\](?::\d+)?$")


class Clients:
    """Names the client of each request; `proxies` are the networks of those that are believed."""

    def __init__(self, proxies: Sequence[Network]) -> None:
        self._proxies = tuple(proxies)
        self._is_trusted = lru_cache(maxsize=4096)(self._is_proxy)

    def of(self, peer: str, fields: Fields) -> str | None:
        """Return the client's address; None for a proxy of ours that asks for nobody else."""
        if not self._is_trusted(peer):
            return peer
        for address in reversed(_forwarded(fields)):
            if not self._is_trusted(address):
                return address
        return None

    def _is_proxy(self, text: str) -> bool:
        address = _read(text)
        return address is not None and any(address in network for network in self._proxies)


def _forwarded(fields: Fields) -> list[str]:
    """Return the addresses that proxies appended, the last one from the nearest."""
    if "x-forwarded-for" in fields:
        return [_without_port(part.strip()) for part in fields["x-forwarded-for"].split(",")]
    return [_without_port(found) for found in _FOR.findall(fields.get("forwarded", ""))]


def _without_port(text: str) -> str:
    match = _PORT.match(text)
    return (match[1] or match[2]) if match else text


@lru_cache(maxsize=4096)
def _read(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


@lru_cache(maxsize=4096)
def household(text: str) -> str:
    """Return what shares one allowance: an IPv4 address, or the /64 that one subscriber of IPv6 has."""
    address = _read(text)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address or text)
