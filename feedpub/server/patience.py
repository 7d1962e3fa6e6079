"""How many clients there may be, and how slow."""

from __future__ import annotations

import asyncio
import resource
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedpub.server.connections import Connection

_LOOK_SECONDS = 1.0
_PROGRESS_BYTES = 16 * 1024  # that a client must read of a waiting answer in `send_seconds`
_STUCK_SECONDS = 3.0  # after which a client that does not read makes room for others

_OTHER_FILES = 128  # descriptors for everything that is no connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What clients may take; seconds are counted by the monotonic clock."""

    connections: int = 1000
    request_seconds: float = 10.0  # from the first byte of a request to the last
    send_seconds: float = 30.0  # in which an answer must go on
    idle_seconds: float = 15.0  # between two requests


class Patience:
    """Watches all connections. When there are too many, those who have waited longest for nothing leave."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._connections: set[Connection] = set()
        self._waiting: dict[Connection, None] = {}  # without a request in hand, longest first
        self._most = _affordable(limits.connections)

    def change(self, limits: Limits) -> None:
        """Let clients take so much from now on; who is there stays, by the new deadlines."""
        self.limits = limits
        self._most = _affordable(limits.connections)

    def admit(self, connection: Connection) -> bool:
        """Take a new connection in; return False when there is no room for it."""
        if len(self._connections) >= self._most and not self._make_room():
            return False
        self._connections.add(connection)
        self._waiting[connection] = None
        return True

    def busy(self, connection: Connection) -> None:
        """Note that a request is being answered."""
        self._waiting.pop(connection, None)

    def idle(self, connection: Connection) -> None:
        """Note that a connection waits for its next request, from now on."""
        self._waiting.pop(connection, None)
        self._waiting[connection] = None

    def forget(self, connection: Connection) -> None:
        """Note that a connection is closed."""
        self._connections.discard(connection)
        self._waiting.pop(connection, None)

    async def watch(self) -> None:
        """Look at all connections once a second until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            self.look(time.monotonic())

    def look(self, now: float) -> None:
        """End the connections that are too slow."""
        for connection in tuple(self._connections):
            if not _goes_on(connection, now, self.limits.send_seconds):
                connection.end()
            elif connection.due is not None and now > connection.due:
                connection.expire()

    def _make_room(self) -> bool:
        """End one connection that nobody would miss: the one that waited longest, or one that is stuck."""
        now = time.monotonic()
        silent = (one for one in self._waiting if not one.transport.get_write_buffer_size())
        stuck = (one for one in self._connections if one.unread and now - one.unread_since > _STUCK_SECONDS)
        victim = next(silent, None) or next(stuck, None)
        if victim is None:
            return False
        self.forget(victim)
        victim.end()
        return True


def _goes_on(connection: Connection, now: float, send_seconds: float) -> bool:
    """Return whether the client reads its answer, or has read it."""
    waiting = connection.transport.get_write_buffer_size()
    if not waiting or not connection.unread or connection.unread - waiting >= _PROGRESS_BYTES:
        connection.unread, connection.unread_since = waiting, now
    return now - connection.unread_since <= send_seconds


def _affordable(wanted: int) -> int:
    """Return how many connections the process may have, having asked the system for as many as wanted."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        more = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
            soft = more
        return max(1, min(wanted, soft - _OTHER_FILES))
    return wanted
