"""What is served at the admin address: the metrics."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send


def create_admin_app(render: Callable[[], bytes], *, media_type: str) -> ASGIApp:
    """Make the ASGI application that answers ``/metrics`` with what `render` gives."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        await _response(scope)(scope, receive, send)

    def _response(scope: Scope) -> Response:
        if scope["path"] != "/metrics":
            return PlainTextResponse("Not found. There is /metrics here.\n", HTTPStatus.NOT_FOUND)
        if scope["method"] not in ("GET", "HEAD"):
            allow = {"allow": "GET, HEAD"}
            return PlainTextResponse("Only GET and HEAD.\n", HTTPStatus.METHOD_NOT_ALLOWED, allow)
        return Response(render(), media_type=media_type, headers={"cache-control": "no-store"})

    return answer
