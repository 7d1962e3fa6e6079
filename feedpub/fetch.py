"""One document from the web, within limits: for what an operator asks for, never for subscribers.

The address that was typed is trusted, also where it lies in a private network. Where it leads is not:
once an answer came from a public address, a redirect to a private one is refused, whatever form that
has, since the name is resolved once and the connection goes to the address that was checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from urllib.parse import SplitResult, urljoin, urlsplit

from feedpub import __version__

_REDIRECTS = 5
_REDIRECT_STATUSES = {301, 302, 303, 307, 308}
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 addresses inside IPv6 ones


class FetchError(Exception):
    """A document that cannot be had; says why."""


def fetch(
    url: str, *, max_bytes: int, deadline_seconds: float = 30, accept: str = "*/*"
) -> tuple[bytes, str]:
    """Return the document at an http(s) address, and the address at which it was found in the end.

    Raises FetchError when it is larger than `max_bytes`, does not come within `deadline_seconds` for each
    redirect, or does not come at all.
    """
    public = False
    for _ in range(_REDIRECTS + 1):
        parts = _parts(url)
        with (
            _connected(parts, only_public=public, deadline_seconds=deadline_seconds) as (sock, on_internet),
            closing(_ask(sock, parts, accept=accept)) as response,
        ):
            public = public or on_internet
            if response.status not in _REDIRECT_STATUSES:
                return _body(response, max_bytes=max_bytes), url
            url = _joined(url, response.getheader("Location", ""))
    raise FetchError(f"more than {_REDIRECTS} redirects")


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


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # an IPv6 address without its bracket; `_parts` refuses it
        return address


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or parts.port == 0:
            raise FetchError(f"{url!r} is no http or https address")
    except ValueError as error:
        raise FetchError(f"{url!r} is no http or https address") from error
    return parts


@contextmanager
def _connected(
    parts: SplitResult, *, only_public: bool, deadline_seconds: float
) -> Iterator[tuple[socket.socket, bool]]:
    """Give a connection to the host of `parts`, cut after the deadline; tell whether it may be public."""
    host = parts.hostname or ""
    try:
        addresses = _resolved(parts)
        if only_public and not all(map(is_public, addresses)):
            raise FetchError(f"it redirects to {host!r}, which is no public address")
        sock = _dialled(addresses, parts.port or _PORTS[parts.scheme], timeout=deadline_seconds)
        if parts.scheme == "https":
            sock = _secured(sock, host)
        with closing(sock), _cut_after(deadline_seconds, sock):
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            yield sock, any(map(is_public, addresses))
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise FetchError(f"{host}: {str(error) or type(error).__name__}") from error


def _resolved(parts: SplitResult) -> list[str]:
    """Return the IP addresses of a host."""
    found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _dialled(addresses: list[str], port: int, *, timeout: float) -> socket.socket:
    """Connect to the first of some IP addresses that answers."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=timeout)
    return socket.create_connection((last, port), timeout=timeout)


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(
        plain, server_hostname=host, do_handshake_on_connect=False
    )


@contextmanager
def _cut_after(seconds: float, sock: socket.socket) -> Iterator[None]:
    """Cut the connection after `seconds`: a time-out of the socket would start anew with every byte."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):  # it is over already
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if late.is_set():  # also after a reading that seemed to succeed: it ended where it was cut
            raise FetchError(f"no whole answer within {seconds:g} seconds")


def _ask(sock: socket.socket, parts: SplitResult, *, accept: str) -> http.client.HTTPResponse:
    host = (parts.hostname or "").encode("idna").decode()
    connection = http.client.HTTPConnection(host, parts.port or _PORTS[parts.scheme])
    connection.sock = sock
    target = parts._replace(scheme="", netloc="", fragment="", path=parts.path or "/").geturl()
    # HTTPConnection writes the Host itself, with the port unless it is 80, which is right for http alone.
    name = f"[{host}]" if ":" in host else host
    headers = {
        "Host": name if parts.port in (None, _PORTS[parts.scheme]) else f"{name}:{parts.port}",
        "Accept": accept,
        "User-Agent": f"feedpub/{__version__}",
        "Connection": "close",
    }
    connection.request("GET", target, headers=headers)
    return connection.getresponse()


def _body(response: http.client.HTTPResponse, *, max_bytes: int) -> bytes:
    if response.status != 200:
        raise FetchError(f"the server answers {response.status}")
    if response.getheader("Content-Encoding", "identity") != "identity":
        raise FetchError("the answer is compressed, which was not asked for")
    body = response.read(max_bytes + 1)
    if len(body) > max_bytes:
        raise FetchError(f"too large; at most {max_bytes:,} bytes are read")
    if response.length:
        raise FetchError("the connection ended before the document did")
    return body
