"""Which addresses strangers may have us call."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from feedpub.fetch import is_public

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """The addresses that our hub delivers to: those of the internet, and what the operator allows."""

    networks: Collection[Network] = ()  # private ones that are allowed

    def allow(self, address: str) -> bool:
        """Say whether a subscriber may live at this IP address."""
        if is_public(address):
            return True
        ip = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        return any(ip in network for network in self.networks)
