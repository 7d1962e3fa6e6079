"""Which addresses can be asked for at all."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

# Names for examples and tests (RFC 2606, RFC 6761): nobody has published there.
_NOBODYS = ("localhost", "example", "test", "invalid", "example.com", "example.net", "example.org")


def is_worth_probing(url: str) -> bool:
    """Say whether an address may be a public one: it is not this machine's own, nor a placeholder."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return not any(host == name or host.endswith(f".{name}") for name in _NOBODYS)
    return not (ip.is_loopback or ip.is_unspecified)
