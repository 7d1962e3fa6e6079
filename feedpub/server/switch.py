"""The application in use: another one can take its place between two requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from feedpub.server.application import Application


class Switch:
    """Passes every request on to `app`, which may be exchanged while connections are open."""

    def __init__(self, app: Application) -> None:
        self.app = app

    def again(self, raw: bytes, peer: str) -> bytes | None:
        """Answer what came before, as far as the application in use does."""
        return self.app.again(raw, peer)

    def at_once(self, scope: Scope, *, keep_alive: bool, raw: bytes = b"") -> tuple[bytes, bool] | None:
        """Answer without waiting, as far as the application in use does."""
        return self.app.at_once(scope, keep_alive=keep_alive, raw=raw)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        await self.app(scope, receive, send)
