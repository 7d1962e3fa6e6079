"""Which machine an address leads to."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from feedpub.fetch.errors import FetchError

PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 addresses inside IPv6 ones


def is_public(address: str) -> bool:
    """Tell whether an IP address is one that all of the internet can reach."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def split(url: str) -> SplitResult:
    """Take an http or https address apart; raises FetchError for any other."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.port == 0:
            raise FetchError(f"{url!r} is no http or https address")
    except ValueError as error:
        raise FetchError(f"{url!r} is no http or https address") from error
    return parts


def resolve(host: str) -> tuple[str, ...]:
    """Return the IP addresses of a host, whatever form it is written in; raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(str(address[0]) for *_, address in found)
