"""The address that is listened on."""

from __future__ import annotations

import errno
import socket

from feedpub.exceptions import ServerError

_REASONS = {
    errno.EADDRINUSE: "something else listens there; stop it or choose another server.port",
    errno.EACCES: "this port needs special rights; choose one above 1023 as server.port",
    errno.EADDRNOTAVAIL: "this machine has no such address; choose another server.host",
}

_BACKLOG = 2048


def bind(host: str, port: int) -> socket.socket:
    """Open the listening socket; port 0 takes a free one.

    uvicorn would do it too, but ends the process where it fails. Connections wait in the socket until it is
    served. Raises ServerError with the address and the reason.
    """
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # It listens at once: bound sockets alone do not yet exclude each other.
        sock = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise ServerError(f"cannot serve at {address}: {reason}") from error
    # Accepted connections inherit it. asyncio sets it only for sockets made with an explicit protocol number,
    # and without it the body of each answer on a kept connection waits 40 ms for the client's ACK.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock
