"""A connection to one host, cut at a deadline."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from urllib.parse import SplitResult

from feedpub.fetch.addresses import PORTS
from feedpub.fetch.errors import FetchError


@contextmanager
def connected(
    parts: SplitResult, addresses: Sequence[str], *, deadline_seconds: float
) -> Iterator[socket.socket]:
    """Give a connection to the first of `addresses` that answers, cut after the deadline.

    The certificate must be that of the host in `parts`. Raises FetchError, also for what goes wrong inside.
    """
    host = parts.hostname or ""
    try:
        # All of them together get the time of one, or a name with many would hold us for that many times.
        each = deadline_seconds / len(addresses)
        sock = _dialled(addresses, parts.port or PORTS[parts.scheme], timeout=each)
        sock.settimeout(2 * deadline_seconds)  # a guard: `_cut_after` comes first and says why
        if parts.scheme == "https":
            sock = _trust().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        with closing(sock), _cut_after(deadline_seconds, sock):
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            yield sock
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise FetchError(f"{host}: {str(error) or type(error).__name__}") from error


@cache
def _trust() -> ssl.SSLContext:
    """Read whom this machine trusts, once: it takes longer than a handshake."""
    return ssl.create_default_context()


def _dialled(addresses: Sequence[str], port: int, *, timeout: float) -> socket.socket:
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=timeout)
    return socket.create_connection((last, port), timeout=timeout)


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
