"""One request and its answer."""

from __future__ import annotations

import datetime as dt
import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import SplitResult

from feedpub import __version__
from feedpub.fetch.addresses import PORTS, resolve, split
from feedpub.fetch.connection import connected
from feedpub.fetch.errors import FetchError, RefusedError

AGENT = f"feedpub/{__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back."""

    status: int
    headers: Mapping[str, str]  # by names in lower case
    body: bytes = b""  # of a success alone
    addresses: tuple[str, ...] = ()  # to which the host's name led
    certified_until: dt.datetime | None = None  # over https: the end of the certificate


def is_anywhere(_address: str) -> bool:
    """Allow every address: what an operator has written may lie in their own network."""
    return True


def exchange(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    max_bytes: int = 0,
    deadline_seconds: float = 30,
    allowed: Callable[[str], bool] = is_anywhere,
) -> Response:
    """Send one request and return its answer, whatever its status; redirects are the caller's affair.

    The name is resolved once and the connection goes to an address that `allowed` has let pass, so that a
    name which changes its mind in between leads nowhere. A body is read if the answer is a success and
    `max_bytes` is not 0. Raises RefusedError when an address is not allowed, and FetchError when no whole
    answer comes within the deadline or it is larger than `max_bytes`.
    """
    parts = split(url)
    addresses = _checked(parts, allowed)
    with connected(parts, addresses, deadline_seconds=deadline_seconds) as sock:
        certified_until = _certified_until(sock)  # now, for the socket may be closed with its answer
        with closing(_ask(sock, parts, method=method, headers=headers or {}, body=body)) as answer:
            return Response(
                status=answer.status,
                headers={name.lower(): value for name, value in answer.getheaders()},
                body=_body(answer, max_bytes=max_bytes) if max_bytes and answer.status // 100 == 2 else b"",
                addresses=addresses,
                certified_until=certified_until,
            )


def _checked(parts: SplitResult, allowed: Callable[[str], bool]) -> tuple[str, ...]:
    """Resolve the host of `parts`; all of its addresses must be allowed, since any may be taken."""
    host = parts.hostname or ""
    try:
        addresses = resolve(host)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host}: {str(error) or type(error).__name__}") from error
    if not all(map(allowed, addresses)):
        raise RefusedError(f"it leads to {host!r}, which is no public address")
    return addresses


def _ask(
    sock: socket.socket, parts: SplitResult, *, method: str, headers: Mapping[str, str], body: bytes | None
) -> http.client.HTTPResponse:
    host = (parts.hostname or "").encode("idna").decode()
    connection = http.client.HTTPConnection(host, parts.port or PORTS[parts.scheme])
    connection.sock = sock
    target = parts._replace(scheme="", netloc="", fragment="", path=parts.path or "/").geturl()
    # HTTPConnection writes the Host itself, with the port unless it is 80, which is right for http alone.
    name = f"[{host}]" if ":" in host else host
    always = {
        "Host": name if parts.port in (None, PORTS[parts.scheme]) else f"{name}:{parts.port}",
        "User-Agent": AGENT,
        "Connection": "close",
    }
    connection.request(method, target, body=body, headers={**always, **headers})
    return connection.getresponse()


def _body(answer: http.client.HTTPResponse, *, max_bytes: int) -> bytes:
    body = answer.read(max_bytes + 1)
    if len(body) > max_bytes:
        raise FetchError(f"too large; at most {max_bytes:,} bytes are read")
    if answer.length:
        raise FetchError("the connection ended before the document did")
    return body


def _certified_until(sock: socket.socket) -> dt.datetime | None:
    if not isinstance(sock, ssl.SSLSocket) or not (certificate := sock.getpeercert()):
        return None
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), dt.UTC)
