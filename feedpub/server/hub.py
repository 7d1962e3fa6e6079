"""The own hub's door: a form comes in, a few words go out; what it wants is judged elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope

from feedpub.server.headers import COMMON

# Takes what a subscriber wants and says how that is answered: 202 when its callback will be asked.
Subscribe: TypeAlias = Callable[[Mapping[str, str]], Awaitable[tuple[HTTPStatus, str]]]

_MAX_BYTES = 8 * 1024
_MAX_FIELDS = 32
_SECONDS = 10  # for the whole of the request's body
_FORM = "application/x-www-form-urlencoded"
_HERE = "This is a WebSub hub: POST hub.mode, hub.topic and hub.callback to it."


class _RefusalError(Exception):
    """A request that is no form of a subscriber."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


async def answer(scope: Scope, receive: Receive, subscribe: Subscribe) -> Response:
    """Answer a request to the hub (WebSub section 5)."""
    if scope["method"] in ("GET", "HEAD"):
        return _said(HTTPStatus.OK, _HERE)
    if scope["method"] != "POST":
        return _said(HTTPStatus.METHOD_NOT_ALLOWED, _HERE, allow="GET, HEAD, POST", connection="close")
    try:
        fields = await _form(scope, receive)
    except _RefusalError as error:
        # Closed, for what was not read of the body would be taken for the next request.
        return _said(error.status, str(error), connection="close")
    status, text = await subscribe(fields)
    later = {"retry-after": "60"} if status is HTTPStatus.SERVICE_UNAVAILABLE else {}
    return _said(status, text, **later)


async def _form(scope: Scope, receive: Receive) -> dict[str, str]:
    if Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise _RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The body must be {_FORM}.")
    try:
        body = await asyncio.wait_for(_read(receive), _SECONDS)
        # What is not UTF-8 keeps its bytes, for a secret may be anything.
        pairs = parse_qsl(body.decode("ascii"), errors="surrogateescape", max_num_fields=_MAX_FIELDS)
    except TimeoutError as error:
        raise _RefusalError(HTTPStatus.REQUEST_TIMEOUT, "The form did not come.") from error
    except ValueError as error:
        raise _RefusalError(HTTPStatus.BAD_REQUEST, "This is no form.") from error
    return dict(pairs)


async def _read(receive: Receive) -> bytes:
    """Read a request's body, as large as an honest one can be."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _MAX_BYTES:
            raise _RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The form is too large.")
    return body


def _said(status: HTTPStatus, text: str, **headers: str) -> Response:
    return Response(
        f"{text}\n",
        status_code=status,
        headers={**COMMON, "cache-control": "no-store", **headers},
        media_type="text/plain",
    )
