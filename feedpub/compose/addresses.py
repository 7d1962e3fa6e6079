"""Addresses as every document writes them: absolute, in ASCII, encoded once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from feedpub.model import Site

_SUB_DELIMITERS = "!$&'()*+,;="  # RFC 3986 section 2.2
_PATH = f"/:@~%{_SUB_DELIMITERS}"
_QUERY = f"{_PATH}?"
_HOST = re.compile(r"[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@lru_cache(4096)  # the same entries are shown with each publication; this was a twentieth of one
def uri(address: str) -> str:
    """Write an absolute http(s) address as a URI (RFC 3986), for RSS knows no others.

    Other characters are percent-encoded as UTF-8, the host goes to Punycode (RFC 3490). What is
    encoded already stays, so that applying it twice is applying it once. Raises ValueError for what
    no reader could open.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"not an absolute http or https address: {address!r}")
    return urlunsplit(
        (
            parts.scheme,
            _authority(parts),
            _encoded(parts.path, safe=_PATH),
            _encoded(parts.query, safe=_QUERY),
            _encoded(parts.fragment, safe=_QUERY),
        )
    )


def with_parameters(address: str, parameters: Sequence[tuple[str, str]]) -> str:
    """Add parameters to the query of a URI, before its fragment; one that it has already stays as it is."""
    if not parameters:
        return address
    parts = urlsplit(address)
    known = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode([pair for pair in parameters if pair[0] not in known])
    return urlunsplit(parts._replace(query="&".join(query for query in (parts.query, added) if query)))


def with_uri(site: Site) -> Site:
    """Give the site with its address written as a URI."""
    return replace(site, url=uri(site.url))


def _authority(parts: SplitResult) -> str:
    """Write user, host and port (RFC 3986 section 3.2)."""
    user, at, _ = parts.netloc.rpartition("@")
    host = parts.hostname or ""
    if ":" in host:  # the brackets of an IPv6 address are not part of `hostname`
        host = f"[{host}]"
    elif not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not _HOST.fullmatch(host):
        raise ValueError(f"not the name of a host: {host!r}")
    port = "" if parts.port is None else f":{parts.port}"
    return f"{_encoded(user, safe=_SUB_DELIMITERS + ':%')}{at}{host}{port}"


def _encoded(text: str, *, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe)
