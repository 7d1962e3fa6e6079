"""uvicorn, inside an event loop that is not its own."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import socket
from collections.abc import Coroutine, Iterator
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from feedpub.server.connections import Connection
from feedpub.server.patience import Limits, Patience

_GRACE_SECONDS = 1  # for answers that are being sent when the server is told to stop


def run_loop(work: Coroutine[object, object, None]) -> None:
    """Run `work` in an event loop like asyncio.run, in the faster one where it is installed."""
    try:
        import uvloop  # noqa: PLC0415  there is none for PyPy
    except ImportError:
        asyncio.run(work)
        return
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


class Server:
    """Serves one application on one socket until it is told to stop."""

    def __init__(self, app: ASGIApp, limits: Limits | None = None) -> None:
        self._patience = Patience(limits or Limits())
        connect = functools.partial(Connection, self._patience)
        config = uvicorn.Config(
            app,
            http=cast("type[asyncio.Protocol]", connect),  # uvicorn only ever calls it
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._uvicorn = _Uvicorn(config)

    async def serve(self, sock: socket.socket) -> None:
        """Serve until stopped; closes the socket. Idle connections are closed, slow ones cut off."""
        watching = asyncio.create_task(self._patience.watch())
        try:
            await self._uvicorn.serve(sockets=[sock])
        except asyncio.CancelledError:
            if self._uvicorn.started:
                await self._uvicorn.shutdown([sock])
            raise
        finally:
            watching.cancel()
            sock.close()

    def limit(self, limits: Limits) -> None:
        """Let clients take so much from now on."""
        self._patience.change(limits)

    def stop(self) -> None:
        """Have `serve` return, within two seconds."""
        self._uvicorn.should_exit = True


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: they are the daemon's.

        uvicorn would raise them again after its shutdown, and what comes after `serve` would never run.
        """
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()  # its client reads so slowly that the grace was not enough
